/* ---
label: {en: A goal that cannot be measured, zh: 目标无法衡量}
title:
  en: "Nobody can tell whether the goal “{name}” is reached"
  zh: "目标“{name}”无法判断是否达成"
why:
  en: "A goal needs a measure, a target and a day. Missing: {missing} of the three."
  zh: "目标需要衡量指标、目标值和达成日期，其中缺少 {missing} 项。"
clears:
  en: "It clears once measure, target and day are filled in, or the goal is dropped."
  zh: "补齐衡量指标、目标值和达成日期，或放弃该目标后自动解除。"
category: value
severity: medium
reads: [programme]
evidence: "goals?item={id}"
--- */
-- A goal is measured in words or by a metric; one that cannot be read measures nothing.
WITH goal AS (
    SELECT
        *,
        (
            measure IS NULL
            AND (metric IS NULL OR id NOT IN (SELECT goal FROM programme.goal_reading))
        )::INTEGER
        + (target IS NULL)::INTEGER
        + (target_date IS NULL)::INTEGER AS missing
    FROM programme.goal
)
SELECT id AS subject, missing AS measured, id, title AS name, missing
FROM goal
WHERE missing > 0 AND coalesce(status, '') NOT IN ('done', 'dropped')
