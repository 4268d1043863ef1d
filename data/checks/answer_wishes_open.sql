/* ---
label:
  en: "Wishes said to be answered that are not"
  zh: "自称已答复、其实没有答复的建议"
says:
  en: "{assessment} says that each wish is answered in time, and {wishes} wait for more than two weeks"
  zh: "{assessment} 称建议都按时答复，却有 {wishes} 条等待超过两周"
why:
  en: "Who gets no answer stops telling."
  zh: "得不到答复的人，以后就不说了。"
advice:
  en: "Answer them, a refusal included, or correct the answer."
  zh: "逐条答复，不采纳也要说明，或更正回答。"
severity: medium
of: assessment
against: "lists?list=improvement"
--- */
WITH open AS (
    SELECT count(*) AS wishes
    FROM programme.improvement
    WHERE answer IS NULL AND coalesce(status, '') <> 'dropped' AND wished_on < $today - 14
)
SELECT id, assessment, item, wishes
FROM claim, open
WHERE item IN ('adoption-wishes', 'improve-wishes') AND worth = 1 AND wishes > 0
