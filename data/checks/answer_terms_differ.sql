/* ---
label:
  en: "Words said to be shared that are not"
  zh: "自称已统一、其实各说各话的术语"
says:
  en: "{assessment} says that “{word}” means one thing, and the glossary has {meanings} meanings of it"
  zh: "{assessment} 称“{word}”含义已统一，术语表中却有 {meanings} 种定义"
why:
  en: "What is believed to be settled is not looked at any more."
  zh: "以为已经统一，就没有人再去核对。"
advice:
  en: "Agree on one definition and keep it without a department, or correct the answer."
  zh: "商定统一的定义并另存为不填部门的记录，或更正回答。"
severity: high
of: assessment
against: "glossary"
--- */
WITH meant (item, code, word) AS (
    VALUES
    ('words-customer', NULL, 'customer'), ('words-customer', NULL, '客户'),
    ('words-others', 'lead', 'lead'), ('words-others', 'lead', '线索'),
    ('words-others', 'opportunity', 'opportunity'), ('words-others', 'opportunity', '商机'),
    ('words-others', 'revenue', 'revenue'), ('words-others', 'revenue', '收入'),
    ('words-others', 'segment', 'segment'), ('words-others', 'segment', '细分市场'),
    ('words-others', 'case', 'case'), ('words-others', 'case', '服务工单')
),
disputed AS (
    SELECT lower(trim(word)) AS word, count(DISTINCT lower(trim(definition))) AS meanings
    FROM programme.term
    WHERE coalesce(status, '') <> 'dropped'
    GROUP BY lower(trim(word))
    HAVING count(*) FILTER (department IS NULL AND definition IS NOT NULL) = 0 AND meanings > 1
)
SELECT id, assessment, item, word, meanings
FROM claim
JOIN meant USING (item)
JOIN disputed USING (word)
WHERE CASE WHEN code IS NULL THEN is_claimed ELSE list_contains(codes, code) END
