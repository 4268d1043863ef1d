/* ---
kind: view
needs: [staging.buyer, staging.owner]
--- */
-- Requests for help. Whether the segment was known at opening: as recorded, else if the
-- customer's segment had been captured by then; when neither is told it was not known.
SELECT
    s.row_id, s.opened_at, owner.team, buyer.channel,
    coalesce(
        s.segment_known_at_opening,
        buyer.segment IS NOT NULL AND buyer.segment_captured_at <= s.opened_at,
        FALSE
    ) AS segment_known
FROM crm.support_case AS s
LEFT JOIN staging.buyer AS buyer ON buyer.ref = s.customer_id
LEFT JOIN staging.owner AS owner ON owner.ref = s.owner_id
