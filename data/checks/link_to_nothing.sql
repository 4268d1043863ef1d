/* ---
label:
  en: "Links to rows that are not there"
  zh: "关联的记录不存在"
says:
  en: "“{name}” names {said}, and there is no such row"
  zh: "“{name}”关联了 {said}，但该记录不存在"
why:
  en: "Whoever follows the link finds nothing, and every count over it is too small."
  zh: "点开关联找不到任何内容，相关统计也会偏少。"
advice:
  en: "Choose the row that is meant, or bring back the one that was taken out."
  zh: "改为正确的记录，或恢复已移除的记录。"
severity: high
--- */
-- An application that an IT window names is looked for by a check of its own.
SELECT l.register, l.id, l.said, i.data ->> 'title' AS name
FROM link AS l
JOIN programme.item AS i ON i.register = l.register AND i.id = l.id
WHERE l.is_link AND l.to_id IS NULL AND l.register <> 'it_window'
