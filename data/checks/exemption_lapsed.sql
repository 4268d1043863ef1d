/* ---
label:
  en: "Exemptions that have lapsed"
  zh: "已到期的例外"
says:
  en: "The exemption of {who} ended on {expires}"
  zh: "“{who}”的例外已于{expires}到期"
why:
  en: "Whoever still works around the system shows the others that it is optional."
  zh: "继续绕开系统的人，等于告诉其他人系统可用可不用。"
advice:
  en: "End it, or have it granted anew with a day."
  zh: "结束该例外，或重新批准并注明到期日。"
severity: high
of: exemption
units: {expires: day}
--- */
SELECT id, granted_to AS who, expires
FROM programme.exemption
WHERE expires < $today AND coalesce(status, '') NOT IN ('done', 'dropped')
