/* ---
kind: table
needs: [staging.owner]
--- */
-- What each person noted in each week (from Monday on): on how many days, about how many records.
-- What has no owner or no day is in no row.
SELECT
    owner.team,
    coalesce(owner.name, a.owner_id) AS person,
    date_trunc('week', coalesce(happened_at, done_at))::DATE AS week,
    count(DISTINCT coalesce(happened_at, done_at)::DATE) AS active_days,
    count(DISTINCT customer_id) + count(DISTINCT lead_id) + count(DISTINCT opportunity_id)
        + count(DISTINCT case_id) AS records_touched
FROM crm.activity AS a
LEFT JOIN staging.owner AS owner ON owner.ref = a.owner_id
WHERE a.owner_id IS NOT NULL AND coalesce(happened_at, done_at) IS NOT NULL
GROUP BY ALL
