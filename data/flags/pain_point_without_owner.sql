/* ---
label: {en: A costly pain point without an owner, zh: 高代价痛点无人负责}
title:
  en: "Nobody owns the pain point “{name}”"
  zh: "痛点“{name}”无人负责"
why:
  en: "It costs about {cost} a year, more than {least_cost}, and has no owner."
  zh: "每年代价约 {cost}，超过 {least_cost}，但没有负责人。"
clears:
  en: "It clears once somebody owns it, or it is solved or given up."
  zh: "有人负责，或痛点已解决、已放弃后自动解除。"
category: people
severity: medium
reads: [programme, app]
thresholds:
  - name: least_cost
    value: 50000
    unit: money
    label: {en: "Costs a year in the home currency, more than", zh: 年成本高于（本位币）}
units: {cost: money}
evidence: "pain-points?item={id}"
--- */
-- The cost is the middle of what it is said to be.
SELECT
    id AS subject,
    (coalesce(cost_least, cost_most) + coalesce(cost_most, cost_least)) / 2 AS measured,
    id,
    title AS name,
    round(measured, 2) AS cost,
    (SELECT value ->> '$' FROM app.setting WHERE key = 'home_currency') AS currency,
    [id] AS pain_points
FROM programme.pain_point
WHERE
    measured > $least_cost
    AND owner IS NULL
    AND coalesce(status, '') NOT IN ('done', 'dropped')
