-- By what a line that waits is known when it comes again: its cells where its record has a key, else
-- its place and value. And since when the fault waits: a newer line of it takes the older one's place,
-- which is then `replaced`.
ALTER TABLE crm.quarantine ADD COLUMN fingerprint VARCHAR;
ALTER TABLE crm.quarantine ADD COLUMN since TIMESTAMP;
UPDATE crm.quarantine SET since = loaded_at FROM crm.batch WHERE batch.batch_id = quarantine.batch_id;
UPDATE crm.quarantine
SET fingerprint = md5(concat_ws(chr(31), source_file, coalesce(sheet, ''), source_line, coalesce(value, '')))
WHERE row_key IS NULL;
