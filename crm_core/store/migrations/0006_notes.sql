-- What the reader of a file noted, and where a warning was met.
ALTER TABLE crm.batch_file ADD COLUMN notes JSON;    -- code, count and first line of each; NULL: none
ALTER TABLE crm.warning ADD COLUMN field VARCHAR;    -- that it blames; entity.field where it describes another
ALTER TABLE crm.warning ADD COLUMN line BIGINT;      -- the first of the lines
