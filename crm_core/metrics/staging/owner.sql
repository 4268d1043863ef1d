/* ---
kind: view
needs: [mart.person, mart.reference]
--- */
-- The member of staff that an owner reference means.
SELECT ref, name, team, active FROM mart.reference JOIN mart.person USING (key)
WHERE entity = 'person'
