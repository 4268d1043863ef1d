/* ---
label:
  en: "A sponsor said to be firm, without a review"
  zh: "自称发起人坚定、却长期没有评审"
says:
  en: "{assessment} says that the sponsor is firm, and no review of the last 60 days is on record"
  zh: "{assessment} 称发起人坚定，近 60 天却没有发起人评审记录"
why:
  en: "A sponsor who is firm is seen to be."
  zh: "坚定的发起人，大家看得见。"
advice:
  en: "Hold a review and put it on record, or correct the answer."
  zh: "召开评审并登记，或更正回答。"
severity: high
of: assessment
against: "lists?list=sponsor_action"
--- */
SELECT id, assessment, item
FROM claim
WHERE item IN ('sponsor-decides', 'sponsor-seen', 'top-mind')
    AND is_claimed
    AND NOT EXISTS (
        FROM programme.sponsor_action WHERE kind = 'review' AND done_on BETWEEN $today - 60 AND $today
    )
