/* ---
label:
  en: "Goals that nothing serves"
  zh: "没有任何事项支撑的目标"
says:
  en: "Nothing is linked to the goal “{name}”"
  zh: "没有任何事项关联目标“{name}”"
why:
  en: "A goal that nothing works for is reached by chance."
  zh: "没有事项支撑的目标只能靠运气达成。"
advice:
  en: "Link the pain points that stand in its way, or drop the goal."
  zh: "关联阻碍它的痛点，或放弃该目标。"
severity: high
of: goal
--- */
SELECT id, title AS name
FROM programme.goal
WHERE
    coalesce(status, '') NOT IN ('done', 'dropped')
    AND id NOT IN (SELECT to_id FROM link WHERE target = 'goal' AND to_id IS NOT NULL)
