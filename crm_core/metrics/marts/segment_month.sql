/* ---
kind: table
needs: [mart.customer, mart.segment_product_month, staging.lead]
--- */
-- Additive measures of both bases by segment; month as in segment_product_month. customers and
-- leads have no month, new_customers have that of mart.customer.customer_since; the three have
-- no currency either.
WITH money AS (
    SELECT
        segment, month, currency, region, team,
        sum(open_opportunities) AS open_opportunities,
        sum(won_opportunities) AS won_opportunities,
        sum(lost_opportunities) AS lost_opportunities,
        sum(pipeline_value) AS pipeline_value,
        sum(won_amount) AS won_amount,
        sum(sale_lines) AS sale_lines,
        sum(order_heads) AS orders,
        sum(sale_revenue) AS sale_revenue,
        sum(sale_returned) AS sale_returned,
        sum(quantity) AS quantity,
        sum(profit) AS profit
    FROM mart.segment_product_month
    GROUP BY ALL
),
stock AS (
    SELECT segment, region, team, NULL::DATE AS month, count(*) AS customers
    FROM mart.customer
    GROUP BY ALL
    UNION ALL BY NAME
    SELECT
        segment, region, team,
        date_trunc('month', customer_since)::DATE AS month,
        count(*) AS new_customers
    FROM mart.customer
    WHERE customer_since IS NOT NULL
    GROUP BY ALL
    UNION ALL BY NAME
    SELECT segment, region, team, count(*) AS leads FROM staging.lead GROUP BY ALL
)
SELECT
    segment, month, currency, region, team,
    coalesce(sum(open_opportunities), 0)::BIGINT AS open_opportunities,
    coalesce(sum(won_opportunities), 0)::BIGINT AS won_opportunities,
    coalesce(sum(lost_opportunities), 0)::BIGINT AS lost_opportunities,
    sum(pipeline_value) AS pipeline_value,
    coalesce(sum(won_amount), 0) AS won_amount,
    coalesce(sum(sale_lines), 0)::BIGINT AS sale_lines,
    coalesce(sum(orders), 0)::BIGINT AS orders,
    coalesce(sum(sale_revenue), 0) AS sale_revenue,
    coalesce(sum(sale_returned), 0) AS sale_returned,
    coalesce(sum(quantity), 0) AS quantity,
    coalesce(sum(profit), 0) AS profit,
    coalesce(sum(customers), 0)::BIGINT AS customers,
    coalesce(sum(new_customers), 0)::BIGINT AS new_customers,
    coalesce(sum(leads), 0)::BIGINT AS leads
FROM (FROM money UNION ALL BY NAME FROM stock)
GROUP BY ALL
