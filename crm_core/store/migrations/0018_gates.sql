-- Gates that somebody opened by hand; one that was taken back stands in the history alone.
-- See docs/decisions/0035-gates-and-effect.md.
CREATE TABLE programme.gate_opening (
    phase VARCHAR NOT NULL,           -- its id in the register
    gate VARCHAR NOT NULL,            -- entry, exit
    opened_by VARCHAR NOT NULL,       -- the name of who decided
    opened_at TIMESTAMP NOT NULL,     -- UTC
    reason VARCHAR NOT NULL,
    change_id BIGINT NOT NULL         -- who wrote it down
);
CREATE TABLE programme_history.gate_opening AS
SELECT *, 0::BIGINT AS superseded_by FROM programme.gate_opening;
