/* ---
label:
  en: "Terms with no shared definition"
  zh: "没有统一定义的术语"
says:
  en: "{word} means something else in each of {departments}"
  zh: "“{word}”在 {departments} 中含义各不相同"
why:
  en: "Figures about it cannot be compared, and talks go past each other."
  zh: "相关数字无法比较，讨论各说各话。"
advice:
  en: "Agree on one definition and keep it as a row without a department."
  zh: "商定统一的定义，另存为一条不填部门的记录。"
severity: medium
of: term
--- */
-- A row without a department holds what all agreed on.
SELECT
    arg_min(id, (length(id), id)) AS id,
    min(trim(word)) AS word,
    list(DISTINCT department ORDER BY department) AS departments
FROM programme.term
WHERE coalesce(status, '') <> 'dropped'
GROUP BY lower(trim(word))
HAVING
    count(*) FILTER (department IS NULL AND definition IS NOT NULL) = 0
    AND count(DISTINCT lower(trim(definition))) > 1
