/* ---
kind: table
needs: [staging.opportunity, mart.deal_activity]
--- */
-- Won opportunities that say when they were closed. days_open: from the day they were entered to
-- the day they were closed, below 0 where they were entered afterwards; NULL where nobody says when.
-- had_prior_activity: whether an activity of the deal was noted on a day before it was closed; NULL
-- where no activity of the store names a deal.
SELECT
    o.row_id, o.opportunity_id, o.team, o.owner AS person, o.customer, o.amount, o.currency,
    o.created_at::DATE AS created_on,
    o.closed_at::DATE AS closed_on,
    o.closed_at::DATE - o.created_at::DATE AS days_open,
    CASE
        WHEN EXISTS (FROM mart.deal_activity)
            THEN coalesce(d.first_day < o.closed_at::DATE, FALSE)
    END AS had_prior_activity
FROM staging.opportunity AS o
LEFT JOIN mart.deal_activity AS d ON d.opportunity_id = o.opportunity_id
WHERE o.outcome = 'won' AND o.closed_at IS NOT NULL
