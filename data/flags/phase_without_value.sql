/* ---
label: {en: A phase gives a group nothing, zh: 阶段内有涉众一无所获}
title:
  en: "“{name}” gives nothing to {groups}"
  zh: "阶段“{name}”没有让{groups}有所收获"
why:
  en: "Of {all} groups of stakeholders, {missing} get nothing from what ends in this phase by the plan that stands, or from what is written down for it."
  zh: "按已确认的计划和阶段归属，本阶段完成的举措没有给 {all} 个涉众群体中的 {missing} 个带来收获。"
clears:
  en: "It clears once something that ends in the phase gives each of these groups something, or the phase is over."
  zh: "本阶段完成的举措让这些群体都有所收获，或阶段结束后自动解除。"
category: value
severity: medium
reads: [programme]
worse_by: 2
evidence: "phases"
--- */
-- The days of phases are those of the plan that stands. Before a plan is agreed or an initiative
-- names its phase nothing can be said of a phase.
WITH phase AS (
    SELECT phase.id, phase.title, planned.starts AS first, planned.ends AS last
    FROM programme.phase AS phase LEFT JOIN programme.accepted_phase AS planned ON planned.phase = phase.id
    WHERE
        coalesce(phase.status, '') NOT IN ('done', 'dropped')
        AND coalesce(planned.ends >= $today, TRUE)
),
lies AS (
    SELECT
        one.id, one.phase,
        CASE WHEN one.status = 'done' THEN one.ended_on ELSE coalesce(one.ended_on, item.ends) END AS ends
    FROM programme.initiative AS one
    LEFT JOIN programme.accepted_item AS item ON item.initiative = one.id
    WHERE coalesce(one.status, '') <> 'dropped'
),
lying AS (
    SELECT phase.id AS phase, lies.id
    FROM phase JOIN lies
        ON lies.ends BETWEEN phase.first AND phase.last
        OR (lies.ends IS NULL OR phase.first IS NULL) AND list_contains(lies.phase, phase.id)
),
given AS (
    SELECT DISTINCT lying.phase, unnest(value."group") AS "group"
    FROM lying
    JOIN programme.stakeholder_value AS value ON list_contains(value.initiative, lying.id)
    WHERE coalesce(value.status, '') <> 'dropped'
),
known AS (
    SELECT id, title FROM programme.stakeholder_group
    WHERE coalesce(status, '') NOT IN ('done', 'dropped')
)
SELECT
    phase.id AS subject,
    count(*) AS measured,
    phase.id,
    phase.title AS name,
    list(known.title ORDER BY length(known.id), known.id) AS groups,
    count(*) AS missing,
    (SELECT count(*) FROM known) AS "all"
FROM phase CROSS JOIN known
WHERE
    (phase.first IS NOT NULL OR phase.id IN (SELECT lying.phase FROM lying))
    AND (phase.id, known.id) NOT IN (SELECT (given.phase, given."group") FROM given)
GROUP BY phase.id, phase.title
