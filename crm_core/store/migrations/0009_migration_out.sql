-- Migration out: what was written for another system, what that rejected, and what was signed.

CREATE TABLE crm.migration_run (
    run_id BIGINT NOT NULL,
    target VARCHAR NOT NULL,          -- name of the template
    template VARCHAR NOT NULL,        -- its text
    kind VARCHAR NOT NULL,            -- rehearsal, delta, cut-over
    since BIGINT,                     -- of a delta: the run that it is compared with
    made_at TIMESTAMP NOT NULL,       -- UTC
    actor_name VARCHAR NOT NULL,
    seconds DOUBLE NOT NULL,
    folder VARCHAR NOT NULL,          -- where its files were written
    manifest JSON NOT NULL,           -- files with their hashes; tables with rows, rejects and sums
    change_id BIGINT NOT NULL
);

-- The ids that records have in a target: once given, they are kept whatever is merged later.
CREATE TABLE crm.migration_id (
    space VARCHAR NOT NULL,           -- template, table and scheme of ids
    row_key VARCHAR NOT NULL,         -- the record that stood for all that are one when it was given
    new_id VARCHAR NOT NULL,
    change_id BIGINT NOT NULL
);

-- What the target has after a run: every record that was accepted, written by it or by an earlier run.
CREATE TABLE crm.migration_row (
    run_id BIGINT NOT NULL,
    "table" VARCHAR NOT NULL,         -- of the target
    new_id VARCHAR NOT NULL,
    row_key VARCHAR NOT NULL,
    digest UBIGINT NOT NULL,          -- of its cells: another one means that it changed
    written BOOLEAN NOT NULL          -- by this run
);

-- Records that a target does not take, as a worklist. Ours: a rule of the template was broken, and
-- the record was not written. The target's: its own file of rejects was read back.
CREATE TABLE crm.migration_reject (
    reject_id BIGINT NOT NULL,
    target VARCHAR NOT NULL,
    "table" VARCHAR NOT NULL,
    run_id BIGINT NOT NULL,           -- the first run that it was met in
    last_run BIGINT NOT NULL,         -- the last one
    said_by VARCHAR NOT NULL,         -- template, target
    row_key VARCHAR NOT NULL,
    new_id VARCHAR NOT NULL,
    "column" VARCHAR,                 -- of the target
    value VARCHAR,
    rule VARCHAR NOT NULL,
    "limit" VARCHAR,                  -- what the rule asks for
    suggestion VARCHAR,               -- a value that would do
    message VARCHAR,                  -- the target's own words
    owner VARCHAR,
    due DATE,
    status VARCHAR NOT NULL,          -- open, solved
    solved_by BIGINT,                 -- the run that no longer met it
    change_id BIGINT NOT NULL
);
CREATE TABLE crm_history.migration_reject AS
SELECT *, 0::BIGINT AS superseded_by FROM crm.migration_reject;

-- What the target counted after a run.
CREATE TABLE crm.migration_total (
    run_id BIGINT NOT NULL,
    "table" VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,         -- rows, or the name of a summed column
    currency VARCHAR,
    value DECIMAL(38, 10) NOT NULL,
    change_id BIGINT NOT NULL
);
CREATE TABLE crm_history.migration_total AS
SELECT *, 0::BIGINT AS superseded_by FROM crm.migration_total;

CREATE TABLE crm.migration_signature (
    run_id BIGINT NOT NULL,
    name VARCHAR NOT NULL,            -- the data owner
    actor_name VARCHAR NOT NULL,      -- who was signed in
    signed_at TIMESTAMP NOT NULL,     -- UTC
    digest VARCHAR NOT NULL,          -- SHA-256 of the totals of both sides and of the files
    differences BIGINT NOT NULL,
    reason VARCHAR,                   -- why it was signed with differences
    change_id BIGINT NOT NULL
);
CREATE TABLE crm_history.migration_signature AS
SELECT *, 0::BIGINT AS superseded_by FROM crm.migration_signature;
