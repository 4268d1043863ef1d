/* ---
label: {en: Deals are entered only at closing, zh: 商机在成交时才录入}
title:
  en: "{name} enters deals only at closing"
  zh: "{name}在成交时才录入商机"
why:
  en: "Since {since} {share} of {deals} won deals were entered at most a day before closing; the limit is {most_share}. No exemption is in force."
  zh: "自{since}以来，{deals} 单赢单中有 {share} 在成交前一天内或成交后才录入，上限为 {most_share}，且没有有效的例外。"
clears:
  en: "It clears once at most {most_share} of the deals of three months are entered at closing, or an exemption is granted."
  zh: "三个月内成交时才录入的比例不超过 {most_share}，或批准例外后自动解除。"
category: people
severity: medium
reads: [crm, programme]
thresholds:
  - name: most_share
    value: 0.5
    clears_at: 0.45
    unit: ratio
    most: 1
    label: {en: "Share of won deals, at most", zh: 占赢单的比例上限}
  - name: least_deals
    value: 5
    unit: count
    least: 1
    label: {en: "Won deals, at least", zh: 赢单数下限}
units: {since: day, share: ratio}
worse_by: 0.2
evidence: "adoption?person={name}"
--- */
-- The three months up to the last deal that was won; at closing is as in the metric adoption.
WITH span AS (
    SELECT (max(closed_on) - INTERVAL 3 MONTH)::DATE AS since
    FROM mart.won_deal WHERE closed_on <= $today
),
exempt AS (
    SELECT lower(trim(granted_to)) AS name FROM programme.exemption
    WHERE coalesce(expires >= $today, TRUE) AND coalesce(status, '') NOT IN ('done', 'dropped')
)
SELECT
    person AS subject,
    count(*) FILTER (days_open <= 1) / count(days_open) AS measured,
    person AS name,
    any_value(since) AS since,
    round(measured, 2) AS share,
    count(days_open) AS deals
FROM mart.won_deal, span
WHERE
    closed_on BETWEEN since AND $today
    AND person IS NOT NULL
    AND lower(trim(person)) NOT IN (FROM exempt)
    AND coalesce(lower(trim(team)), '') NOT IN (FROM exempt)
GROUP BY person
HAVING measured > $most_share AND count(days_open) >= $least_deals
