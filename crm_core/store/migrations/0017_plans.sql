-- Plans as the planner made them, each with all that it was made from. See docs/decisions/0032-planner.md.
CREATE TABLE programme.plan (
    plan_id BIGINT NOT NULL,
    scenario VARCHAR NOT NULL,
    made_at TIMESTAMP NOT NULL,       -- UTC
    request JSON NOT NULL,            -- programme, objective, seconds: the same gives the same plan
    calendar JSON NOT NULL,           -- first day and unit of the periods
    answer JSON NOT NULL,             -- status, objective, bound, items with reasons, conflicts
    change_id BIGINT NOT NULL         -- who
);
CREATE TABLE programme_history.plan AS
SELECT *, 0::BIGINT AS superseded_by FROM programme.plan;
