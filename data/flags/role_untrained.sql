/* ---
label: {en: Users without any training, zh: 使用者未经培训}
title:
  en: "{name}: works in the system and was never trained"
  zh: "岗位“{name}”使用系统却从未培训"
why:
  en: "Steps of processes that this role does in {names}: {steps}. Training held for it: none; planned: {planned}."
  zh: "该岗位在 {names} 中承担 {steps} 个流程步骤，从未举办过面向它的培训，已计划 {planned} 次。"
clears:
  en: "It clears once a training of the role was held, or the role no longer works in these applications."
  zh: "为该岗位举办一次培训，或该岗位不再使用这些应用后自动解除。"
category: training
severity: high
reads: [programme]
evidence: "team?view=training"
--- */
-- Users are those who do a step in a running application; a file of one's own needs no training.
-- Before the first training is planned nothing can be said: they work in what they had before.
WITH used AS (
    SELECT
        lower(trim(step.who)) AS role, trim(step.who) AS name, step.id,
        a.id AS application, a.title
    FROM programme.process_step AS step
    JOIN programme.link AS tool
        ON tool.register = 'process_step' AND tool.field = 'tool' AND tool.id = step.id
    JOIN programme.application AS a ON a.id = tool.to_id
    WHERE
        step.who IS NOT NULL
        AND coalesce(a.kind, '') NOT IN ('excel', 'access', 'email', 'paper')
        AND coalesce(a."until" >= $today, TRUE)
),
training AS (
    SELECT lower(trim(role)) AS role, coalesce(held <= $today, FALSE) AS is_held
    FROM programme.training WHERE coalesce(status, '') <> 'dropped'
)
SELECT
    min(name) AS subject,
    1 AS measured,
    subject AS name,
    count(DISTINCT id) AS steps,
    list(DISTINCT title ORDER BY title) AS names,
    list(DISTINCT application ORDER BY application) AS applications,
    (SELECT count(*) FROM training WHERE training.role = used.role) AS planned
FROM used
WHERE
    EXISTS (FROM training)
    AND role NOT IN (SELECT role FROM training WHERE is_held)
GROUP BY role
