/* ---
label: {en: Revenue without a segment, zh: 收入未归入细分市场}
title:
  en: "{share} of revenue is in no segment ({currency})"
  zh: "{share} 的收入未归入细分市场（{currency}）"
why:
  en: "{revenue} of revenue, {share} of all, is in no segment; the limit is {most_share}."
  zh: "有 {revenue}收入未归入任何细分市场，占全部收入的 {share}，上限为 {most_share}。"
clears:
  en: "It clears once {most_share} or less is unclassified: give the customers and deals behind it a segment."
  zh: "为相关客户和商机补上细分市场，未归类占比降到 {most_share} 及以下后自动解除。"
category: data
severity: high
reads: [crm, app]
metrics: [segment_overview]
thresholds:
  - name: most_share
    value: 0.1
    clears_at: 0.09
    unit: ratio
    most: 1
    label: {en: "Share of revenue without a segment, at most", zh: 未归类收入占比上限}
units: {share: ratio, revenue: money}
worse_by: 0.05
evidence: "segments?period=all&segment=~&currency={code}&basis={basis}"
--- */
-- On the store's own basis of revenue, over all time; currencies are never added.
SELECT
    coalesce(currency, '') AS subject,
    revenue_share AS measured,
    currency,
    coalesce(currency, '~') AS code,
    basis,
    round(revenue_share, 3) AS share,
    revenue
FROM segment_overview
WHERE segment IS NULL AND revenue_share > $most_share
