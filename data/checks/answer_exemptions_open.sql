/* ---
label:
  en: "Exemptions said to be under control that are not"
  zh: "自称受控、其实失控的例外"
says:
  en: "{assessment} says that exemptions have an end, and {exemptions} have none or have passed it"
  zh: "{assessment} 称例外都有期限，却有 {exemptions} 项没有期限或已经过期"
why:
  en: "Each one shows the others that the system is optional."
  zh: "每一项都在告诉其他人系统可用可不用。"
advice:
  en: "End them or give them a day, or correct the answer."
  zh: "结束或注明到期日，或更正回答。"
severity: medium
of: assessment
against: "lists?list=exemption"
--- */
WITH open AS (
    SELECT count(*) AS exemptions
    FROM programme.exemption
    WHERE coalesce(status, '') NOT IN ('done', 'dropped') AND coalesce(expires < $today, true)
)
SELECT id, assessment, item, exemptions
FROM claim, open
WHERE item = 'adoption-exemptions' AND is_claimed AND exemptions > 0
