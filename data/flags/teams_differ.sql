/* ---
label: {en: Teams do the same process differently, zh: 各团队流程做法差异大}
title:
  en: "{teams} teams do the process “{name}” in different ways"
  zh: "{teams} 个团队对流程“{name}”的做法差异大"
why:
  en: "Any two teams differ by {apart} on average; the limit is {most_apart}. Furthest apart are {one} and {other}."
  zh: "各团队两两之间平均相差 {apart}，上限为 {most_apart}，差异最大的是 {one} 和 {other}。"
clears:
  en: "It clears once the teams differ by at most {most_apart}: agree on the best practice and share it."
  zh: "平均差异不超过 {most_apart} 后自动解除：商定最佳实践并推广。"
category: people
severity: medium
reads: [programme]
computed: [process_difference]
thresholds:
  - name: most_apart
    value: 0.5
    unit: ratio
    most: 1
    label: {en: "Mean difference of two teams, at most", zh: 两团队平均差异上限}
units: {apart: ratio}
worse_by: 0.1
evidence: "processes?process={id}"
--- */
SELECT
    id AS subject,
    difference AS measured,
    id,
    title AS name,
    teams,
    round(difference, 3) AS apart,
    one,
    other
FROM process_difference
WHERE difference > $most_apart
