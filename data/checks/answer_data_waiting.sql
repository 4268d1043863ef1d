/* ---
label:
  en: "Data said to be clean while lines wait"
  zh: "自称数据已清理、隔离区仍有积压"
says:
  en: "{assessment} says that the data are in order, and {lines} lines wait in quarantine"
  zh: "{assessment} 称数据已就绪，隔离区却还有 {lines} 行等待处理"
why:
  en: "What waits there is in no figure and will not be moved."
  zh: "滞留的行不计入任何统计，也不会被迁移。"
advice:
  en: "Correct the lines or drop them, or correct the answer."
  zh: "更正或放弃这些行，或更正回答。"
severity: high
of: assessment
against: "quarantine"
--- */
SELECT id, assessment, item, (SELECT count(*) FROM crm.quarantine WHERE status = 'open') AS lines
FROM claim
WHERE item IN ('systems-quality', 'data-cleaned', 'cleaning-waiting', 'prototype-exit-conversion')
    AND is_claimed
    AND lines > 0
