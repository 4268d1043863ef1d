/* ---
id: segment_coverage
title: {en: Segment coverage, zh: 细分市场标注覆盖率}
description:
  en: >-
    Where the segment is known: of the leads qualified in a week, of the active customers (as of
    now, week null; under their account manager's team), and of the cases opened in a week,
    whether it was known at opening. A week is named by its Monday. A case has its customer's
    channel.
  zh: >-
    细分市场的标注情况：每周转为合格的线索；活跃客户（当前值，周为空，按客户经理所在团队）；每周开单的服务请求，
    看开单时是否已知细分市场。周以周一日期表示。服务请求取其客户的渠道。
grain: [entity, channel, team, week]
columns:
  - {name: entity, type: text, label: {en: Of, zh: 对象}}
  - {name: channel, type: text, label: {en: Channel, zh: 渠道}}
  - team
  - {name: week, type: date, label: {en: Week, zh: 周}}
  - {name: classified, type: integer, unit: count, label: {en: With a segment, zh: 已标注}}
  - {name: total, type: integer, unit: count, label: {en: In all, zh: 总数}}
  - name: coverage
    type: number
    unit: ratio
    together: sum(classified) / nullif(sum(total), 0)
    label: {en: Coverage, zh: 覆盖率}
parameters:
  - team
  - name: entity
    type: text
    choices: [lead, customer, support_case]
    label: {en: "Only leads, customers or cases", zh: 仅看线索、客户或服务请求}
--- */
WITH seen AS (
    SELECT
        'lead' AS entity, channel, team, date_trunc('week', qualified_at)::DATE AS week,
        segment IS NOT NULL AS known
    FROM staging.lead
    WHERE qualified_at IS NOT NULL
    UNION ALL
    SELECT 'customer', channel, team, NULL, segment IS NOT NULL
    FROM mart.customer
    WHERE
        coalesce(lower(trim(status)), '') NOT IN (
            'inactive', 'closed', 'lost', 'former', 'churned', 'dormant',
            '停用', '流失', '已流失', '无效', '注销', '休眠', '非活跃', '不活跃'
        )
    UNION ALL
    SELECT 'support_case', channel, team, date_trunc('week', opened_at)::DATE, segment_known
    FROM staging.support_case
    WHERE opened_at IS NOT NULL
)
SELECT
    entity, channel, team, week,
    count(*) FILTER (known) AS classified,
    count(*) AS total,
    count(*) FILTER (known) / count(*) AS coverage
FROM seen
WHERE
    ($entity IS NULL OR entity = $entity)
    AND ($team::VARCHAR[] IS NULL OR list_contains($team::VARCHAR[], coalesce(team, '')))
GROUP BY ALL
ORDER BY entity, week NULLS LAST, team NULLS LAST, channel NULLS LAST
