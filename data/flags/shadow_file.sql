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
-- A step names its tool in words: the application's title, or its number.
WITH used AS (
    SELECT DISTINCT lower(trim(step.tool)) AS tool
    FROM programme.process_step AS step
    INNER JOIN programme.process ON list_contains(step.process, process.id)
    WHERE process.critical
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
    AND (
        critical
        OR lower(trim(title)) IN (SELECT tool FROM used)
        OR lower(id) IN (SELECT tool FROM used)
    )
    AND coalesce("until" >= $today, TRUE)
