/* ---
label:
  en: "Evidence that has expired"
  zh: "已过期的佐证"
says:
  en: "What shows “{question}” to be true in {assessment} expired on {expires}"
  zh: "{assessment} 中“{question}”的佐证已于{expires}过期"
why:
  en: "An approval rests on what held then and may not hold now."
  zh: "当时成立的佐证，现在未必成立。"
advice:
  en: "Give newer evidence in the next assessment."
  zh: "在下一次评估中提供新的佐证。"
severity: medium
of: assessment
units: {expires: day}
--- */
SELECT claim.id, claim.assessment, item, question, max(expires) AS expires
FROM claim
JOIN checklist.evidence AS evidence USING (assessment, item)
WHERE state IN ('approved', 'closed')
GROUP BY ALL
HAVING bool_and(coalesce(evidence.expires < $today, false))
