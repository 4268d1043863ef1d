/* ---
label:
  en: "Goals said to be measurable that are not"
  zh: "自称可衡量、其实不可衡量的目标"
says:
  en: "{assessment} says that goals can be measured, and {goals} of them lack measure, target or day"
  zh: "{assessment} 称目标可以衡量，却有 {goals} 个目标缺少指标、目标值或日期"
why:
  en: "Nobody can say later whether they were reached."
  zh: "事后无法判断目标是否达成。"
advice:
  en: "Complete the goals, or correct the answer."
  zh: "补全目标，或更正回答。"
severity: medium
of: assessment
against: "goals"
--- */
WITH open AS (
    SELECT count(*) AS goals
    FROM programme.goal
    WHERE coalesce(status, '') NOT IN ('done', 'dropped')
        AND (coalesce(measure, metric) IS NULL OR target IS NULL OR target_date IS NULL)
)
SELECT id, assessment, item, goals
FROM claim, open
WHERE item IN ('goals-set', 'measures-whole') AND is_claimed AND goals > 0
