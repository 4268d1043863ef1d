/* ---
label:
  en: "Open rows that rest on closed ones"
  zh: "未结记录关联了已结记录"
says:
  en: "“{name}” is open and rests on “{other}”, which is done or dropped"
  zh: "“{name}”尚未结束，却关联了已完成或已放弃的“{other}”"
why:
  en: "Work goes on for something that is over."
  zh: "为已经结束的事情继续投入。"
advice:
  en: "Close the row as well, or link it to what it serves now."
  zh: "一并结束，或改为关联当前服务的对象。"
severity: low
--- */
WITH closed AS MATERIALIZED (
    SELECT register, id, data ->> 'title' AS title
    FROM programme.item
    WHERE data ->> 'status' IN ('done', 'dropped')
)
SELECT DISTINCT l.register, l.id, i.data ->> 'title' AS name, closed.title AS other
FROM link AS l
JOIN closed ON closed.register = l.target AND closed.id = l.to_id
JOIN programme.item AS i ON i.register = l.register AND i.id = l.id
WHERE
    l.is_link
    AND coalesce(i.data ->> 'status', '') NOT IN ('done', 'dropped', 'removed', 'cleared')
