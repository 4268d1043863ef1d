/* ---
label: {en: An exemption has lapsed, zh: 例外已到期}
title:
  en: "The exemption of {name} has lapsed"
  zh: "“{name}”的例外已到期"
why:
  en: "{by} granted it until {expires}. It is still open."
  zh: "{by}批准至{expires}，至今仍未关闭。"
clears:
  en: "It clears once the exemption is closed or granted anew."
  zh: "关闭该例外或重新批准后自动解除。"
category: people
severity: medium
reads: [programme]
units: {expires: day}
evidence: "lists?list=exemption&item={id}"
--- */
SELECT id AS subject, 1 AS measured, id, granted_to AS name, granted_by AS "by", expires
FROM programme.exemption
WHERE expires < $today AND coalesce(status, '') NOT IN ('done', 'dropped')
