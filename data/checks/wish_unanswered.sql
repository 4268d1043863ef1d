/* ---
label:
  en: "Improvement wishes without an answer"
  zh: "没有答复的改进建议"
says:
  en: "“{name}” has no answer"
  zh: "建议“{name}”尚未答复"
why:
  en: "Who is not answered wishes no more, and goes back to the old way."
  zh: "得不到答复的人不会再提建议，而是回到老办法。"
advice:
  en: "Decide, and tell whoever wished it."
  zh: "作出决定并答复提出人。"
severity: medium
of: improvement
--- */
SELECT id, title AS name
FROM programme.improvement
WHERE answer IS NULL AND coalesce(status, '') <> 'dropped'
