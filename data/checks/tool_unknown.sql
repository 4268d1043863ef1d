/* ---
label:
  en: "Tools that are no known application"
  zh: "流程步骤的工具不在应用目录中"
says:
  en: "Process steps ({n}) name {said} as their tool, and no catalogue has it"
  zh: "“{said}”是 {n} 个流程步骤的工具，但不在应用目录中"
why:
  en: "What is used and not known is nobody's to keep safe."
  zh: "在用却未登记的工具，无人负责其安全和维护。"
advice:
  en: "Add it to the applications, or write its title in the steps as the catalogue has it."
  zh: "将其加入应用目录，或按目录中的名称填写步骤的工具。"
severity: medium
of: process_step
--- */
SELECT arg_min(id, (length(id), id)) AS id, min(trim(said)) AS said, count(*) AS n
FROM link
WHERE register = 'process_step' AND field = 'tool' AND to_id IS NULL
GROUP BY lower(trim(said))
