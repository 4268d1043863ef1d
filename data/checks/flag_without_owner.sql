/* ---
label:
  en: "Red flags without an owner"
  zh: "没有负责人的危险信号"
says:
  en: "Nobody owns “{name}”"
  zh: "“{name}”没有负责人"
why:
  en: "What nobody owns is not done."
  zh: "没有负责人，就不会有人处理。"
advice:
  en: "Name the person who answers for it."
  zh: "指定负责人。"
severity: high
of: red_flag
--- */
SELECT id, title AS name
FROM programme.red_flag
WHERE owner IS NULL AND coalesce(status, 'open') IN ('open', 'in_work')
