-- Audit trail, settings and the record of loads. No indexes anywhere: see docs/decisions.
CREATE SCHEMA crm;
CREATE SCHEMA crm_history;
CREATE SCHEMA programme;
CREATE SCHEMA programme_history;
CREATE SCHEMA app;
CREATE SCHEMA mart;

-- One row per business change, written in the transaction that makes it. The number of rows
-- of an area is that area's version.
CREATE TABLE app.change (
    change_id BIGINT NOT NULL,
    committed_at TIMESTAMP NOT NULL,  -- UTC, in commit order
    actor_id VARCHAR NOT NULL,
    actor_name VARCHAR NOT NULL,
    area VARCHAR NOT NULL,            -- crm, programme, settings
    action VARCHAR NOT NULL,          -- noun.verb: batch.load, setting.set …
    subject VARCHAR,                  -- id of what was changed
    detail JSON                       -- before and after, counts …
);

CREATE TABLE app.setting (key VARCHAR NOT NULL, value JSON NOT NULL, change_id BIGINT NOT NULL);

-- When a reader last looked at a page; not a business change, so it has no audit row.
CREATE TABLE app.last_look (actor_id VARCHAR NOT NULL, page VARCHAR NOT NULL, looked_at TIMESTAMP NOT NULL);

CREATE TABLE crm.batch (
    batch_id BIGINT NOT NULL,
    change_id BIGINT NOT NULL,
    loaded_at TIMESTAMP NOT NULL,
    actor_name VARCHAR NOT NULL,
    seconds DOUBLE NOT NULL,
    undone_by BIGINT                  -- the change that took it back
);

CREATE TABLE crm.batch_file (
    file_id BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    path VARCHAR NOT NULL,            -- as the person gave it
    source_file VARCHAR NOT NULL,     -- its name, as rows carry it
    sheet VARCHAR,
    entity VARCHAR,
    encoding VARCHAR,
    plan JSON NOT NULL,               -- the mapping and repairs that were used
    archive VARCHAR,                  -- Parquet of the raw lines, beside the store
    rows_read BIGINT NOT NULL,
    loaded BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    merged BIGINT NOT NULL,
    quarantined BIGINT NOT NULL,
    skipped BIGINT NOT NULL,
    derived JSON NOT NULL,            -- entity -> rows that this sheet told of besides its own
    problem JSON                      -- code and parameters, when nothing was loaded
);

-- One fate per source line.
CREATE TABLE crm.line_fate (
    file_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    fate VARCHAR NOT NULL,            -- loaded, updated, merged, quarantined, skipped
    reason VARCHAR,                   -- code; NULL where the fate says it all
    row_id BIGINT                     -- the row it became or changed
);

CREATE TABLE crm.quarantine (
    quarantine_id BIGINT NOT NULL,
    batch_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    entity VARCHAR NOT NULL,
    source_file VARCHAR NOT NULL,
    sheet VARCHAR,
    source_line BIGINT NOT NULL,
    "column" VARCHAR,
    value VARCHAR,
    rule VARCHAR NOT NULL,            -- the code of the rule that was broken
    reason JSON NOT NULL,             -- its parameters
    row_key VARCHAR,                  -- of the record that the line tells of, where it has a key
    status VARCHAR NOT NULL,          -- open, resolved, dropped (its load was taken back)
    resolved_by BIGINT,               -- the batch that loaded the record after all
    owner VARCHAR,
    due DATE
);

-- Every segment that the store's rows name, spelled as the source spells it.
CREATE TABLE crm.segment (
    segment VARCHAR NOT NULL,         -- as rows carry it
    entry VARCHAR,                    -- id in the shipped bilingual list, if it is known there
    change_id BIGINT NOT NULL
);

-- A repaired value and what it was: shown on the page, kept with the rows' file.
CREATE TABLE crm.repair (
    file_id BIGINT NOT NULL,
    field VARCHAR NOT NULL,
    raw VARCHAR NOT NULL,
    clean VARCHAR NOT NULL,
    lines BIGINT NOT NULL
);

-- Targets of revenue per segment and month; a year or quarter is the sum of its months. Settings of the
-- store, like the fiscal calendar: their changes are of that area.
CREATE TABLE app.segment_target (
    segment VARCHAR NOT NULL,
    month DATE NOT NULL,
    currency VARCHAR,
    amount DECIMAL(38, 10) NOT NULL,
    change_id BIGINT NOT NULL
);
CREATE TABLE app.segment_target_history AS
SELECT *, 0::BIGINT AS superseded_by FROM app.segment_target;
CREATE TABLE app.setting_history AS SELECT *, 0::BIGINT AS superseded_by FROM app.setting;
