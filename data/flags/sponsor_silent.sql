/* ---
label: {en: The sponsor is silent, zh: 发起人没有行动}
title:
  en: "The sponsor has done nothing on record since {since}"
  zh: "发起人自{since}起没有行动记录"
why:
  en: "No action is on record since {since}, for more than {most_days} days."
  zh: "自{since}起没有新的行动记录，已超过 {most_days} 天。"
clears:
  en: "It clears once the sponsor acts for others to see, and the action is put on record."
  zh: "发起人公开采取行动并记录在案后自动解除。"
category: sponsor
severity: high
reads: [programme]
thresholds:
  - name: most_days
    value: 30
    unit: days
    label: {en: "Days without an action, at most", zh: 无行动天数上限}
units: {since: day}
worse_by: 30
evidence: "lists?list=sponsor_action"
--- */
-- A programme begins when the first row of a register is kept.
WITH silent AS (
    SELECT
        coalesce(
            (SELECT max(done_on) FROM programme.sponsor_action WHERE done_on <= $today),
            (SELECT min(committed_at)::DATE FROM app.change WHERE area = 'programme')
        ) AS since
)
SELECT 'sponsor' AS subject, $today - since AS measured, since
FROM silent
WHERE $today - since > $most_days
