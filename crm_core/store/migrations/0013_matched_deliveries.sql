-- What matching made of a delivery's records; NULL where they were not matched.
ALTER TABLE app.delivery ADD COLUMN merged BIGINT;            -- records that were merged away
ALTER TABLE app.delivery ADD COLUMN review BIGINT;            -- pairs that wait for people
ALTER TABLE app.delivery_history ADD COLUMN merged BIGINT;
ALTER TABLE app.delivery_history ADD COLUMN review BIGINT;
