/* ---
label: {en: No reporting effort is planned, zh: 没有安排报表工作}
title:
  en: "Nobody plans the reports"
  zh: "报表工作无人安排"
why:
  en: "Of {initiatives} initiatives under way or to come, none is about reports, figures or dashboards. Reports to be kept or changed: {reports}, {hours} hours of work a month."
  zh: "进行中和计划中的 {initiatives} 项举措都不涉及报表、统计或看板；而需要保留或改进的报表有 {reports} 份，每月耗时 {hours} 小时。"
clears:
  en: "It clears once an initiative names reports in its title, effort, what it touches or its notes."
  zh: "有举措在标题、投入、涉及内容或备注中写明报表工作后自动解除。"
category: it
severity: medium
reads: [programme]
evidence: "phases"
--- */
-- Reporting has no field of its own: people name it. Without any initiative nothing can be said.
WITH planned AS (
    SELECT
        regexp_matches(
            concat_ws(' ', title, notes, array_to_string(effort, ' '), array_to_string(touches, ' ')),
            '(?i)report|dashboard|analytics|statistic|business intelligence|\bBI\b'
            || '|报表|报告|看板|仪表|统计|数据分析'
        ) AS is_about_reports
    FROM programme.initiative
    WHERE coalesce(status, '') NOT IN ('done', 'dropped') AND coalesce(wanted, '') <> 'never'
),
kept AS (
    SELECT count(*) AS reports, coalesce(sum(hours_a_month), 0)::DOUBLE AS hours
    FROM programme.report
    WHERE coalesce(verdict, '') <> 'retire' AND coalesce(status, '') NOT IN ('done', 'dropped')
)
SELECT
    'reports' AS subject,
    1 AS measured,
    count(*) AS initiatives,
    any_value(kept.reports) AS reports,
    any_value(kept.hours) AS hours
FROM planned CROSS JOIN kept
HAVING count(*) > 0 AND NOT bool_or(is_about_reports)
