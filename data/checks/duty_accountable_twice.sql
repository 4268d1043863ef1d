/* ---
label:
  en: "Duties that several answer for"
  zh: "多方最终负责的职责"
says:
  en: "{who} are accountable for “{name}”"
  zh: "{who} 同时对职责“{name}”最终负责"
why:
  en: "Each of them may count on the other, and both may decide differently."
  zh: "互相指望，或各自作出不同的决定。"
advice:
  en: "Leave one accountable; the others are responsible or consulted."
  zh: "只保留一个最终负责方，其余改为执行或咨询。"
severity: medium
of: duty
--- */
SELECT id, title AS name, accountable AS who
FROM programme.duty
WHERE len(accountable) > 1 AND coalesce(status, '') NOT IN ('done', 'dropped')
