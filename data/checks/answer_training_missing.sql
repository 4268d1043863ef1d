/* ---
label:
  en: "Training said to be done while a role has nobody trained"
  zh: "自称培训完成、却有岗位无人受训"
says:
  en: "{assessment} says that people are trained, and nobody is yet for: {missing}"
  zh: "{assessment} 称培训已完成，以下岗位却无人受训：{missing}"
why:
  en: "Who was not trained finds a way around the system."
  zh: "没有受训的人会绕开系统。"
advice:
  en: "Hold the training and put it on record, or correct the answer."
  zh: "补办培训并登记，或更正回答。"
severity: high
of: assessment
against: "team?view=training"
--- */
WITH open AS (
    SELECT trim(role) AS role
    FROM programme.training
    WHERE coalesce(status, '') <> 'dropped'
    GROUP BY trim(role)
    HAVING NOT bool_or(coalesce(held <= $today AND len(attendees) > 0, false))
),
missing AS (SELECT string_agg(role, ', ' ORDER BY role) AS missing FROM open)
SELECT id, assessment, item, missing
FROM claim, missing
WHERE item IN ('training-roles', 'training-able', 'rollout-exit-trained') AND is_claimed AND missing IS NOT NULL
