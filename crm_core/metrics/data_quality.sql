/* ---
id: data_quality
title: {en: Data quality, zh: 数据质量}
description:
  en: >-
    Each column of the tables that hold rows: how many rows leave it blank, and how many are wrong in
    it. Invalid are the rows whose value breaks a rule about values that is in force (a pattern, a
    range, a list, the order of two days; the later day is to blame), plus the cells of that column
    that wait in quarantine and are therefore in no row. Rules that ask for a value count as missing,
    not as invalid. Duplicates are told of columns that identify (the table's own number, a
    customer's, product's or person's name, e-mail, phone, tax and national ID): filled rows beyond
    the first of each value; elsewhere repeating is no fault, and there are none.
  zh: >-
    有记录的各表逐列统计：多少行为空，多少行有误。无效＝取值违反现行取值规则（格式、范围、清单、日期先后，先后不符记在较晚的
    日期列）的行数，加上该列仍在隔离区等待处理、尚未入库的单元格数。“必填”类规则计入缺失，不计入无效。重复仅统计用于识别的列
    （本表编号，客户、产品、人员名称，邮箱，电话，税号，身份证号）：同一取值首次出现之外的行数；其他列允许重复，不统计。
grain: [table, column]
noted: {broken_value: "entity VARCHAR, field VARCHAR, rows BIGINT"}
columns:
  - {name: table, type: text, label: {en: Table, zh: 表}}
  - {name: column, type: text, label: {en: Column, zh: 列}}
  - rows
  - {name: missing, type: integer, unit: count, label: {en: Missing, zh: 缺失}}
  - {name: invalid, type: integer, unit: count, label: {en: Invalid, zh: 无效}}
  - {name: duplicates, type: integer, unit: count, label: {en: Duplicates, zh: 重复}}
  - name: completeness
    type: number
    unit: ratio
    together: 1 - sum(missing) / nullif(sum(rows), 0)
    label: {en: Completeness, zh: 完整率}
parameters: []
--- */
WITH counted AS (
    SELECT 'customer' AS entity, * FROM staging.filled('crm.customer')
    UNION ALL SELECT 'contact', * FROM staging.filled('crm.contact')
    UNION ALL SELECT 'lead', * FROM staging.filled('crm.lead')
    UNION ALL SELECT 'opportunity', * FROM staging.filled('crm.opportunity')
    UNION ALL SELECT 'sale', * FROM staging.filled('crm.sale')
    UNION ALL SELECT 'sale_return', * FROM staging.filled('crm.sale_return')
    UNION ALL SELECT 'product', * FROM staging.filled('crm.product')
    UNION ALL SELECT 'support_case', * FROM staging.filled('crm.support_case')
    UNION ALL SELECT 'activity', * FROM staging.filled('crm.activity')
    UNION ALL SELECT 'handoff', * FROM staging.filled('crm.handoff')
    UNION ALL SELECT 'person', * FROM staging.filled('crm.person')
),
identifying AS (
    SELECT 'customer' AS entity, *
    FROM staging.different(
        'crm.customer', ['customer_id', 'name', 'national_id', 'tax_id', 'phone', 'email']
    )
    UNION ALL
    SELECT 'contact', * FROM staging.different('crm.contact', ['contact_id', 'phone', 'email'])
    UNION ALL
    SELECT 'lead', * FROM staging.different('crm.lead', ['lead_id', 'phone', 'email'])
    UNION ALL
    SELECT 'opportunity', * FROM staging.different('crm.opportunity', ['opportunity_id'])
    UNION ALL
    SELECT 'sale', * FROM staging.different('crm.sale', ['sale_id'])
    UNION ALL
    SELECT 'product', * FROM staging.different('crm.product', ['product_id', 'name'])
    UNION ALL
    SELECT 'support_case', * FROM staging.different('crm.support_case', ['case_id'])
    UNION ALL
    SELECT 'activity', * FROM staging.different('crm.activity', ['activity_id'])
    UNION ALL
    SELECT 'handoff', * FROM staging.different('crm.handoff', ['handoff_id'])
    UNION ALL
    SELECT 'person', * FROM staging.different('crm.person', ['person_id', 'name', 'email'])
),
wrong AS (
    SELECT entity, field, sum(rows)::BIGINT AS rows
    FROM (FROM broken_value UNION ALL FROM staging.waiting_cell)
    GROUP BY ALL
)
SELECT
    entity AS "table",
    field AS "column",
    counted.rows,
    counted.rows - filled AS missing,
    coalesce(wrong.rows, 0) AS invalid,
    filled - different AS duplicates,
    CASE WHEN counted.rows > 0 THEN filled / counted.rows END AS completeness
FROM counted
LEFT JOIN identifying USING (entity, field)
LEFT JOIN wrong USING (entity, field)
WHERE counted.rows > 0 OR wrong.rows > 0
ORDER BY "table", completeness, "column"
