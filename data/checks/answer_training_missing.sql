/* ---
label:
  en: "Training said to be done while a kind has nobody"
  zh: "自称培训完成、却有类别无人受训"
says:
  en: "{assessment} says that people are trained, and {other} tells of nobody for: {kinds}"
  zh: "{assessment} 称培训已完成，{other} 却显示以下方面无人受训：{kinds}"
why:
  en: "Each kind of training has work that nobody else can do."
  zh: "每一类培训都对应别人替代不了的工作。"
advice:
  en: "Train at least one person of each kind, or correct the answer."
  zh: "每一类至少培训一人，或更正答案。"
severity: high
of: assessment
against: "checklists?assessment={other}&view=results"
--- */
-- A kind has somebody from half of what can be answered; shares say so themselves.
WITH missing AS (
    SELECT
        min(id) AS other,
        {'en': string_agg(question.en, ' ' ORDER BY item), 'zh': string_agg(question.zh, ' ' ORDER BY item)} AS kinds
    FROM claim
    WHERE checklist = 'training'
        AND CASE
            WHEN item IN ('maintenance-administrator', 'trainers-proven', 'reporting-practised') THEN worth < 0.5
            WHEN item IN ('awareness-who', 'managers-proven', 'daily-passed') THEN worth = 0
        END
)
SELECT id, assessment, item, other, kinds
FROM claim, missing
WHERE item IN ('training-roles', 'training-able', 'rollout-exit-trained') AND is_claimed AND other IS NOT NULL
