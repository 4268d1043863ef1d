/* ---
kind: table
needs: [staging.identity_version]
--- */
-- Which rows tell of the same record now. Every other rollup asks for it, some more than once.
FROM staging.identity_version(NULL)
