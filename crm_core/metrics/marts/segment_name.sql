/* ---
kind: table
--- */
-- The spellings of a segment that the shipped list knows as one, each with the name it is
-- shown under: the one that most rows carry.
WITH spelling AS (SELECT DISTINCT entry, segment FROM crm.segment WHERE entry IS NOT NULL),
carried AS (
    SELECT segment, count(*) AS rows FROM crm.customer GROUP BY segment
    UNION ALL SELECT segment, count(*) FROM crm.lead GROUP BY segment
    UNION ALL SELECT segment, count(*) FROM crm.opportunity GROUP BY segment
    UNION ALL SELECT segment, count(*) FROM crm.sale GROUP BY segment
),
counted AS (
    SELECT entry, spelling.segment, coalesce(sum(rows), 0) AS rows
    FROM spelling LEFT JOIN carried USING (segment)
    GROUP BY ALL
)
SELECT
    segment, entry,
    first_value(segment) OVER (PARTITION BY entry ORDER BY rows DESC, segment) AS shown
FROM counted
