/* ---
label: {en: A source brings duplicates, zh: 来源带来大量重复数据}
title:
  en: "{share} of what {source} brings are duplicates"
  zh: "来源 {source} 的数据有 {share} 是重复的"
why:
  en: "{duplicates} of {records} records from {source} were there already: {share}; the limit is {most_share}."
  zh: "{source} 的 {records} 条记录中有 {duplicates} 条录入时已经存在，占 {share}，上限为 {most_share}。"
clears:
  en: "It clears once {most_share} or less of its records are duplicates: let people search before they add, or stop the source from sending a record twice."
  zh: "重复占比降到 {most_share} 及以下后自动解除：录入前先查重，或从源头停止重复发送。"
category: data
severity: medium
reads: [crm, app]
metrics: [duplicate_rate]
thresholds:
  - name: most_share
    value: 0.1
    clears_at: 0.09
    unit: ratio
    most: 1
    label: {en: "Share of duplicates, at most", zh: 重复占比上限}
  - name: least_rows
    value: 50
    unit: count
    least: 1
    label: {en: "Records of the source, at least", zh: 来源的最少记录数}
units: {share: ratio}
worse_by: 0.05
evidence: "duplicates?view=born&entity={what}"
--- */
SELECT
    entity || ' ' || coalesce(source, '') AS subject,
    sum(duplicates) / sum(records) AS measured,
    entity AS what,
    source,
    sum(records)::BIGINT AS records,
    sum(duplicates)::BIGINT AS duplicates,
    round(sum(duplicates) / sum(records), 3) AS share
FROM duplicate_rate
GROUP BY entity, source
HAVING sum(records) >= $least_rows AND sum(duplicates) / sum(records) > $most_share
