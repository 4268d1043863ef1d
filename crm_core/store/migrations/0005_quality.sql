-- How filled and how right each column was after a load or its undoing. Measured beside the load, not in
-- it, so it is no business change of its own; a table that the load did not touch has no rows for it.
CREATE TABLE crm.quality (
    change_id BIGINT NOT NULL,
    entity VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    rows BIGINT NOT NULL,
    missing BIGINT NOT NULL,
    invalid BIGINT NOT NULL           -- as the metric data_quality counts it
);
