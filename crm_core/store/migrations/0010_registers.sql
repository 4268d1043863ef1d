-- Registers: every row of every one of them, its values as JSON. Views named after the registers
-- (schema programme) give each its columns. See docs/decisions/0018-registers.md.
CREATE TABLE programme.item (
    register VARCHAR NOT NULL,
    id VARCHAR NOT NULL,              -- given once, never again after the row is gone
    version INTEGER NOT NULL,         -- 1 for a new row, one more with each change
    data JSON NOT NULL,               -- field -> value; what is blank is not in it
    change_id BIGINT NOT NULL
);
CREATE TABLE programme_history.item AS
SELECT *, 0::BIGINT AS superseded_by FROM programme.item;

CREATE TABLE programme.comment (
    register VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    link VARCHAR,                     -- to what lies elsewhere: a document, a mail
    change_id BIGINT NOT NULL         -- who and when
);
