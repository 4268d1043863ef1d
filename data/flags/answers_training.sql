/* ---
label: {en: "Answers tell of too little training", zh: "答卷显示培训不足"}
title: {en: "{danger}, answers say", zh: "{danger}（来自答卷）"}
why:
  en: "“{question}”: “{answer}”, said by {told} of {people} in {assessment}, which tells of {day}."
  zh: "{day}的 {assessment} 中，{people} 人回答“{question}”，其中 {told} 人答“{answer}”。"
clears:
  en: "It clears once a newer assessment of the same checklist says otherwise."
  zh: "同一检查表的新一次评估给出不同回答后自动解除。"
category: training
severity: medium
reads: [checklist]
computed: [danger]
units: {day: day}
worse_by: 0.25
evidence: "checklists?assessment={assessment}&view=results&item={item}"
--- */
SELECT * EXCLUDE (cause) FROM danger WHERE cause = 'C4'
