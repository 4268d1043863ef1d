/* ---
label: {en: Lines wait too long in quarantine, zh: 隔离行积压过久}
title:
  en: "{lines} lines have waited in quarantine since {since} or longer"
  zh: "{lines} 行数据自{since}起一直滞留隔离区"
why:
  en: "{lines} lines of {file} wait for more than {most_days} days, the first since {since}. They are in no figure."
  zh: "{file} 中有 {lines} 行等待超过 {most_days} 天，最早始于{since}，均未计入任何统计。"
clears:
  en: "It clears once none of its lines waits for more than {most_days} days: correct them and run them again, or drop them."
  zh: "其中没有等待超过 {most_days} 天的行后自动解除：更正后重新处理，或予以放弃。"
category: data
severity: medium
reads: [crm]
thresholds:
  - name: most_days
    value: 14
    unit: days
    label: {en: "Days in quarantine, at most", zh: 滞留天数上限}
units: {since: day}
worse_by: 100
evidence: "quarantine?file={file}"
no_replay:
  en: "The worklist does not keep when a line was dropped, so its past cannot be told."
  zh: 工作清单不保留行被放弃的时间，因此无法还原过去的状态。
--- */
SELECT
    source_file AS subject,
    count(*) AS measured,
    count(*) AS lines,
    source_file AS file,
    min(quarantine.since)::DATE AS since
FROM crm.quarantine
WHERE status = 'open' AND quarantine.since::DATE < $today - $most_days::INTEGER
GROUP BY source_file
