/* ---
id: adoption
title: {en: Adoption, zh: 系统使用情况}
description:
  en: >-
    Who really works in the system, by team, person and week (from Monday on). Active days: days on
    which the person noted an activity. Records touched: customers, leads, opportunities and cases
    that these activities name. Won with prior activity: won deals, in the week of closing, of which
    an activity was noted on a day before that of closing. Won entered at close: won deals that were
    entered at most so many days before they were closed (a parameter), or after: the sign of work
    that goes on around the system and is typed in at the end. Null is not known: without any activity in
    the store for the first three, without days of entry for the last.
  zh: >-
    按团队、人员和周（周一起）统计谁真正在系统中工作。活跃天数：记录了活动的天数。涉及记录数：这些活动关联的客户、线索、
    商机和工单数。有前期活动的赢单：按成交周统计，成交日之前已有活动记录的赢单数。成交时才录入的赢单：录入日距成交日不超过
    指定天数（参数），或成交后才录入的赢单数，说明业务在系统之外进行，最后才补录。空值表示未知：系统中没有任何活动时前三项
    未知，没有录入日期时最后一项未知。
grain: [team, person, week]
columns:
  - team
  - {name: person, type: text, label: {en: Person, zh: 人员}}
  - {name: week, type: date, label: {en: Week from, zh: 周（起始日）}}
  - {name: active_days, type: integer, unit: count, label: {en: Active days, zh: 活跃天数}}
  - {name: records_touched, type: integer, unit: count, label: {en: Records touched, zh: 涉及记录数}}
  - name: won_with_prior_activity
    type: integer
    unit: count
    label: {en: Won with prior activity, zh: 有前期活动的赢单}
  - name: won_entered_at_close
    type: integer
    unit: count
    label: {en: Won entered at close, zh: 成交时才录入的赢单}
parameters:
  - from
  - to
  - team
  - name: days
    type: integer
    minimum: 0
    default: 1
    label: {en: "Entered at most so many days before closing", zh: 录入距成交不超过的天数}
--- */
WITH known AS (
    SELECT
        EXISTS (FROM mart.activity_week) AS activities,
        EXISTS (FROM mart.deal_activity) AS of_deals,
        EXISTS (FROM mart.won_deal WHERE days_open IS NOT NULL) AS entries
),
told AS (
    SELECT team, person, week, active_days, records_touched, 0 AS prior, 0 AS at_close
    FROM mart.activity_week
    UNION ALL
    SELECT
        team, person, date_trunc('week', closed_on)::DATE, 0, 0,
        had_prior_activity::INTEGER, (days_open <= $days)::INTEGER
    FROM mart.won_deal
)
SELECT
    team, person, week,
    CASE WHEN any_value(activities) THEN sum(active_days)::BIGINT END AS active_days,
    CASE WHEN any_value(activities) THEN sum(records_touched)::BIGINT END AS records_touched,
    CASE WHEN any_value(of_deals) THEN sum(prior)::BIGINT END AS won_with_prior_activity,
    CASE WHEN any_value(entries) THEN coalesce(sum(at_close), 0)::BIGINT END AS won_entered_at_close
FROM told CROSS JOIN known
WHERE
    ($team::VARCHAR[] IS NULL OR list_contains($team::VARCHAR[], coalesce(team, '')))
    AND ($from::DATE IS NULL OR week >= $from::DATE)
    AND ($to::DATE IS NULL OR week < $to::DATE + INTERVAL 1 MONTH)
GROUP BY team, person, week
ORDER BY team NULLS LAST, person NULLS LAST, week
