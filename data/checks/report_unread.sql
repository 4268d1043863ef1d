/* ---
label:
  en: "Reports that nobody reads"
  zh: "无人阅读的报表"
says:
  en: "Nobody reads “{name}”"
  zh: "无人阅读报表“{name}”"
why:
  en: "Time goes into what helps nobody."
  zh: "投入时间却没有人受益。"
advice:
  en: "Retire it, or find out who needs it."
  zh: "停用，或弄清谁需要它。"
severity: medium
of: report
--- */
SELECT id, title AS name
FROM programme.report
WHERE readers = 0 AND coalesce(verdict, '') <> 'retire' AND coalesce(status, '') NOT IN ('done', 'dropped')
