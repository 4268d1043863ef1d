/* ---
label: {en: An initiative without a goal, zh: 举措没有服务的目标}
title:
  en: "“{name}” serves no goal"
  zh: "举措“{name}”不服务于任何目标"
why:
  en: "Nobody can tell what the company wants of it: no goal is named, or only goals that are not there or were dropped."
  zh: "没有指明服务的目标，或所指目标不存在、已放弃，无法判断公司为什么要做这件事。"
clears:
  en: "It clears once the initiative names a goal that stands, or is done or dropped."
  zh: "关联一个有效目标，或举措已完成、已放弃后自动解除。"
category: value
severity: medium
reads: [programme]
evidence: "initiatives?item={id}"
--- */
SELECT one.id AS subject, 1 AS measured, one.id, one.title AS name
FROM programme.initiative AS one
WHERE
    coalesce(one.status, '') NOT IN ('done', 'dropped')
    AND NOT EXISTS (
        FROM programme.goal
        WHERE list_contains(one.goals, goal.id) AND coalesce(goal.status, '') <> 'dropped'
    )
