/* ---
label:
  en: "Assessments approved without evidence"
  zh: "缺少佐证就通过的评估"
says:
  en: "{assessment} was approved while {open} of {wanted} answers have nothing to show for it"
  zh: "{assessment} 已通过，但 {wanted} 项需要佐证的回答中有 {open} 项没有佐证"
why:
  en: "Later nobody can tell what was known and what was hoped."
  zh: "事后无法分辨哪些是事实、哪些只是希望。"
advice:
  en: "Ask for the evidence, or return the assessment."
  zh: "补充佐证，或退回评估。"
severity: high
of: assessment
--- */
-- Evidence counts that held on the day of the assessment.
SELECT
    assessment AS id,
    assessment,
    min(item) FILTER (NOT is_shown) AS item,
    count(*) FILTER (NOT is_shown) AS open,
    count(*) AS wanted
FROM checklist.current AS current
JOIN checklist.item AS i USING (checklist, edition, item)
JOIN (
    SELECT
        assessment,
        item,
        bool_or(evidence.id IS NOT NULL AND coalesce(evidence.expires >= a.day, true)) AS is_shown
    FROM checklist.voiced AS answer
    JOIN checklist.assessment AS a ON a.id = answer.assessment
    LEFT JOIN checklist.evidence AS evidence USING (assessment, respondent, item)
    GROUP BY ALL
) AS given USING (assessment, item)
WHERE wants_evidence AND state IN ('approved', 'closed')
GROUP BY assessment
HAVING open > 0
