/* ---
label: {en: IT windows collide, zh: IT 时间窗冲突}
title:
  en: "“{first}” collides with “{second}”"
  zh: "“{first}”与“{second}”冲突"
why:
  en: "Both touch {touches} from {starts} to {ends}, and one of them forbids or delays work."
  zh: "两者在{starts}至{ends}期间都涉及 {touches}，其中至少一个禁止或延缓施工。"
clears:
  en: "It clears once they no longer overlap or no longer touch the same, or the time is over."
  zh: "错开时间或不再涉及同一对象，或时间已过后自动解除。"
category: it
severity: high
reads: [programme]
units: {starts: day, ends: day}
evidence: "it-windows?item={id}"
--- */
-- Two freezes at one time are no collision. What is touched is an application, by its row, its
-- title or its number, or a technology in words.
WITH touched AS (
    SELECT
        w.id, w.title, w.starts, w.ends, coalesce(w.effect, 'work') AS effect,
        coalesce(l.to_id, lower(trim(l.said))) AS thing,
        coalesce(a.title, trim(l.said)) AS shown
    FROM programme.it_window AS w
    JOIN programme.link AS l ON l.register = 'it_window' AND l.id = w.id
    LEFT JOIN programme.application AS a ON a.id = l.to_id
    WHERE w.ends >= $today AND coalesce(w.status, '') NOT IN ('done', 'dropped')
)
SELECT
    a.id || ' ' || b.id AS subject,
    1 AS measured,
    a.id,
    b.id AS other,
    a.title AS first,
    b.title AS second,
    list(DISTINCT a.shown ORDER BY a.shown) AS touches,
    greatest(a.starts, b.starts) AS starts,
    least(a.ends, b.ends) AS ends
FROM touched AS a
JOIN touched AS b
    ON a.thing = b.thing AND a.id < b.id AND a.starts <= b.ends AND b.starts <= a.ends
WHERE
    (a.effect IN ('forbid', 'delay') OR b.effect IN ('forbid', 'delay'))
    AND NOT (a.effect = 'forbid' AND b.effect = 'forbid')
GROUP BY a.id, b.id, a.title, b.title, a.starts, b.starts, a.ends, b.ends
