/* ---
label: {en: A department changes without training, zh: 部门要变化，却没有培训}
title:
  en: "{name}: work changes and no training is planned"
  zh: "{name}：工作方式要变，却没有安排培训"
why:
  en: "Initiatives that change how the department works: {names}. No training initiative names the department, and no training is for a role in it."
  zh: "改变该部门工作方式的举措：{names}。没有培训类举措涉及该部门，也没有面向该部门岗位的培训。"
clears:
  en: "It clears once a training initiative names the department, or a training is written down for a role in it."
  zh: "有培训类举措涉及该部门，或登记了面向该部门岗位的培训后自动解除。"
category: training
severity: medium
reads: [programme]
evidence: "phases"
--- */
-- A role belongs to the department whose steps it does, whose people have it, or whose name it is.
WITH initiative AS (
    SELECT
        id, title, kind,
        unnest(list_transform(departments, lambda one: trim(regexp_replace(one, '\s*[:：].*$', ''))))
            AS department
    FROM programme.initiative
    WHERE coalesce(status, '') NOT IN ('done', 'dropped') AND coalesce(wanted, '') <> 'never'
),
role AS (
    SELECT lower(trim(team)) AS department, lower(trim(who)) AS role
    FROM programme.process_step WHERE who IS NOT NULL
    UNION
    SELECT lower(trim(department)), lower(trim(unnest(roles)))
    FROM programme.person WHERE department IS NOT NULL
),
trained AS (
    SELECT lower(trim(role)) AS role FROM programme.training WHERE coalesce(status, '') <> 'dropped'
),
served AS (
    SELECT lower(department) AS department FROM initiative WHERE kind = 'training'
    UNION SELECT role FROM trained
    UNION SELECT role.department FROM role JOIN trained USING (role)
)
SELECT
    min(department) AS subject,
    count(DISTINCT id) AS measured,
    subject AS name,
    list(DISTINCT title ORDER BY title) AS names
FROM initiative
WHERE kind IN ('technology', 'process') AND lower(department) NOT IN (FROM served)
GROUP BY lower(department)
