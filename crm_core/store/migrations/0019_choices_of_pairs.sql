-- Whose value holds is read from what people said of pairs, while these are one.
ALTER TABLE crm.merge DROP COLUMN chosen;
ALTER TABLE crm_history.merge DROP COLUMN chosen;
