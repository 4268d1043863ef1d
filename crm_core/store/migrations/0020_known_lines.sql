-- By what a line that waits is known when it comes again: its cells where its record has a key, else
-- its place and value.
ALTER TABLE crm.quarantine ADD COLUMN fingerprint VARCHAR;
UPDATE crm.quarantine
SET fingerprint = md5(concat_ws(chr(31), source_file, coalesce(sheet, ''), source_line, coalesce(value, '')))
WHERE row_key IS NULL;
