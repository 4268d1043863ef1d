/* ---
kind: table_macro
parameters: [
  asked_kind, asked_basis, month_from, month_to, asked_regions, asked_teams, asked_segment,
  asked_products, asked_families, asked_currency,
]
needs: [staging.family, staging.opportunity, staging.sale]
--- */
-- The rows that a figure is summed from. A filter that is NULL asks for all; an empty text in it
-- for what has none. Open opportunities are as of now, whatever the period.
WITH candidate AS (
    SELECT
        row_id, 'sale' AS entity, coalesce(sale_id, order_id) AS id, customer, product, owner,
        team, region, segment, NULL AS outcome, ordered_at AS dated, amount, currency, returned,
        source_file, source_line, file_id
    FROM staging.sale
    WHERE asked_kind = 'revenue' AND asked_basis = 'sales'
    UNION ALL
    SELECT
        row_id, 'opportunity', opportunity_id, customer, product, owner,
        team, region, segment, outcome, CASE outcome WHEN 'open' THEN created_at ELSE closed_at END,
        amount, currency, FALSE, source_file, source_line, file_id
    FROM staging.opportunity
    WHERE
        asked_kind IN (outcome, 'all')
        OR (asked_kind = 'revenue' AND asked_basis = 'opportunities' AND outcome = 'won')
)
SELECT candidate.*, family
FROM candidate LEFT JOIN staging.family ON name = product
WHERE
    (
        outcome IS NOT DISTINCT FROM 'open'
        OR (
            (month_from IS NULL OR dated >= month_from)
            AND (month_to IS NULL OR dated < month_to + INTERVAL 1 MONTH)
        )
    )
    AND (asked_regions IS NULL OR list_contains(asked_regions, coalesce(region, '')))
    AND (asked_teams IS NULL OR list_contains(asked_teams, coalesce(team, '')))
    AND (asked_segment IS NULL OR coalesce(segment, '') = asked_segment)
    AND (
        asked_products IS NULL
        OR coalesce(product, '') IN (SELECT unnest(asked_products))
    )
    AND (
        asked_families IS NULL
        OR coalesce(family, '') IN (SELECT unnest(asked_families))
    )
    AND (asked_currency IS NULL OR coalesce(currency, '') = asked_currency)
