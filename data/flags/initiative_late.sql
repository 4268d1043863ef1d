/* ---
label: {en: An initiative slips, zh: 举措晚于约定}
title:
  en: "“{name}” is later than agreed"
  zh: "举措“{name}”晚于约定"
why:
  en: "By the plan that stands it was to {what} on {since}; more than {most_days} days late is a slip. The plan has it from {starts} to {ends}."
  zh: "按已确认的计划应于{since}{what}，晚于 {most_days} 天即为拖期。计划时间为{starts}至{ends}。"
clears:
  en: "It clears once the initiative is at most {most_days} days late, is done, or another plan is agreed."
  zh: "延误不超过 {most_days} 天、举措完成，或确认新的计划后自动解除。"
category: roadmap
severity: medium
reads: [programme]
thresholds:
  - name: most_days
    value: 14
    clears_at: 7
    unit: days
    most: 3650
    label: {en: "Days late, at most", zh: 最多延误天数}
units: {since: day, starts: day, ends: day}
worse_by: 30
evidence: "initiatives?item={id}"
--- */
-- What has not begun is held against its first day, or that of the agreement where it is later: a
-- plan of months begins things on the first of a month that has begun. What has not ended is held
-- against its last day; what began late stays late until it is done or planned anew.
WITH agreed AS (SELECT max(accepted_at)::DATE AS day FROM programme.plan_acceptance),
planned AS (
    SELECT
        one.id, one.title, one.started_on, item.starts, item.ends,
        greatest(item.starts, agreed.day) AS begins
    FROM programme.accepted_item AS item
    JOIN programme.initiative AS one ON one.id = item.initiative
    CROSS JOIN agreed
    WHERE coalesce(one.status, '') NOT IN ('done', 'dropped') AND one.ended_on IS NULL
),
held AS (
    SELECT *, coalesce(started_on, $today) - begins AS late_start, $today - ends AS late_end
    FROM planned
)
SELECT
    id AS subject,
    greatest(late_start, late_end) AS measured,
    id,
    title AS name,
    CASE WHEN late_end > $most_days THEN {'en': 'end', 'zh': '完成'}
        ELSE {'en': 'begin', 'zh': '开始'} END AS what,
    CASE WHEN late_end > $most_days THEN ends ELSE begins END AS since,
    starts,
    ends
FROM held
WHERE greatest(late_start, late_end) > $most_days
