-- Red flags that rules raised: which row of the register is which danger, and with what figures.
CREATE TABLE programme.flag (
    rule VARCHAR NOT NULL,            -- a file under data/flags
    subject VARCHAR NOT NULL,         -- tells the flags of a rule apart
    id VARCHAR NOT NULL,              -- its row in the register red_flag
    measured DOUBLE NOT NULL,         -- the higher the worse; as the row says it
    facts JSON NOT NULL,              -- what the rule's texts name
    raised_at TIMESTAMP NOT NULL,     -- UTC; anew where it was raised again
    change_id BIGINT NOT NULL
);
CREATE TABLE programme_history.flag AS SELECT *, 0::BIGINT AS superseded_by FROM programme.flag;

-- Rules that a company wants otherwise than they are shipped.
CREATE TABLE programme.flag_rule (
    rule VARCHAR NOT NULL,
    limits JSON NOT NULL,             -- threshold -> value, where it is not the shipped one
    is_off BOOLEAN NOT NULL,
    reason VARCHAR NOT NULL,
    change_id BIGINT NOT NULL         -- who and when
);
CREATE TABLE programme_history.flag_rule AS
SELECT *, 0::BIGINT AS superseded_by FROM programme.flag_rule;
