/* ---
id: revenue_basis
title: {en: What revenue is read from, zh: 收入口径与覆盖}
description:
  en: >-
    The months that each basis of revenue covers: order lines (sales) and won opportunities, the
    rows that are dated, and their revenue per currency. Month null holds what is not dated.
  zh: >-
    两种收入口径（销售行、赢单商机）各自覆盖的月份、有日期的行数及各币种收入。月份为空表示未注明日期。
grain: [basis, month, currency]
columns:
  - basis
  - {name: chosen, type: boolean, label: {en: The store's basis, zh: 当前口径}}
  - month
  - currency
  - rows
  - {name: dated_rows, type: integer, unit: count, label: {en: Dated rows, zh: 有日期的行数}}
  - revenue
parameters: []
--- */
WITH held AS (
    SELECT 'sales' AS basis, month, currency, sale_lines AS rows, sale_revenue AS revenue
    FROM mart.segment_month
    UNION ALL
    SELECT 'opportunities', month, currency, won_opportunities, won_amount
    FROM mart.segment_month
)
SELECT
    basis,
    basis = (FROM staging.basis) AS chosen,
    month, currency,
    sum(rows)::BIGINT AS rows,
    coalesce(sum(rows) FILTER (month IS NOT NULL), 0)::BIGINT AS dated_rows,
    sum(revenue) AS revenue
FROM held
GROUP BY basis, month, currency
HAVING sum(rows) > 0
ORDER BY basis, month NULLS LAST, currency NULLS LAST
