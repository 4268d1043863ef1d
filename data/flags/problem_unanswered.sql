/* ---
label: {en: Problem reports wait for an answer, zh: 问题报告得不到答复}
title:
  en: "Problem reports have waited for an answer since {since}"
  zh: "问题报告自{since}起没有答复"
why:
  en: "Reports that have waited for more than {most_days} days: {waiting}, the first of them since {since}."
  zh: "等待超过 {most_days} 天的报告有 {waiting} 份，最早始于{since}。"
clears:
  en: "It clears once every report of more than {most_days} days has an answer, or turned out to be no fault."
  zh: "超过 {most_days} 天的报告都已答复，或认定不是故障后自动解除。"
category: people
severity: medium
reads: [programme]
thresholds:
  - name: most_days
    value: 7
    unit: days
    label: {en: "Days without an answer, at most", zh: 等待答复天数上限}
units: {since: day}
worse_by: 5
evidence: "team?view=problems"
--- */
SELECT
    'reports' AS subject,
    count(*) AS measured,
    count(*) AS waiting,
    min(reported_on) AS since
FROM programme.problem_report
WHERE
    answer IS NULL
    AND $today - reported_on > $most_days
    AND coalesce(status, '') <> 'dropped'
HAVING count(*) > 0
