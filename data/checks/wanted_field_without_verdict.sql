/* ---
label:
  en: "Wanted fields without a verdict"
  zh: "没有一线意见的期望字段"
says:
  en: "Nobody asked the front line whether {name} can be had"
  zh: "“{name}”能否采集，尚未征求一线意见"
why:
  en: "A field that cannot be collected stays empty and costs everybody a click."
  zh: "无法采集的字段只会空着，白白增加操作。"
advice:
  en: "Ask those who would have to fill it in."
  zh: "征求填写人员的意见。"
severity: medium
of: wanted_field
--- */
SELECT id, title AS name
FROM programme.wanted_field
WHERE collectable IS NULL AND coalesce(status, '') NOT IN ('done', 'dropped')
