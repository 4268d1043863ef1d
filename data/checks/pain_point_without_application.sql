/* ---
label:
  en: "Pain points without an application"
  zh: "没有关联应用的痛点"
says:
  en: "“{name}” names no application"
  zh: "痛点“{name}”没有关联应用"
why:
  en: "IT cannot see what it concerns."
  zh: "IT 部门无法判断涉及哪个应用。"
advice:
  en: "Link the application that it arises in; of a matter of people or process say so under what it is about."
  zh: "关联痛点所在的应用；若属于人员或流程问题，请在问题类别中注明。"
severity: low
of: pain_point
--- */
SELECT id, title AS name
FROM programme.pain_point
WHERE applications IS NULL AND coalesce(status, '') NOT IN ('done', 'dropped') AND coalesce(about, 'technology') NOT IN ('people', 'process')
