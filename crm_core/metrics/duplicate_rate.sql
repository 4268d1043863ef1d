/* ---
id: duplicate_rate
title: {en: Where duplicates are born, zh: 重复数据来源}
description:
  en: >-
    Customers, contacts and leads by the source that told of them and the team of their owner, and
    how many of them were there already: of records that were merged all but the one loaded first.
    A source is a file's name with # for the numbers in it, so that every delivery of an export
    counts as one. A contact has the owner of the customer whose ID it bears. What other sheets tell of a record that has
    a line of its own is no record.
  zh: >-
    按来源和负责人所在团队统计客户、联系人和线索，以及其中有多少条在录入时其实已经存在：合并后的一组记录里，
    除最先录入的一条外都算重复。来源为文件名，其中的数字以 # 代替，因此同一导出的各批次算作一个来源。
    联系人取其客户编号对应客户的负责人。其他表中提到、而本身已有记录的，不另计。
grain: [entity, source, team]
columns:
  - {name: entity, type: text, label: {en: Of, zh: 对象}}
  - {name: source, type: text, label: {en: Source, zh: 来源}}
  - team
  - {name: records, type: integer, unit: count, label: {en: Records, zh: 记录数}}
  - {name: duplicates, type: integer, unit: count, label: {en: Duplicates, zh: 重复数}}
  - name: rate
    type: number
    unit: ratio
    together: sum(duplicates) / nullif(sum(records), 0)
    label: {en: Duplicate rate, zh: 重复率}
parameters:
  - team
  - name: entity
    type: text
    choices: [customer, contact, lead]
    label: {en: "Only customers, contacts or leads", zh: 仅看客户、联系人或线索}
--- */
WITH owned AS (
    SELECT customer_id, min(owner_id) AS owner_id
    FROM crm.customer
    WHERE customer_id IS NOT NULL
    GROUP BY customer_id
),
told AS (
    SELECT 'customer' AS entity, row_id, row_key, origin, source_file, owner_id
    FROM crm.customer
    UNION ALL
    SELECT 'contact', row_id, row_key, origin, source_file, owner_id
    FROM crm.contact LEFT JOIN owned USING (customer_id)
    UNION ALL
    SELECT 'lead', row_id, row_key, origin, source_file, owner_id FROM crm.lead
),
placed AS (
    SELECT
        told.*, i.key,
        (told.entity, told.row_key) IN (SELECT (entity, row_key) FROM crm.merge) AS was_merged,
        bool_or(told.origin = 'own') OVER (PARTITION BY told.entity, i.key) AS has_own,
        row_number() OVER (PARTITION BY told.entity, i.key ORDER BY told.row_id) AS place
    FROM told
    JOIN staging.identity(NULL) AS i ON i.entity = told.entity AND i.row_id = told.row_id
),
record AS (
    SELECT
        *, row_number() OVER (PARTITION BY entity, key ORDER BY row_id) > 1 AS is_duplicate
    FROM placed
    WHERE
        origin = 'own'
        OR was_merged
        OR (NOT has_own AND place = 1)
)
SELECT
    record.entity,
    regexp_replace(source_file, '\d+', '#', 'g') AS source,
    owner.team,
    count(*) AS records,
    count(*) FILTER (is_duplicate) AS duplicates,
    count(*) FILTER (is_duplicate) / count(*) AS rate
FROM record
LEFT JOIN staging.owner AS owner ON owner.ref = record.owner_id
WHERE
    ($entity IS NULL OR record.entity = $entity)
    AND ($team::VARCHAR[] IS NULL OR list_contains($team::VARCHAR[], coalesce(owner.team, '')))
GROUP BY ALL
ORDER BY duplicates DESC, record.entity, source NULLS LAST, owner.team NULLS LAST
