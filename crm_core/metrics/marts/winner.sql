/* ---
kind: table
needs: [mart.member, staging.chosen, staging.member_cell]
--- */
-- The fields in which one of the records that are one comes before all others: as a person chose,
-- else by the company's rule for the field (setting survivorship; without one their order decides).
-- newest: what was loaded last; longest; source: the first of the sources as the setting orders
-- them. A source is a file's name with # for the numbers in it.
WITH rule AS (
    SELECT e.key AS entity, f.key AS field, f.value ->> '$' AS rule
    FROM app.setting AS s, json_each(s.value, '$.rules') AS e, json_each(e.value) AS f
    WHERE s.key = 'survivorship'
),
source AS (
    SELECT f.value ->> '$' AS source, f.key::BIGINT AS place
    FROM app.setting AS s, json_each(s.value, '$.sources') AS f
    WHERE s.key = 'survivorship'
),
cell AS (
    SELECT 'customer' AS entity, * FROM staging.member_cell('customer')
    UNION ALL
    SELECT 'contact', * FROM staging.member_cell('contact')
    UNION ALL
    SELECT 'lead', * FROM staging.member_cell('lead')
),
placed AS (
    SELECT
        entity, key, field, row_id,
        {
            'not_chosen': chosen.row_key IS NULL,
            'place': CASE rule
                WHEN 'newest' THEN -epoch_us(loaded_at)
                WHEN 'longest' THEN -length(value)
                WHEN 'source' THEN coalesce(source.place, 1 << 30)
            END,
            'rank': rank
        } AS place
    FROM cell
    JOIN mart.member USING (entity, row_id)
    LEFT JOIN staging.chosen AS chosen USING (entity, key, field, row_key)
    LEFT JOIN rule USING (entity, field)
    LEFT JOIN source ON source.source = regexp_replace(source_file, '\d+', '#', 'g')
    WHERE chosen.row_key IS NOT NULL OR rule.rule IS NOT NULL
),
first AS (
    SELECT entity, field, arg_min(row_id, place) AS row_id FROM placed GROUP BY entity, key, field
)
SELECT entity, row_id, list(field ORDER BY field) AS won FROM first GROUP BY entity, row_id
