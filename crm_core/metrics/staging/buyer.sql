/* ---
kind: view
needs: [mart.customer, mart.reference]
--- */
-- The customer that a reference means.
SELECT ref, c.* FROM mart.reference JOIN mart.customer AS c USING (key) WHERE entity = 'customer'
