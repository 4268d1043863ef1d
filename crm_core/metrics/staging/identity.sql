/* ---
kind: table_macro
parameters: [as_of]
needs: [mart.identity, staging.identity_version]
--- */
-- Which rows tell of the same record at a moment; NULL: now, as it was worked out by the last change.
FROM mart.identity WHERE as_of IS NULL
UNION ALL
FROM staging.identity_version(as_of) WHERE as_of IS NOT NULL
