/* ---
label: {en: Customer data typed again and again, zh: 客户数据重复录入}
title:
  en: "Typed into {times} applications: {field} of the {entity}"
  zh: "“{entity}”的“{field}”在 {times} 个应用中手工录入"
why:
  en: "It is typed by hand into {names}: {times} times; the limit is {most_times}. As far as it was measured that takes {minutes} minutes a month."
  zh: "在 {names} 中均为手工录入，共 {times} 次，上限为 {most_times} 次，每月耗时 {minutes} 分钟（仅计已填写的）。"
clears:
  en: "It clears once it is typed at most {most_times} times: let the other applications take a copy."
  zh: "手工录入不超过 {most_times} 次后自动解除：让其他应用改为同步副本。"
category: it
severity: medium
reads: [programme]
thresholds:
  - name: most_times
    value: 2
    unit: count
    label: {en: "Applications that it is typed into, at most", zh: 手工录入的应用数上限}
worse_by: 1
evidence: "applications?view=data&field={key}"
--- */
SELECT
    lower(trim(entity)) || ' ' || lower(trim(field)) AS subject,
    subject AS key,
    count(DISTINCT a.id) AS measured,
    min(entity) AS entity,
    min(field) AS field,
    count(DISTINCT a.id) AS times,
    list(DISTINCT a.title ORDER BY a.title) AS names,
    coalesce(sum(minutes_a_month), 0)::DOUBLE AS minutes,
    list(DISTINCT a.id ORDER BY a.id) AS applications
FROM programme.application_field AS f
JOIN programme.application AS a
    ON list_contains(f.application, a.id) AND coalesce(a."until" >= $today, TRUE)
WHERE f.role = 'typed'
GROUP BY subject
HAVING count(DISTINCT a.id) > $most_times
