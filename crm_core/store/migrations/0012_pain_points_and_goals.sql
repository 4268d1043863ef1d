-- Rows of a register that look like repeats of each other and are not, as somebody said.
CREATE TABLE programme.apart (
    register VARCHAR NOT NULL,
    one VARCHAR NOT NULL,             -- id of a row
    other VARCHAR NOT NULL,
    change_id BIGINT NOT NULL         -- who and when
);
CREATE TABLE programme_history.apart AS SELECT *, 0::BIGINT AS superseded_by FROM programme.apart;

-- What the metrics of goals said, one value a day. See docs/decisions/0023-goals-read-from-data.md.
CREATE TABLE programme.goal_reading (
    goal VARCHAR NOT NULL,            -- id in the register goal
    measure VARCHAR NOT NULL,         -- the metric's column and rows that were read
    day DATE NOT NULL,                -- of which the value is
    value DOUBLE NOT NULL,
    currency VARCHAR,                 -- of money, ISO 4217
    change_id BIGINT NOT NULL
);
CREATE TABLE programme_history.goal_reading AS
SELECT *, 0::BIGINT AS superseded_by FROM programme.goal_reading;
