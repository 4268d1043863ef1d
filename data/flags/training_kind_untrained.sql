/* ---
label: {en: Nobody is trained in what somebody must know, zh: 必备培训无人完成}
title:
  en: "{kind}: nobody is trained"
  zh: "{kind}：没有受训人员"
why:
  en: "At least one person must be trained in this kind. Of its trainings none was held with somebody named who attended; planned: {planned}."
  zh: "这类培训至少要有一人完成，但至今没有举办过并记有参加人员的场次，已计划 {planned} 次。"
clears:
  en: "It clears once a training of this kind was held and says who attended."
  zh: "举办一次该类培训并填写参加人员后自动解除。"
category: training
severity: medium
reads: [programme]
units: {kind: training_kind}
evidence: "team?view=training"
--- */
-- The other kinds are for whole groups; of them the roles tell who is missing. Before the first
-- training is planned nothing can be said.
WITH training AS (
    SELECT kind, coalesce(held <= $today AND len(attendees) > 0, FALSE) AS is_trained
    FROM programme.training WHERE coalesce(status, '') <> 'dropped'
),
asked AS (FROM (VALUES ('maintenance'), ('trainers'), ('reporting')) AS asked (kind))
SELECT
    kind AS subject,
    1 AS measured,
    kind,
    (SELECT count(*) FROM training WHERE training.kind = asked.kind) AS planned
FROM asked
WHERE
    EXISTS (FROM training)
    AND kind NOT IN (SELECT kind FROM training WHERE is_trained)
