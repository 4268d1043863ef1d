/* ---
kind: table
needs: [staging.reference]
--- */
-- The references that rows hold now, resolved.
SELECT entity, ref, key FROM staging.reference(NULL) WHERE key IS NOT NULL
