/* ---
label: {en: A channel captures segments less often, zh: 渠道的细分市场采集率下降}
title:
  en: "{channel}: segments are captured less often ({now}, before {before})"
  zh: "{channel}：细分市场采集率下降（由 {before} 降至 {now}）"
why:
  en: "Of {total} {what} in the four weeks to {until} {now} had a segment, in the four weeks before {before}: {fall} points lost; the limit is {most_fall}."
  zh: "截至{until}的四周内，{total} 条{what}中有 {now} 填写了细分市场，之前四周为 {before}，下降 {fall} 个百分点，上限为 {most_fall}。"
clears:
  en: "It clears once four weeks reach the share of the four weeks before, less {most_fall} points: ask whoever works in this channel what changed in capturing."
  zh: "近四周采集率回升到与之前四周相差不超过 {most_fall} 个百分点后自动解除；请向该渠道的负责人了解采集环节有何变化。"
category: data
severity: medium
reads: [crm, app]
metrics: [segment_coverage]
thresholds:
  - name: most_fall
    value: 10
    clears_at: 8
    unit: count
    most: 100
    label: {en: "Points lost in four weeks, at most", zh: 四周内下降百分点上限}
  - name: least_rows
    value: 20
    unit: count
    least: 1
    label: {en: "Records in each of both times, at least", zh: 每段最少记录数}
units: {what: entity, now: ratio, before: ratio, until: day}
worse_by: 10
evidence: "segments"
--- */
-- Weeks are the last ones that have records, so that data that come late are no fall.
WITH newest AS (
    SELECT max(week) AS week FROM segment_coverage WHERE week <= $today
),
placed AS (
    SELECT
        entity, coalesce(channel, '') AS channel, classified, total,
        segment_coverage.week > newest.week - INTERVAL 28 DAY AS is_now,
        newest.week + 6 AS until
    FROM segment_coverage, newest
    WHERE
        segment_coverage.week > newest.week - INTERVAL 56 DAY
        AND segment_coverage.week <= newest.week
),
compared AS (
    SELECT
        entity, channel, min(until)::DATE AS until,
        sum(total) FILTER (is_now)::BIGINT AS total,
        sum(classified) FILTER (is_now) / sum(total) FILTER (is_now) AS now,
        sum(classified) FILTER (NOT is_now) / sum(total) FILTER (NOT is_now) AS before
    FROM placed
    GROUP BY entity, channel
    HAVING
        sum(total) FILTER (is_now) >= $least_rows AND sum(total) FILTER (NOT is_now) >= $least_rows
)
SELECT
    entity || ' ' || channel AS subject,
    100 * (before - now) AS measured,
    nullif(channel, '') AS channel,
    entity AS what,
    total,
    round(now, 3) AS now,
    round(before, 3) AS before,
    round(100 * (before - now), 1) AS fall,
    until
FROM compared
WHERE round(100 * (before - now), 6) > $most_fall
