-- What the steps of a recipe and the rules did to a loaded table, and corrections of lines that wait.

-- A row per step of the recipe that a table was loaded with.
CREATE TABLE crm.step_effect (
    file_id BIGINT NOT NULL,
    place INTEGER NOT NULL,           -- in the recipe, from 0
    step JSON NOT NULL,
    lines BIGINT NOT NULL,            -- that it touched
    samples JSON NOT NULL             -- before, after, lines
);

-- Lines that break a rule and were loaded all the same.
CREATE TABLE crm.warning (
    file_id BIGINT NOT NULL,
    rule VARCHAR NOT NULL,
    lines BIGINT NOT NULL
);

-- What a person typed for a cell of a line that waits in quarantine.
CREATE TABLE crm.correction (
    quarantine_id BIGINT NOT NULL,
    cell INTEGER NOT NULL,            -- index of the source column, from 0
    value VARCHAR,                    -- NULL: blank
    change_id BIGINT NOT NULL
);
CREATE TABLE crm_history.correction AS SELECT *, 0::BIGINT AS superseded_by FROM crm.correction;
