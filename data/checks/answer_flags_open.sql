/* ---
label:
  en: "Dangers said to be followed up that are not"
  zh: "自称有人跟进、其实无人跟进的危险"
says:
  en: "{assessment} says that dangers are followed up, and {flags} red flags have no owner or no plan"
  zh: "{assessment} 称危险都有人跟进，却有 {flags} 项危险信号没有负责人或应对计划"
why:
  en: "A danger that nobody owns comes true."
  zh: "没有人负责的危险，迟早会发生。"
advice:
  en: "Give each an owner and a plan, or correct the answer."
  zh: "为每一项指定负责人和应对计划，或更正回答。"
severity: medium
of: assessment
against: "red-flags"
--- */
WITH open AS (
    SELECT count(*) AS flags
    FROM programme.red_flag
    WHERE coalesce(status, 'open') IN ('open', 'in_work') AND (owner IS NULL OR plan IS NULL)
)
SELECT id, assessment, item, flags
FROM claim, open
WHERE item IN ('watch-flags', 'management-risks') AND is_claimed AND flags > 0
