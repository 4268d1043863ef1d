/* ---
kind: table_macro
parameters: [as_of]
--- */
-- The changes that had been committed at a moment: a row version was valid then if the change
-- that made it is among them and the one that superseded it is not.
SELECT change_id FROM app.change WHERE committed_at <= as_of
