/* ---
label:
  en: "Reviews by the sponsor that nobody recorded"
  zh: "没有记录可查的发起人评审"
says:
  en: "{assessment} tells of a review around {said_day}, and the last on record is of {recorded}"
  zh: "{assessment} 称约在{said_day}做过评审，而最近的记录是{recorded}"
why:
  en: "A review that left nothing behind cannot be built on."
  zh: "没有留下记录的评审，无法据以推进。"
advice:
  en: "Put the review on record, or correct the answer."
  zh: "补登评审记录，或更正回答。"
severity: medium
of: assessment
against: "lists?list=sponsor_action"
units: {said_day: day, recorded: day}
--- */
-- A week is within what people remember.
WITH last AS (SELECT max(done_on) AS recorded FROM programme.sponsor_action WHERE kind = 'review')
SELECT id, assessment, item, day - number::INTEGER AS said_day, recorded
FROM claim, last
WHERE item = 'sponsor-review' AND recorded < said_day - 7
