/* ---
kind: view
needs: [mart.member]
--- */
-- Whose value a person chose, field by field, of records that are one. What they said of a pair
-- holds while both its records are one, be they joined by way of others; the last word counts.
SELECT
    entity, m.key, c.key AS field,
    arg_max(c.value ->> '$', (decided_at, left_key, right_key)) AS row_key
FROM crm.match_decision
JOIN mart.member AS m USING (entity)
JOIN mart.member AS other USING (entity, key), json_each(chosen) AS c
WHERE verdict = 'same' AND m.row_key = left_key AND other.row_key = right_key
GROUP BY entity, m.key, c.key
