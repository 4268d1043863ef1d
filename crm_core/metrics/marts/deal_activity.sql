/* ---
kind: table
needs: []
--- */
-- The day of the first activity of each opportunity that activities name.
SELECT opportunity_id, min(coalesce(happened_at, done_at))::DATE AS first_day
FROM crm.activity
WHERE opportunity_id IS NOT NULL
GROUP BY opportunity_id
