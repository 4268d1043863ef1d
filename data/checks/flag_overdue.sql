/* ---
label:
  en: "Red flags past their day"
  zh: "已逾期的危险信号"
says:
  en: "“{name}” was due on {due}"
  zh: "“{name}”应于{due}前处理"
why:
  en: "The day passed and the danger stands."
  zh: "期限已过，危险仍在。"
advice:
  en: "Finish it, or agree on another day."
  zh: "尽快处理，或重新商定日期。"
severity: high
of: red_flag
units: {due: day}
--- */
SELECT id, title AS name, due
FROM programme.red_flag
WHERE due < $today AND coalesce(status, 'open') IN ('open', 'in_work')
