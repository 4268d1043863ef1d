/* ---
id: rows_total
title: {en: What the rows behind a figure add up to, zh: 明细合计}
description:
  en: >-
    How many rows stand behind a figure and what they add up to, per currency; the rows are those
    of the metric rows.
  zh: >-
    某一数字背后的记录数及金额合计，按币种分列；记录范围与指标 rows 相同。
grain: [currency]
columns: [currency, rows, {name: amount, type: money, unit: money, label: {en: Amount, zh: 金额}}]
parameters: [basis, from, to, region, team, segment, kind, product, family, currency]
--- */
SELECT currency, count(*) AS rows, coalesce(sum(amount), 0)::DECIMAL(38, 10) AS amount
FROM staging.figure_rows(
    $kind, $basis, $from::DATE, $to::DATE, $region::VARCHAR[], $team::VARCHAR[], $segment,
    $product::VARCHAR[], $family::VARCHAR[], $currency
)
GROUP BY currency
ORDER BY currency NULLS LAST
