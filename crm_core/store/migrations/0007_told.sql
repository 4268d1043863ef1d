-- What a load tells of a record of another entity that an earlier load has brought: it makes the
-- record when that load is taken back. Only of records that rows of the load refer to.
CREATE TABLE crm.told (
    batch_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    source_file VARCHAR NOT NULL,
    source_line BIGINT NOT NULL,
    entity VARCHAR NOT NULL,          -- customer, product or person
    row_key VARCHAR NOT NULL,
    said JSON NOT NULL                -- field -> value, filled ones only
);
