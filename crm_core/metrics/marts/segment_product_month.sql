/* ---
kind: table
needs: [staging.opportunity, staging.sale]
--- */
-- Additive measures of both bases by segment and product. month: of closing for won and lost, of
-- ordering for sales; NULL where the source has no date, and for open opportunities.
-- pipeline_value is NULL where no open opportunity has an amount.
-- orders counts an order once for each product in it, order_heads once in all (at its first line
-- with an amount: an order and its lines may stand in two tables, of which one has the amounts).
WITH opportunity AS (
    SELECT
        segment, product, currency, region, team,
        CASE WHEN outcome <> 'open' THEN date_trunc('month', closed_at)::DATE END AS month,
        count(*) FILTER (outcome = 'open') AS open_opportunities,
        count(*) FILTER (outcome = 'won') AS won_opportunities,
        count(*) FILTER (outcome = 'lost') AS lost_opportunities,
        sum(amount) FILTER (outcome = 'open') AS pipeline_value,
        sum(amount) FILTER (outcome = 'won') AS won_amount
    FROM staging.opportunity
    GROUP BY ALL
),
line AS (
    SELECT
        *,
        coalesce(order_id, 'row ' || row_id) AS bill,
        row_id = first(row_id) OVER (PARTITION BY bill ORDER BY amount IS NULL, row_id)
            AS heads_order,
        row_id = min(row_id) OVER (PARTITION BY bill, product) AS heads_product
    FROM staging.sale
),
sale AS (
    SELECT
        segment, product, currency, region, team,
        date_trunc('month', ordered_at)::DATE AS month,
        count(*) AS sale_lines,
        count(*) FILTER (heads_product) AS orders,
        count(*) FILTER (heads_order) AS order_heads,
        sum(amount) AS sale_revenue,
        sum(amount) FILTER (returned) AS sale_returned,
        sum(quantity) AS quantity,
        sum(profit) AS profit
    FROM line
    GROUP BY ALL
)
SELECT
    segment, product, month, currency, region, team,
    coalesce(sum(open_opportunities), 0)::BIGINT AS open_opportunities,
    coalesce(sum(won_opportunities), 0)::BIGINT AS won_opportunities,
    coalesce(sum(lost_opportunities), 0)::BIGINT AS lost_opportunities,
    sum(pipeline_value) AS pipeline_value,
    coalesce(sum(won_amount), 0) AS won_amount,
    coalesce(sum(sale_lines), 0)::BIGINT AS sale_lines,
    coalesce(sum(orders), 0)::BIGINT AS orders,
    coalesce(sum(order_heads), 0)::BIGINT AS order_heads,
    coalesce(sum(sale_revenue), 0) AS sale_revenue,
    coalesce(sum(sale_returned), 0) AS sale_returned,
    coalesce(sum(quantity), 0) AS quantity,
    coalesce(sum(profit), 0) AS profit
FROM (FROM opportunity UNION ALL BY NAME FROM sale)
GROUP BY ALL
