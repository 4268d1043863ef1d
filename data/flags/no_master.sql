/* ---
label: {en: Customer data without a master, zh: 客户数据没有主数据源}
title:
  en: "No application is the master of {field} of the {entity}"
  zh: "“{entity}”的“{field}”没有主数据源"
why:
  en: "{names} keep it, none of them as the master: nobody can say which value is right."
  zh: "{names} 都存有该字段，但都不是主数据源，无法判断以哪个值为准。"
clears:
  en: "It clears once one application is named as its master."
  zh: "指定一个应用为主数据源后自动解除。"
category: it
severity: medium
reads: [programme]
evidence: "applications?view=data&field={key}"
--- */
SELECT
    lower(trim(entity)) || ' ' || lower(trim(field)) AS subject,
    subject AS key,
    1 AS measured,
    min(entity) AS entity,
    min(field) AS field,
    list(DISTINCT a.title ORDER BY a.title) AS names,
    list(DISTINCT a.id ORDER BY a.id) AS applications
FROM programme.application_field AS f
JOIN programme.application AS a
    ON list_contains(f.application, a.id) AND coalesce(a."until" >= $today, TRUE)
GROUP BY subject
HAVING count(*) FILTER (f.role = 'master') = 0
