/* ---
kind: view
needs: [mart.member, mart.segment_name, mart.winner, staging.owner, staging.place]
--- */
-- Leads with their references resolved; a lead has the segment that was captured with it. Leads
-- that were merged are one, filled as mart.winner says.
WITH one AS (
    SELECT row_id, channel, qualified_at, segment, region, country, owner_id
    FROM crm.lead
    WHERE row_id NOT IN (SELECT row_id FROM mart.member WHERE entity = 'lead')
    UNION ALL
    SELECT
        arg_min(lead.row_id, rank),
        arg_min(channel, staging.place(won, 'channel', rank)),
        arg_min(qualified_at, staging.place(won, 'qualified_at', rank)),
        arg_min(segment, staging.place(won, 'segment', rank)),
        arg_min(region, staging.place(won, 'region', rank)),
        arg_min(country, staging.place(won, 'country', rank)),
        arg_min(owner_id, staging.place(won, 'owner_id', rank))
    FROM crm.lead
    JOIN mart.member AS m ON m.entity = 'lead' AND m.row_id = lead.row_id
    LEFT JOIN mart.winner AS w ON w.entity = 'lead' AND w.row_id = lead.row_id
    GROUP BY m.key
)
SELECT
    l.row_id, l.channel, l.qualified_at,
    coalesce(n.shown, l.segment) AS segment,
    coalesce(l.region, l.country) AS region,
    owner.team
FROM one AS l
LEFT JOIN mart.segment_name AS n ON n.segment = l.segment
LEFT JOIN staging.owner AS owner ON owner.ref = l.owner_id
