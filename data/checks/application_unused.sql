/* ---
label:
  en: "Applications that serve no process step"
  zh: "不服务于任何流程步骤的应用"
says:
  en: "No process step uses {name}"
  zh: "没有流程步骤使用“{name}”"
why:
  en: "Either it can go, or the processes do not tell what is really used."
  zh: "要么可以停用，要么流程没有反映真实使用情况。"
advice:
  en: "Name it as the tool of the steps that it serves, or plan its end."
  zh: "在相应步骤的“工具”中填写该应用，或安排停用。"
severity: low
of: application
--- */
-- Asked only where steps say what they are done with.
SELECT id, title AS name
FROM programme.application
WHERE
    coalesce("until" >= $today, TRUE)
    AND coalesce(status, '') NOT IN ('done', 'dropped')
    AND EXISTS (SELECT 1 FROM programme.process_step WHERE tool IS NOT NULL)
    AND id NOT IN (
        SELECT to_id FROM link
        WHERE register = 'process_step' AND field = 'tool' AND to_id IS NOT NULL
    )
