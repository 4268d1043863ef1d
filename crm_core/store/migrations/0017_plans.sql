-- Plans as the planner made them, each with all that it was made from, and which were agreed.
-- See docs/decisions/0032-planner.md and 0034-scenarios-baseline-forecast.md.
CREATE TABLE programme.plan (
    plan_id BIGINT NOT NULL,
    scenario VARCHAR NOT NULL,        -- '' for the registers as they stand
    made_at TIMESTAMP NOT NULL,       -- UTC
    request JSON NOT NULL,            -- programme, objective, seconds: the same gives the same plan
    calendar JSON NOT NULL,           -- first day and unit of the periods
    titles JSON NOT NULL,             -- what initiatives, phases, windows and groups were called
    answer JSON NOT NULL,             -- status, objective, bound, items with reasons, conflicts
    change_id BIGINT NOT NULL         -- who
);
CREATE TABLE programme_history.plan AS
SELECT *, 0::BIGINT AS superseded_by FROM programme.plan;

-- Agreed plans; the latest is what progress is held against.
CREATE TABLE programme.plan_acceptance (
    plan_id BIGINT NOT NULL,
    accepted_at TIMESTAMP NOT NULL,   -- UTC
    reason VARCHAR NOT NULL,
    change_id BIGINT NOT NULL
);
CREATE TABLE programme_history.plan_acceptance AS
SELECT *, 0::BIGINT AS superseded_by FROM programme.plan_acceptance;

-- Where each plan puts each initiative, in days; nothing for what is left out. `ends` is the last day.
CREATE VIEW programme.plan_item AS
WITH item AS (
    SELECT
        plan_id,
        (calendar ->> 'start')::DATE AS first_day,
        calendar ->> 'unit' AS unit,
        unnest((answer -> 'items')::JSON[]) AS item
    FROM programme.plan
),
placed AS (
    SELECT
        plan_id, first_day, unit,
        item ->> 'id' AS initiative,
        (item ->> 'start')::INTEGER AS start_period,
        (item ->> 'end')::INTEGER AS end_period
    FROM item
),
counted AS (
    SELECT
        *,
        CASE unit WHEN 'week' THEN to_days(7) WHEN 'month' THEN to_months(1) ELSE to_months(3) END AS length
    FROM placed
    WHERE start_period IS NOT NULL
)
SELECT
    plan_id, initiative, start_period, end_period,
    (first_day + start_period * length)::DATE AS starts,
    -- What takes no time ends on the day on which it starts.
    greatest(first_day + start_period * length, first_day + end_period * length - to_days(1))::DATE AS ends
FROM counted;

-- The plan that stands: the one agreed last.
CREATE VIEW programme.accepted_item AS
SELECT item.*
FROM programme.plan_item AS item
WHERE item.plan_id = (SELECT arg_max(plan_id, (accepted_at, change_id)) FROM programme.plan_acceptance);
