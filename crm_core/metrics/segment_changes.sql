/* ---
id: segment_changes
title: {en: What changed since, zh: 变更情况}
description:
  en: >-
    How revenue by segment came from what it was at a moment to what it is now. new: rows added
    since, dated after the latest date held then or not dated; late: added since, but dated in a
    time already reported then; corrected: amount, date, currency or outcome changed;
    reclassified: the segment changed, its own or its customer's; removed: no longer there. The
    amounts add up to the difference. An opportunity that was open then and is won now is new or
    late; one that was lost or won then and turned is corrected.
  zh: >-
    各细分市场的收入从某一时点到现在的变化。new：此后新增，日期晚于当时的最新日期或未注明日期；late：此后新增，
    但日期属于当时已统计的期间；corrected：金额、日期、币种或结果有更正；reclassified：自身或其客户的细分市场
    有变化；removed：已不存在。各项金额合计等于总差额。当时进行中、现已赢单的商机计为 new 或 late；
    当时已关闭而结果反转的计为 corrected。
grain: [segment, currency, kind]
columns:
  - segment
  - currency
  - {name: kind, type: text, label: {en: Change, zh: 变更类型}}
  - rows
  - {name: amount, type: money, unit: money, label: {en: Difference, zh: 差额}}
parameters:
  - basis
  - name: since
    type: timestamp
    required: true
    label: {en: "The moment to compare with, UTC", zh: 对比时点（UTC）}
--- */
WITH known AS MATERIALIZED (FROM staging.change_until($since::TIMESTAMP)),
version AS (
    SELECT
        *,
        superseded_by IS NULL AS current,
        change_id IN (FROM known) AS made_then,
        change_id IN (FROM known) AND coalesce(superseded_by NOT IN (FROM known), TRUE) AS valid_then
    FROM staging.revenue_version
    WHERE basis = $basis
),
customer_then AS (
    SELECT ref, segment
    FROM staging.reference($since::TIMESTAMP) JOIN staging.customer($since::TIMESTAMP) USING (key)
    WHERE entity = 'customer'
),
moved AS (
    SELECT ref
    FROM customer_then AS t FULL JOIN staging.buyer AS n USING (ref)
    WHERE t.segment IS DISTINCT FROM n.segment
),
-- A version that held then and still holds can differ in its customer's segment only.
touched AS MATERIALIZED (
    SELECT *
    FROM version
    WHERE
        (current OR valid_then)
        AND (NOT (current AND made_then)
            OR (segment IS NULL AND coalesce(customer_id IN (FROM moved), FALSE)))
),
was AS (
    SELECT touched.* REPLACE (coalesce(touched.segment, c.segment) AS segment)
    FROM touched LEFT JOIN customer_then AS c ON c.ref = touched.customer_id
    WHERE valid_then
),
is_now AS (
    SELECT touched.* REPLACE (coalesce(touched.segment, c.segment) AS segment)
    FROM touched LEFT JOIN staging.buyer AS c ON c.ref = touched.customer_id
    WHERE current
),
paired AS (
    SELECT
        coalesce(n.row_id, w.row_id) AS row_id,
        coalesce(w.counts, FALSE) AS counted, coalesce(n.counts, FALSE) AS counts,
        coalesce(w.settled, FALSE) AS was_settled, n.row_id IS NULL AS gone,
        w.segment AS old_segment, n.segment AS new_segment,
        w.currency AS old_currency, n.currency AS new_currency,
        coalesce(w.amount, 0) AS old_amount, coalesce(n.amount, 0) AS new_amount,
        w.dated AS old_date, n.dated AS new_date
    FROM was AS w FULL JOIN is_now AS n USING (row_id)
),
told AS (
    SELECT
        *,
        CASE
            WHEN counted AND counts THEN
                CASE
                    WHEN
                        old_amount <> new_amount
                        OR old_currency IS DISTINCT FROM new_currency
                        OR old_date IS DISTINCT FROM new_date
                        THEN 'corrected'
                END
            WHEN counted AND gone THEN 'removed'
            WHEN counted OR was_settled THEN 'corrected'
            WHEN new_date <= (SELECT max(dated) FROM version WHERE valid_then AND counts)
                THEN 'late'
            ELSE 'new'
        END AS kind
    FROM paired
    WHERE counted OR counts
),
-- What left its place and what came to one: a row that changed its segment first moves there with
-- its old amount, and is corrected there.
movement AS (
    SELECT
        CASE WHEN counts THEN new_segment ELSE old_segment END AS segment,
        old_currency AS currency, kind, row_id, -old_amount AS amount
    FROM told
    WHERE counted AND kind IS NOT NULL
    UNION ALL
    SELECT new_segment, new_currency, kind, row_id, new_amount
    FROM told
    WHERE counts AND kind IS NOT NULL
    UNION ALL
    SELECT unnest([old_segment, new_segment]), old_currency, 'reclassified', row_id,
        unnest([-old_amount, old_amount])
    FROM told
    WHERE counted AND counts AND old_segment IS DISTINCT FROM new_segment
)
SELECT
    segment, currency, kind,
    count(DISTINCT row_id) AS rows,
    sum(amount)::DECIMAL(38, 10) AS amount
FROM movement
GROUP BY segment, currency, kind
ORDER BY segment IS NULL, segment, currency NULLS LAST, kind
