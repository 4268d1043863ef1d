/* ---
kind: view
needs: [staging.identity]
--- */
-- What people said of parents, by the customers that are meant: several records may be one, each
-- with a word of its own. A link whose one end is gone says nothing.
SELECT
    child.key, child.rank, parent.key AS parent, p.verdict, p.reasons, p.row_key, p.parent_key
FROM crm.parent AS p
JOIN staging.identity(NULL) AS child ON child.entity = 'customer' AND child.row_key = p.row_key
JOIN staging.identity(NULL) AS parent
    ON parent.entity = 'customer' AND parent.row_key = p.parent_key
