/* ---
label: {en: A feed is late, zh: 自动接入逾期}
title:
  en: "The feed {feed} is late"
  zh: "自动接入“{feed}”逾期未到"
why:
  en: "A delivery was due on {due} and has not come. This is raised from {most_days} days after on."
  zh: "应于{due}到达的文件至今未到；逾期满 {most_days} 天起提示。"
clears:
  en: "It clears once a delivery comes: check whether the export ran and where it writes to."
  zh: "文件到达后自动解除：请检查导出任务是否运行、写入哪个目录。"
category: data
severity: high
reads: [app]
thresholds:
  - name: most_days
    value: 0
    unit: days
    label: {en: "Days late, from", zh: 起始逾期天数}
units: {due: day}
worse_by: 7
evidence: "feeds?feed={number}"
--- */
SELECT
    feed_id::VARCHAR AS subject,
    $today - due_at::DATE AS measured,
    feed_id AS number,
    feed.name AS feed,
    due_at::DATE AS due
FROM app.feed_alarm AS alarm JOIN app.feed USING (feed_id)
WHERE
    alarm.kind = 'late'
    AND alarm.cleared_at IS NULL
    AND $today - due_at::DATE >= $most_days::INTEGER
