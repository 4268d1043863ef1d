/* ---
label: {en: A goal is off its line, zh: 目标进度落后}
title:
  en: "The goal “{name}” is off its line"
  zh: "目标“{name}”进度落后"
why:
  en: "When last measured, on {day}, it stood at {now}; on a straight line from {baseline} to {target} it would have stood at {planned}. It lacks {behind} of the way; the limit is {most_behind}."
  zh: "截至最近一次取值日{day}，实际值为 {now}，按从 {baseline} 到 {target} 的直线进度应为 {planned}，落后全程的 {behind}，上限为 {most_behind}。"
clears:
  en: "It clears once the goal is at most {most_behind} of the way behind its line, or target and day are agreed anew."
  zh: "落后不超过全程的 {most_behind}，或重新商定目标值和日期后自动解除。"
category: value
severity: high
reads: [programme]
thresholds:
  - name: most_behind
    value: 0.15
    clears_at: 0.12
    unit: ratio
    most: 1
    label: {en: "Share of the way behind, at most", zh: 落后全程的比例上限}
units: {behind: ratio, day: day}
worse_by: 0.1
evidence: "goals?item={id}"
--- */
-- The line is straight from the baseline to the target; behind is negative for what is ahead.
-- What was read from the data goes before what somebody typed. A value that is old is held against
-- the line of its own day, which the text names: no news is no reason to clear a flag. Three digits
-- of the way are enough to see how far it is.
WITH latest AS (
    FROM programme.goal_reading
    WHERE day <= $today
    QUALIFY row_number() OVER (PARTITION BY goal ORDER BY day DESC) = 1
),
measured AS (
    SELECT
        goal.* EXCLUDE (reached, reached_on),
        coalesce(latest.value, reached::DOUBLE) AS reached,
        CASE WHEN latest.value IS NULL THEN reached_on ELSE latest.day END AS reached_on
    FROM programme.goal AS goal LEFT JOIN latest ON latest.goal = goal.id
),
placed AS (
    SELECT
        id, title, baseline, target, reached,
        reached_on AS day,
        least(1, (reached_on - baseline_date) / nullif(target_date - baseline_date, 0)) AS way
    FROM measured
    WHERE
        coalesce(status, '') NOT IN ('done', 'dropped')
        AND reached_on BETWEEN baseline_date AND $today
        AND target_date > baseline_date
        AND target <> baseline
),
held AS (
    SELECT
        *,
        baseline + (target - baseline) * way AS planned,
        way - (reached - baseline)::DOUBLE / (target - baseline)::DOUBLE AS behind,
        greatest(0, 2 - floor(log10(abs(target - baseline)::DOUBLE)))::INTEGER AS digits
    FROM placed
)
SELECT
    id AS subject,
    behind AS measured,
    id,
    title AS name,
    day,
    round(reached::DOUBLE, digits) AS now,
    baseline::DOUBLE AS baseline,
    target::DOUBLE AS target,
    round(planned::DOUBLE, digits) AS planned,
    round(behind, 3) AS behind
FROM held
WHERE behind > $most_behind
