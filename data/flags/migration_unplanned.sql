/* ---
label: {en: Nobody plans to move the data, zh: 没有安排数据迁移}
title:
  en: "No clean data before the roll-out"
  zh: "上线推广前没有安排数据清理和迁移"
why:
  en: "Initiatives about technology under way or to come: {initiatives}. None about data is done, or ends before the roll-out by the plan that stands."
  zh: "进行中和计划中的技术类举措有 {initiatives} 项，但没有数据类举措已完成，或按已认可的计划能在推广之前完成。"
clears:
  en: "It clears once an initiative about data is done, or lies before the roll-out in the plan that stands."
  zh: "有数据类举措完成，或在已认可的计划中排到推广之前后自动解除。"
category: data
severity: high
reads: [programme]
evidence: "phases"
--- */
-- The roll-out is the first phase of pilot or roll-out in the plan that stands; where no phase is
-- of such a kind, the first start of technology. Without a plan it is enough that data are there.
WITH rollout AS (
    SELECT min(planned.starts) AS day
    FROM programme.accepted_phase AS planned JOIN programme.phase AS phase ON phase.id = planned.phase
    WHERE phase.kind IN ('pilot', 'rollout')
),
initiative AS (
    SELECT one.id, one.kind, one.status, item.starts, item.ends
    FROM programme.initiative AS one
    LEFT JOIN programme.accepted_item AS item ON item.initiative = one.id
    WHERE coalesce(one.status, '') <> 'dropped' AND coalesce(wanted, '') <> 'never'
),
begins AS (
    SELECT coalesce(
        (SELECT day FROM rollout),
        (SELECT min(starts) FROM initiative WHERE kind = 'technology')
    ) AS day
)
SELECT
    'data' AS subject,
    1 AS measured,
    count(*) AS initiatives
FROM initiative
WHERE kind = 'technology' AND coalesce(status, '') <> 'done'
HAVING
    count(*) > 0
    AND NOT EXISTS (
        FROM initiative AS data, begins
        WHERE data.kind = 'data' AND (data.status = 'done' OR begins.day IS NULL OR data.ends < begins.day)
    )
