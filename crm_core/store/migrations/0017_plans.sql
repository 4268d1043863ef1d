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

-- The first day of a period of a plan, counted from 0.
CREATE MACRO programme.period_day(calendar, period) AS (
    (calendar ->> 'start')::DATE + period::INTEGER * CASE calendar ->> 'unit'
        WHEN 'week' THEN to_days(7) WHEN 'month' THEN to_months(1) ELSE to_months(3) END
)::DATE;

-- Where each plan puts each initiative, in days; nothing for what is left out. `ends` is the last day,
-- of what takes no time the day on which it starts.
CREATE VIEW programme.plan_item AS
SELECT
    plan_id,
    item ->> 'id' AS initiative,
    (item ->> 'start')::INTEGER AS start_period,
    (item ->> 'end')::INTEGER AS end_period,
    programme.period_day(calendar, item ->> 'start') AS starts,
    greatest(starts, programme.period_day(calendar, item ->> 'end') - 1) AS ends
FROM (SELECT plan_id, calendar, unnest((answer -> 'items')::JSON[]) AS item FROM programme.plan)
WHERE item ->> 'start' IS NOT NULL;

-- The days of the phases that each plan was made from.
CREATE VIEW programme.plan_phase AS
SELECT
    plan_id,
    one ->> 'id' AS phase,
    programme.period_day(calendar, one ->> 'start') AS starts,
    programme.period_day(calendar, one ->> 'end') - 1 AS ends
FROM (
    SELECT plan_id, calendar, unnest((request -> '$.programme.phases')::JSON[]) AS one
    FROM programme.plan
);

-- The plan that stands: the one agreed last.
CREATE VIEW programme.accepted_item AS
FROM programme.plan_item
WHERE plan_id = (SELECT arg_max(plan_id, (accepted_at, change_id)) FROM programme.plan_acceptance);
CREATE VIEW programme.accepted_phase AS
FROM programme.plan_phase
WHERE plan_id = (SELECT arg_max(plan_id, (accepted_at, change_id)) FROM programme.plan_acceptance);
