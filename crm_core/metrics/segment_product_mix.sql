/* ---
id: segment_product_mix
title: {en: What sells where, zh: 产品销售构成}
description:
  en: >-
    Deals and revenue by segment and product. A deal is a won opportunity or, on the sales basis,
    an order that contains the product. Opportunities have no quantity.
  zh: >-
    按细分市场和产品列出成交数和收入。成交指赢单商机；按销售口径时指包含该产品的订单。商机没有数量。
grain: [segment, product, currency]
columns:
  - segment
  - product
  - family
  - currency
  - deals
  - {name: quantity, type: quantity, unit: count, label: {en: Quantity, zh: 数量}}
  - revenue
  - name: share_of_segment
    type: number
    unit: ratio
    label: {en: Share of the segment's revenue, zh: 占该细分市场收入}
parameters: [basis, from, to, region, team, segment]
--- */
WITH sold AS (
    SELECT
        segment, product, currency,
        CASE WHEN $basis = 'sales' THEN sum(sale_lines) ELSE sum(won_opportunities) END AS rows,
        (CASE WHEN $basis = 'sales' THEN sum(orders) ELSE sum(won_opportunities) END)::BIGINT
            AS deals,
        CASE WHEN $basis = 'sales' THEN sum(quantity) END AS quantity,
        (CASE WHEN $basis = 'sales' THEN sum(sale_revenue) ELSE sum(won_amount) END)
        ::DECIMAL(38, 10) AS revenue
    FROM mart.segment_product_month
    WHERE
        ($from::DATE IS NULL OR month >= $from::DATE)
        AND ($to::DATE IS NULL OR month <= $to::DATE)
        AND ($region::VARCHAR[] IS NULL OR list_contains($region::VARCHAR[], coalesce(region, '')))
        AND ($team::VARCHAR[] IS NULL OR list_contains($team::VARCHAR[], coalesce(team, '')))
        AND ($segment IS NULL OR coalesce(segment, '') = $segment)
    GROUP BY segment, product, currency
)
SELECT
    segment, product, family, currency, deals, quantity, revenue,
    revenue / nullif(sum(revenue) OVER (PARTITION BY segment, currency), 0) AS share_of_segment
FROM sold LEFT JOIN staging.family ON name = product
WHERE rows > 0
ORDER BY segment IS NULL, segment, currency NULLS LAST, revenue DESC, product NULLS LAST
