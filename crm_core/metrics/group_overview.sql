/* ---
id: group_overview
title: {en: Groups of companies, zh: 集团概览}
description:
  en: >-
    Customers, deals and revenue of each group of companies whose members people confirmed, with
    those of all its members. The segment is that of the group's head. Amounts are never added
    across currencies: a group has a row per currency.
  zh: >-
    经人工确认的每个集团及其全部成员的客户数、商机和收入。细分市场取集团总部的。不同币种的金额不相加：每个币种一行。
grain: [group, currency]
columns:
  - {name: group, type: text, label: {en: Group, zh: 集团}}
  - segment
  - currency
  - customers
  - open_opportunities
  - won_opportunities
  - pipeline_value
  - revenue
  - returned
  - net_revenue
parameters: [basis, from, to, segment]
--- */
WITH member AS (
    SELECT *, head_name || ' (' || head || ')' AS called FROM mart.corporate
    WHERE $segment IS NULL OR coalesce(head_segment, '') = $segment
),
size AS (SELECT head, count(*) AS customers FROM member GROUP BY head),
deal AS (
    SELECT
        head, currency,
        count(*) FILTER (outcome = 'open') AS open_opportunities,
        count(*) FILTER (outcome = 'won' AND dated) AS won_opportunities,
        sum(amount) FILTER (outcome = 'open') AS pipeline_value,
        sum(amount) FILTER (outcome = 'won' AND dated AND $basis = 'opportunities') AS revenue,
        NULL AS returned
    FROM (
        SELECT
            *,
            ($from::DATE IS NULL OR closed_at >= $from::DATE)
            AND ($to::DATE IS NULL OR closed_at < $to::DATE + INTERVAL 1 MONTH) AS dated
        FROM staging.opportunity
    ) AS o
    JOIN member ON member.key = o.customer_key
    GROUP BY ALL
),
sold AS (
    SELECT
        head, currency, 0 AS open_opportunities, 0 AS won_opportunities, NULL AS pipeline_value,
        sum(amount) AS revenue, sum(amount) FILTER (returned) AS returned
    FROM staging.sale AS s
    JOIN member ON member.key = s.customer_key
    WHERE
        $basis = 'sales'
        AND ($from::DATE IS NULL OR ordered_at >= $from::DATE)
        AND ($to::DATE IS NULL OR ordered_at < $to::DATE + INTERVAL 1 MONTH)
    GROUP BY ALL
),
money AS (
    SELECT
        head, currency,
        sum(open_opportunities)::BIGINT AS open_opportunities,
        sum(won_opportunities)::BIGINT AS won_opportunities,
        sum(pipeline_value)::DECIMAL(38, 10) AS pipeline_value,
        coalesce(sum(revenue), 0)::DECIMAL(38, 10) AS revenue,
        coalesce(sum(returned), 0)::DECIMAL(38, 10) AS returned
    FROM (FROM deal UNION ALL FROM sold)
    GROUP BY ALL
),
named AS (
    -- Two heads of one name are told apart by their ids.
    SELECT head, CASE WHEN count(*) OVER (PARTITION BY name) > 1 THEN called ELSE name END AS shown, segment
    FROM (SELECT DISTINCT head, head_name AS name, called, head_segment AS segment FROM member)
)
SELECT
    shown AS "group", segment, currency, customers,
    coalesce(open_opportunities, 0) AS open_opportunities,
    coalesce(won_opportunities, 0) AS won_opportunities,
    pipeline_value,
    coalesce(revenue, 0)::DECIMAL(38, 10) AS revenue,
    coalesce(returned, 0)::DECIMAL(38, 10) AS returned,
    coalesce(revenue - returned, 0)::DECIMAL(38, 10) AS net_revenue
FROM named JOIN size USING (head) LEFT JOIN money USING (head)
ORDER BY revenue DESC, shown, currency NULLS LAST
