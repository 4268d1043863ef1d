/* ---
label:
  en: "Pain points without a goal"
  zh: "没有关联目标的痛点"
says:
  en: "“{name}” serves no goal"
  zh: "痛点“{name}”没有关联目标"
why:
  en: "What serves no goal cannot be ranked against what does."
  zh: "不服务于任何目标，就无法与其他痛点比较优先级。"
advice:
  en: "Link the goal that solving it serves, or drop the pain point."
  zh: "关联解决后有助于达成的目标，或放弃该痛点。"
severity: medium
of: pain_point
--- */
SELECT id, title AS name
FROM programme.pain_point
WHERE goals IS NULL AND coalesce(status, '') NOT IN ('done', 'dropped')
