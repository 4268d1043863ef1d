/* ---
label:
  en: "Training without proof"
  zh: "没有成效证明的培训"
says:
  en: "“{name}” ({role}) was held on {held}, and nothing shows that it was learned"
  zh: "“{name}”（{role}）已于{held}举办，但没有学会的证明"
why:
  en: "Whoever was present need not be able to do it."
  zh: "到场不等于学会。"
advice:
  en: "Let each one do a task of the own work alone, and note that as the proof."
  zh: "让每个人独立完成一项本岗位任务，并记为成效证明。"
severity: medium
of: training
units: {held: day}
--- */
SELECT id, title AS name, role, held
FROM programme.training
WHERE held <= $today AND proof IS NULL AND coalesce(status, '') <> 'dropped'
