/* ---
kind: view
needs: [mart.product, mart.reference]
--- */
-- The product that a reference means.
SELECT ref, name FROM mart.reference JOIN mart.product USING (key) WHERE entity = 'product'
