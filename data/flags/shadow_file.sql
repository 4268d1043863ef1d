/* ---
label: {en: A file serves a critical process step, zh: 关键流程步骤依赖个人文件}
title:
  en: "{name} serves a critical process step"
  zh: "关键流程步骤依赖“{name}”"
why:
  en: "A critical process step depends on {name}, a file that one person can lose, change or keep from the others."
  zh: "关键流程步骤依赖“{name}”：文件可能丢失、被改动，或只掌握在一个人手里。"
clears:
  en: "It clears once the step works without the file, or the file has ended."
  zh: "该步骤不再依赖此文件，或此文件停用后自动解除。"
category: it
severity: high
reads: [programme]
evidence: "applications?item={id}"
--- */
WITH used AS (
    SELECT tool.to_id AS application
    FROM programme.link AS tool
    INNER JOIN programme.link AS step USING (register, id)
    INNER JOIN programme.process ON process.id = step.to_id
    WHERE
        tool.register = 'process_step' AND tool.field = 'tool'
        AND step.field = 'process' AND process.critical
)
SELECT
    id AS subject,
    1 AS measured,
    id,
    title AS name,
    [id] AS applications
FROM programme.application
WHERE
    kind IN ('excel', 'access')
    AND (critical OR id IN (SELECT application FROM used))
    AND coalesce("until" >= $today, TRUE)
