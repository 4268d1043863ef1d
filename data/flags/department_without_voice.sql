/* ---
label: {en: A department without a representative, zh: 部门没有代表}
title:
  en: "Nobody speaks for {name}"
  zh: "“{name}”没有代表"
why:
  en: "The department is touched by the programme, and nobody who takes part in it speaks for the department."
  zh: "该部门受项目影响，但项目中没有人代表它。"
clears:
  en: "It clears once somebody who takes part is named as representative, or the group is done or dropped."
  zh: "指定一位仍在参与的代表，或该涉众已完成、已放弃后自动解除。"
category: people
severity: medium
reads: [programme]
evidence: "team?item={id}"
--- */
-- Whoever is in no list of the programme's people may still speak; who has left it does not.
WITH gone AS (
    SELECT l.id
    FROM programme.link AS l JOIN programme.person AS p ON p.id = l.to_id
    WHERE l.register = 'stakeholder_group' AND l.field = 'representative'
    GROUP BY l.id
    HAVING bool_and(coalesce(p.status, '') IN ('done', 'dropped'))
)
SELECT id AS subject, 1 AS measured, id, title AS name
FROM programme.stakeholder_group
WHERE
    kind = 'department'
    AND (representative IS NULL OR id IN (FROM gone))
    AND coalesce(status, '') NOT IN ('done', 'dropped')
