-- What the reader of a file noted, where a warning was met, and which lines were run again.
ALTER TABLE crm.batch_file ADD COLUMN notes JSON;      -- code, count and first line of each
ALTER TABLE crm.batch_file ADD COLUMN corrects BIGINT; -- the table whose waiting lines these are
ALTER TABLE crm.warning ADD COLUMN field VARCHAR;      -- to blame; entity.field of another record
ALTER TABLE crm.warning ADD COLUMN line BIGINT;        -- the first of the lines
