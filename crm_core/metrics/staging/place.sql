/* ---
kind: macro
parameters: [won, field, rank]
--- */
-- The place of a row among those that are one, when the field is filled: the least comes first.
CASE WHEN list_contains(won, field) THEN -1 ELSE rank END
