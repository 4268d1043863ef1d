/* ---
label: {en: A follow-up to a training is overdue, zh: 后续培训逾期}
title:
  en: "The follow-up to “{name}” ({role}) is overdue"
  zh: "“{name}”（{role}）的后续培训逾期"
why:
  en: "It was due on {due} and has not been held; the limit is {most_days} days after it."
  zh: "计划于{due}举办，至今没有举办；宽限 {most_days} 天。"
clears:
  en: "It clears once the follow-up was held, or another day is agreed on."
  zh: "举办后续培训，或重新商定日期后自动解除。"
category: training
severity: medium
reads: [programme]
thresholds:
  - name: most_days
    value: 0
    unit: days
    label: {en: "Days overdue, at most", zh: 逾期天数上限}
units: {due: day}
worse_by: 30
evidence: "team?view=training&item={id}"
--- */
SELECT
    id AS subject,
    $today - follow_up AS measured,
    id,
    title AS name,
    role,
    follow_up AS due
FROM programme.training
WHERE
    $today - follow_up > $most_days
    AND followed_up IS NULL
    AND coalesce(status, '') <> 'dropped'
