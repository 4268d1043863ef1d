/* ---
label:
  en: "Pain points without an owner"
  zh: "没有负责人的痛点"
says:
  en: "Nobody owns the pain point “{name}”"
  zh: "痛点“{name}”没有负责人"
why:
  en: "What nobody owns is not solved."
  zh: "没有负责人，就不会有人解决。"
advice:
  en: "Name the person who answers for it."
  zh: "指定负责人。"
severity: medium
of: pain_point
--- */
SELECT id, title AS name
FROM programme.pain_point
WHERE owner IS NULL AND coalesce(status, '') NOT IN ('done', 'dropped')
