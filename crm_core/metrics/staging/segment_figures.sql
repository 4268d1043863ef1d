/* ---
kind: table_macro
parameters: [basis, month_from, month_to, asked_regions, asked_teams]
needs: [mart.segment_month]
--- */
-- The rollup, limited to what was asked, on one basis of revenue; additive over segment, month
-- and currency. Open opportunities, customers and leads are as of now, whatever the period.
-- What has no currency (customers, leads) stands at the segment's main currency, so that it is
-- counted once; it is NULL at the others. pipeline_value is NULL where no open opportunity has an
-- amount. There is always a row for unclassified.
WITH summed AS (
    SELECT
        segment, month, currency,
        (month_from IS NULL AND month_to IS NULL)
        OR coalesce(
            month >= coalesce(month_from, month) AND month <= coalesce(month_to, month), FALSE
        ) AS dated_in,
        sum(open_opportunities) AS open_opportunities,
        sum(pipeline_value) AS pipeline_value,
        sum(customers) AS customers,
        sum(leads) AS leads,
        CASE WHEN dated_in THEN sum(won_opportunities) ELSE 0 END AS won_opportunities,
        CASE WHEN dated_in THEN sum(lost_opportunities) ELSE 0 END AS lost_opportunities,
        CASE WHEN dated_in THEN sum(new_customers) ELSE 0 END AS new_customers,
        CASE WHEN dated_in THEN sum(sale_lines) ELSE 0 END AS sale_lines,
        CASE
            WHEN NOT dated_in THEN 0
            WHEN basis = 'sales' THEN sum(sale_revenue)
            ELSE sum(won_amount)
        END AS revenue,
        CASE WHEN dated_in AND basis = 'sales' THEN sum(sale_returned) ELSE 0 END AS returned,
        CASE
            WHEN NOT dated_in THEN 0
            WHEN basis = 'sales' THEN sum(orders)
            ELSE sum(won_opportunities)
        END AS deals
    FROM mart.segment_month
    WHERE
        (asked_regions IS NULL OR list_contains(asked_regions, coalesce(region, '')))
        AND (asked_teams IS NULL OR list_contains(asked_teams, coalesce(team, '')))
    GROUP BY segment, month, currency
),
money AS (
    SELECT * EXCLUDE (customers, leads, new_customers)
    FROM summed
    WHERE open_opportunities + won_opportunities + lost_opportunities + sale_lines > 0
),
main AS (
    SELECT segment, currency, TRUE AS is_main
    FROM money
    GROUP BY segment, currency
    QUALIFY
        row_number() OVER (
            PARTITION BY segment
            ORDER BY
                sum(revenue) DESC, sum(pipeline_value) DESC NULLS LAST, currency NULLS LAST
        ) = 1
),
heads AS (
    SELECT summed.segment, month, main.currency, customers, leads, new_customers
    FROM summed LEFT JOIN main ON main.segment IS NOT DISTINCT FROM summed.segment
    WHERE customers + leads + new_customers > 0
    UNION ALL
    SELECT NULL, NULL, (SELECT currency FROM main WHERE segment IS NULL), 0, 0, 0
)
SELECT
    figure.segment, month, figure.currency,
    coalesce(sum(open_opportunities), 0)::BIGINT AS open_opportunities,
    coalesce(sum(won_opportunities), 0)::BIGINT AS won_opportunities,
    coalesce(sum(lost_opportunities), 0)::BIGINT AS lost_opportunities,
    sum(pipeline_value)::DECIMAL(38, 10) AS pipeline_value,
    coalesce(sum(revenue), 0)::DECIMAL(38, 10) AS revenue,
    coalesce(sum(returned), 0)::DECIMAL(38, 10) AS returned,
    coalesce(sum(deals), 0)::BIGINT AS deals,
    CASE WHEN is_main THEN coalesce(sum(customers), 0) ELSE sum(customers) END::BIGINT AS customers,
    CASE WHEN is_main THEN coalesce(sum(leads), 0) ELSE sum(leads) END::BIGINT AS leads,
    CASE WHEN is_main THEN coalesce(sum(new_customers), 0) ELSE sum(new_customers) END::BIGINT
        AS new_customers
FROM (FROM money UNION ALL BY NAME FROM heads) AS figure
LEFT JOIN main
    ON main.segment IS NOT DISTINCT FROM figure.segment
    AND main.currency IS NOT DISTINCT FROM figure.currency
GROUP BY figure.segment, month, figure.currency, is_main
