/* ---
label:
  en: "Duties that nobody answers for"
  zh: "无人最终负责的职责"
says:
  en: "Nobody is accountable for “{name}”"
  zh: "职责“{name}”没有最终负责方"
why:
  en: "Whoever does the work waits for a decision that nobody takes."
  zh: "做事的人等不到拍板的人。"
advice:
  en: "Name the one group or person that answers for it."
  zh: "指定一个对结果负责的工作组或人员。"
severity: medium
of: duty
--- */
SELECT id, title AS name
FROM programme.duty
WHERE accountable IS NULL AND coalesce(status, '') NOT IN ('done', 'dropped')
