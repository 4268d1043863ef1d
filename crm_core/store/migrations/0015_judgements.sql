-- What people say who weigh criteria and score vendors. See docs/decisions/0029-vendor-room.md.
CREATE TABLE programme.judgement (
    evaluator VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,            -- points, pair, score
    one VARCHAR NOT NULL,             -- id of a criterion
    other VARCHAR NOT NULL,           -- of a pair the other criterion, of a score the vendor; else blank
    value DOUBLE NOT NULL,            -- points 0 … 100; how many times as important as the other; score 0 … 10
    note VARCHAR NOT NULL,            -- why
    change_id BIGINT NOT NULL
);
CREATE TABLE programme_history.judgement AS
SELECT *, 0::BIGINT AS superseded_by FROM programme.judgement;
