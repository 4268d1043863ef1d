/* ---
label:
  en: "Terms that nobody defined"
  zh: "没有定义的术语"
says:
  en: "Nobody has said what {word} means"
  zh: "“{word}”还没有定义"
why:
  en: "Everybody takes it for what they are used to."
  zh: "每个人都按自己的习惯理解。"
advice:
  en: "Write down what it means, and for which department."
  zh: "写明含义以及适用的部门。"
severity: low
of: term
--- */
SELECT arg_min(id, (length(id), id)) AS id, min(trim(word)) AS word
FROM programme.term
WHERE coalesce(status, '') <> 'dropped'
GROUP BY lower(trim(word))
HAVING count(definition) = 0
