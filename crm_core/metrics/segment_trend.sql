/* ---
id: segment_trend
title: {en: Segments over time, zh: 细分市场趋势}
description:
  en: >-
    Revenue, won opportunities and new customers by segment and month. Month null holds what the
    source does not date. A customer is new in the month it was created or, where the source does
    not say, of its first purchase; it stands at the segment's main currency, the
    others have null.
  zh: >-
    按细分市场和月份列出收入、赢单数和新增客户。月份为空表示来源未注明日期。新增客户按创建月份统计，
    来源没有创建日期时按首次购买月份统计，并列在该细分市场的主要币种下，其他币种为空值。
grain: [segment, month, currency]
columns: [segment, month, currency, revenue, won_opportunities, new_customers]
parameters: [basis, from, to, region, team, segment]
--- */
SELECT segment, month, currency, revenue, won_opportunities, new_customers
FROM staging.segment_figures($basis, $from::DATE, $to::DATE, $region::VARCHAR[], $team::VARCHAR[])
WHERE
    ($segment IS NULL OR coalesce(segment, '') = $segment)
    AND deals + won_opportunities + coalesce(new_customers, 0) + abs(revenue) > 0
ORDER BY month NULLS LAST, segment IS NULL, segment, currency NULLS LAST
