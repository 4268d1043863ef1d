/* ---
kind: view
--- */
-- What the store counts as revenue: its setting, else what its rows can tell.
SELECT
    coalesce(
        (SELECT min(value ->> '$') FROM app.setting WHERE key = 'revenue_basis'),
        CASE WHEN EXISTS (FROM crm.sale) THEN 'sales' ELSE 'opportunities' END
    ) AS basis
