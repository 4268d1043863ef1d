/* ---
label: {en: A department without a representative, zh: 部门没有代表}
title:
  en: "Nobody speaks for {name}"
  zh: "“{name}”没有代表"
why:
  en: "The department is touched by the programme and has no representative in it."
  zh: "该部门受项目影响，但在项目中没有代表。"
clears:
  en: "It clears once a representative is named, or the group is done or dropped."
  zh: "指定代表，或该涉众已完成、已放弃后自动解除。"
category: people
severity: medium
reads: [programme]
evidence: "lists?list=stakeholder_group&item={id}"
--- */
SELECT id AS subject, 1 AS measured, id, title AS name
FROM programme.stakeholder_group
WHERE
    kind = 'department' AND representative IS NULL
    AND coalesce(status, '') NOT IN ('done', 'dropped')
