/* ---
kind: view
needs: [mart.segment_name, staging.owner]
--- */
-- Leads with their references resolved; a lead has the segment that was captured with it.
SELECT
    l.row_id, l.channel, l.qualified_at,
    coalesce(n.shown, l.segment) AS segment,
    coalesce(l.region, l.country) AS region,
    owner.team
FROM crm.lead AS l
LEFT JOIN mart.segment_name AS n ON n.segment = l.segment
LEFT JOIN staging.owner AS owner ON owner.ref = l.owner_id
