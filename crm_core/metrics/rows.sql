/* ---
id: rows
title: {en: The rows behind a figure, zh: 数字背后的明细}
description:
  en: >-
    The order lines or opportunities that a figure was summed from, the latest first, each with
    its file and line. kind revenue: what counts as revenue on the basis; open, won, lost: the
    opportunities of that outcome; all: every opportunity. The date is that of ordering or
    closing; open opportunities have that of their creation and are not limited to the period.
  zh: >-
    构成某一数字的销售行或商机，日期新的在前，并注明来源文件和行号。kind 为 revenue 时取所选口径下计为收入的
    记录；open、won、lost 取相应结果的商机；all 取全部商机。日期为下单或关闭日期；进行中商机取创建日期，
    且不受时间段限制。
grain: [row_id]
columns:
  - {name: row_id, type: integer, label: {en: Row, zh: 行标识}}
  - {name: entity, type: text, label: {en: Kind, zh: 类型}}
  - {name: id, type: text, label: {en: Number, zh: 编号}}
  - {name: customer, type: text, label: {en: Customer, zh: 客户}}
  - product
  - family
  - {name: owner, type: text, label: {en: Owner, zh: 负责人}}
  - team
  - {name: region, type: text, label: {en: Region, zh: 地区}}
  - segment
  - {name: outcome, type: text, label: {en: Outcome, zh: 结果}}
  - {name: date, type: date, label: {en: Date, zh: 日期}}
  - {name: amount, type: money, unit: money, label: {en: Amount, zh: 金额}}
  - currency
  - {name: returned, type: boolean, label: {en: Returned, zh: 已退货}}
  - {name: source_file, type: text, label: {en: File, zh: 来源文件}}
  - {name: source_line, type: integer, label: {en: Line, zh: 行号}}
  - {name: file_id, type: integer, label: {en: File number, zh: 文件标识}}
parameters:
  - basis
  - from
  - to
  - region
  - team
  - segment
  - kind
  - product
  - family
  - currency
  - {name: limit, type: integer, default: 100, minimum: 0, label: {en: Rows at most, zh: 最多行数}}
  - {name: offset, type: integer, default: 0, minimum: 0, label: {en: Rows to pass over, zh: 跳过行数}}
--- */
SELECT
    row_id, entity, id, customer, product, family, owner, team, region, segment, outcome,
    dated::DATE AS date, amount, currency, returned, source_file, source_line, file_id
FROM staging.figure_rows(
    $kind, $basis, $from::DATE, $to::DATE, $region::VARCHAR[], $team::VARCHAR[], $segment,
    $product::VARCHAR[], $family::VARCHAR[], $currency
)
ORDER BY dated DESC NULLS LAST, row_id
LIMIT $limit OFFSET $offset
