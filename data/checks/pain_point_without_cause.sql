/* ---
label:
  en: "Pain points without a root cause"
  zh: "没有根本原因的痛点"
says:
  en: "The root cause of “{name}” is not known"
  zh: "痛点“{name}”的根本原因不明"
why:
  en: "Who mends a symptom meets it again."
  zh: "只处理表面现象，问题会再次出现。"
advice:
  en: "Ask why until the answer can be acted on, and write it down."
  zh: "连续追问原因，直到可以采取行动，并记录下来。"
severity: medium
of: pain_point
--- */
SELECT id, title AS name
FROM programme.pain_point
WHERE root_cause IS NULL AND coalesce(status, '') NOT IN ('done', 'dropped')
