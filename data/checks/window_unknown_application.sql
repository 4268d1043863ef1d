/* ---
label:
  en: "IT windows that touch an unknown application"
  zh: "IT 时间窗涉及未知应用"
says:
  en: "“{name}” touches {said}, which is in no catalogue"
  zh: "“{name}”涉及 {said}，但应用目录中没有"
why:
  en: "Nobody can tell whose work it stops."
  zh: "无法判断会影响谁的工作。"
advice:
  en: "Choose the application of the catalogue, or add it there."
  zh: "改为目录中的应用，或将其加入目录。"
severity: high
of: it_window
--- */
-- Beside links also what is written like the number of an application.
SELECT w.id, w.title AS name, l.said
FROM programme.it_window AS w
JOIN link AS l ON l.register = 'it_window' AND l.id = w.id
WHERE
    l.to_id IS NULL
    AND (l.is_link OR regexp_full_match(trim(l.said), '[Aa]-\d+'))
    AND coalesce(w.status, '') NOT IN ('done', 'dropped')
