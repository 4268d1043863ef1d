/* ---
id: segment_overview
title: {en: Segments at a glance, zh: 细分市场概览}
description:
  en: >-
    Customers, pipeline and revenue by segment, a row per currency; currencies are never added.
    Revenue is gross of returns. Customers, leads and open opportunities are as of now, the rest
    is limited to the period. Customers and leads are not counted per currency: they stand once, in
    the row of the segment's main currency (the largest revenue), and are null in the others. The
    pipeline is null where no open opportunity has an amount. Segment null is unclassified and
    always there.
  zh: >-
    按细分市场列出客户、在途商机和收入，每个币种一行，不同币种不相加。收入未扣除退货。客户、线索和进行中商机
    为当前值，其余按所选时间段统计。客户数和线索数不分币种，只列在该细分市场的主要币种
    （收入最高）一行，其他币种行为空值。进行中商机均无金额时，在途商机金额为空值。细分市场为空表示未分类，始终列出。
grain: [segment, currency]
columns:
  - segment
  - currency
  - customers
  - leads
  - open_opportunities
  - won_opportunities
  - lost_opportunities
  - win_rate
  - pipeline_value
  - revenue
  - returned
  - net_revenue
  - {name: revenue_share, type: number, unit: ratio, label: {en: Share of revenue, zh: 收入占比}}
  - deals
  - average_deal
  - basis
parameters: [basis, from, to, region, team, segment]
--- */
WITH total AS (
    SELECT
        segment, currency,
        sum(customers)::BIGINT AS customers,
        sum(leads)::BIGINT AS leads,
        sum(open_opportunities)::BIGINT AS open_opportunities,
        sum(won_opportunities)::BIGINT AS won_opportunities,
        sum(lost_opportunities)::BIGINT AS lost_opportunities,
        sum(pipeline_value) AS pipeline_value,
        sum(revenue) AS revenue,
        sum(returned) AS returned,
        sum(deals)::BIGINT AS deals
    FROM staging.segment_figures($basis, $from::DATE, $to::DATE, $region::VARCHAR[], $team::VARCHAR[])
    GROUP BY segment, currency
),
shared AS (
    SELECT *, revenue / nullif(sum(revenue) OVER (PARTITION BY currency), 0) AS revenue_share
    FROM total
)
SELECT
    segment, currency, customers, leads, open_opportunities, won_opportunities,
    lost_opportunities,
    won_opportunities / nullif(won_opportunities + lost_opportunities, 0) AS win_rate,
    pipeline_value, revenue, returned, revenue - returned AS net_revenue, revenue_share,
    deals,
    revenue / nullif(deals, 0) AS average_deal,
    $basis AS basis
FROM shared
WHERE $segment IS NULL OR coalesce(segment, '') = $segment
ORDER BY currency NULLS LAST, segment IS NULL, revenue DESC, segment
