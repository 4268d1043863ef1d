/* ---
kind: view
--- */
-- The family of each product, by the name that rows show; one of several the first by letter.
SELECT name, min(family) AS family FROM crm.product WHERE family IS NOT NULL GROUP BY name
