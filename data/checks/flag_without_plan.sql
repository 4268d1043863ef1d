/* ---
label:
  en: "Red flags without a plan"
  zh: "没有应对计划的危险信号"
says:
  en: "There is no plan for “{name}”"
  zh: "“{name}”没有应对计划"
why:
  en: "A danger that is known and not met is a decision nobody took."
  zh: "已知的危险没有对策，等于无人决策。"
advice:
  en: "Write what is done about it, or accept it with a reason."
  zh: "填写应对计划，或说明理由后接受。"
severity: medium
of: red_flag
--- */
SELECT id, title AS name
FROM programme.red_flag
WHERE plan IS NULL AND coalesce(status, 'open') IN ('open', 'in_work')
