-- What answers say together, for rules, cross-checks and results. See docs/decisions/0030-results.md.

-- Every item of every edition; its own clauses stand before those of its section.
CREATE VIEW checklist.item AS
SELECT
    checklist,
    edition,
    section ->> 'id' AS section,
    item ->> 'id' AS item,
    item ->> '$.text.en' AS text_en,
    item ->> '$.text.zh' AS text_zh,
    (item -> 'evidence') IS NOT NULL AS wants_evidence,
    coalesce((item -> 'covers')::VARCHAR[], []) || coalesce((section -> 'covers')::VARCHAR[], []) AS covers,
    item -> 'leads_to' AS leads_to,
    item -> 'options' AS options,
    item -> 'unit' AS unit
FROM (
    SELECT checklist, edition, section, unnest((section -> 'items')::JSON[]) AS item
    FROM (SELECT checklist, edition, unnest((content -> 'sections')::JSON[]) AS section FROM checklist.edition)
);

-- What follows from answers that were given: a row for each answer and consequence. `item` was
-- answered; `stated_at` is the item that states the consequence, in its `place` from 0.
CREATE VIEW checklist.consequence AS
WITH stated AS (
    SELECT
        checklist, edition, item AS stated_at, covers, text_en, text_zh,
        unnest(range(len(leads_to::JSON[]))) AS place,
        unnest(leads_to::JSON[]) AS follows
    FROM checklist.item
    WHERE leads_to IS NOT NULL
)
SELECT
    answer.assessment,
    answer.respondent,
    answer.item,
    stated.stated_at,
    stated.place,
    stated.covers,
    stated.text_en,
    stated.text_zh,
    follows ->> '$.recommendation.en' AS recommendation_en,
    follows ->> '$.recommendation.zh' AS recommendation_zh,
    follows ->> '$.flag.en' AS flag_en,
    follows ->> '$.flag.zh' AS flag_zh,
    coalesce(follows ->> 'severity', 'medium') AS severity,
    answer.value,
    answer.worth
FROM stated
JOIN checklist.assessment USING (checklist, edition)
JOIN checklist.answer AS answer
    ON answer.assessment = assessment.id
    AND answer.item = coalesce(nullif(follows ->> '$.when.item', ''), stated.stated_at)
WHERE answer.is_asked
    AND answer.value IS NOT NULL
    AND (
        (follows -> '$.when.one_of') IS NULL
        OR list_has_any(
            (follows -> '$.when.one_of')::VARCHAR[],
            CASE WHEN json_type(answer.value) = 'ARRAY' THEN answer.value::VARCHAR[] ELSE [answer.value ->> '$'] END
        )
    )
    AND ((follows -> '$.when.below') IS NULL OR answer.worth < (follows ->> '$.when.below')::DOUBLE);

-- Whose answers are counted together: those of a voice, or of all where names are hidden. There
-- nothing is told before it is handed in.
CREATE VIEW checklist.voiced AS
SELECT
    answer.*,
    CASE WHEN assessment.is_unnamed THEN '' ELSE respondent.voice END AS voice,
    assessment.is_unnamed
FROM checklist.answer AS answer
JOIN checklist.respondent AS respondent ON respondent.id = answer.respondent
JOIN checklist.assessment AS assessment ON assessment.id = answer.assessment
WHERE answer.is_asked
    AND answer.value IS NOT NULL
    AND NOT (assessment.is_unnamed AND assessment.state IN ('draft', 'returned'));

-- Where it is said how things stand now: of each checklist and subject the newest assessment that was
-- handed in, and as far as they are answered the drafts after it.
CREATE VIEW checklist.current AS
WITH aged AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY checklist, scope, lower(subject) ORDER BY day DESC, length(id) DESC, id DESC
        ) AS age
    FROM checklist.assessment
),
reached AS (
    SELECT
        *,
        min(age) FILTER (state NOT IN ('draft', 'returned')) OVER (
            PARTITION BY checklist, scope, lower(subject)
        ) AS handed_in
    FROM aged
)
SELECT DISTINCT one.id AS assessment, answer.item, one.checklist, one.edition, one.subject, one.day, one.state
FROM reached AS one
JOIN checklist.voiced AS answer ON answer.assessment = one.id
WHERE age <= coalesce(handed_in, age)
QUALIFY rank() OVER (PARTITION BY one.checklist, one.scope, lower(one.subject), answer.item ORDER BY age) = 1;

-- What the answers to an item are worth together: the mean of the voices' means. Where names are
-- hidden, fewer than five are told nowhere.
CREATE VIEW checklist.said AS
SELECT assessment, item, sum(people)::INTEGER AS people, avg(worth) AS worth
FROM (
    SELECT assessment, item, voice, is_unnamed, count(*) AS people, avg(worth) AS worth
    FROM checklist.voiced GROUP BY ALL
)
GROUP BY assessment, item
HAVING NOT bool_or(is_unnamed) OR sum(people) >= 5;

-- Consequences that stand: at least half of those of one voice who answered say so.
CREATE VIEW checklist.standing AS
SELECT assessment, stated_at, place, sum(told)::INTEGER AS told, sum(people)::INTEGER AS people
FROM (
    SELECT
        one.assessment, stated_at, place, is_unnamed, voice,
        count(*) AS people,
        count(c.respondent) AS told
    FROM (SELECT DISTINCT assessment, item, stated_at, place FROM checklist.consequence) AS one
    JOIN checklist.voiced AS answer USING (assessment, item)
    LEFT JOIN checklist.consequence AS c USING (assessment, item, stated_at, place, respondent)
    GROUP BY ALL
)
GROUP BY assessment, stated_at, place
HAVING bool_or(told * 2 >= people) AND (NOT bool_or(is_unnamed) OR sum(people) >= 5);

-- The answers that can be chosen, with their texts.
CREATE VIEW checklist.option AS
SELECT checklist, edition, item, option ->> 'code' AS code, option ->> '$.label.en' AS en, option ->> '$.label.zh' AS zh
FROM (SELECT checklist, edition, item, unnest(options::JSON[]) AS option FROM checklist.item);

-- The dangers that answers tell of now, the gravest of each item, with the answer that
-- most of those gave who say so. `cause`: the danger signal or cause of failure that it belongs to.
CREATE VIEW checklist.danger AS
WITH told AS (
    SELECT
        c.assessment, c.stated_at, c.item, c.severity, c.flag_en, c.flag_zh, c.covers, c.text_en, c.text_zh,
        s.told, s.people,
        mode(c.value::VARCHAR ORDER BY c.value::VARCHAR) AS mostly
    FROM checklist.consequence AS c
    JOIN checklist.standing AS s USING (assessment, stated_at, place)
    JOIN checklist.current AS current USING (assessment, item)
    WHERE c.flag_en IS NOT NULL
    GROUP BY ALL
),
gravest AS (
    SELECT *
    FROM told
    QUALIFY row_number() OVER (
        PARTITION BY assessment, stated_at
        ORDER BY list_position(['high', 'medium', 'low'], severity), told DESC, flag_en
    ) = 1
),
answer AS (
    SELECT
        gravest.*,
        current.checklist, current.subject, current.day, coalesce(1 - said.worth, 1) AS measured,
        string_agg(option.en, '; ' ORDER BY option.code) AS chosen_en,
        string_agg(option.zh, '；' ORDER BY option.code) AS chosen_zh,
        any_value(mostly::JSON ->> '$') AS plain,
        any_value(i.unit) AS unit
    FROM gravest
    JOIN checklist.current AS current USING (assessment, item)
    JOIN checklist.said AS said USING (assessment, item)
    JOIN checklist.item AS i ON (i.checklist, i.edition, i.item) = (current.checklist, current.edition, gravest.item)
    LEFT JOIN checklist.option AS option
        ON (option.checklist, option.edition, option.item) = (current.checklist, current.edition, gravest.item)
        AND list_contains(
            CASE WHEN json_type(mostly::JSON) = 'ARRAY' THEN mostly::JSON::VARCHAR[] ELSE [mostly::JSON ->> '$'] END,
            option.code
        )
    GROUP BY ALL
)
SELECT
    concat_ws(' ', checklist, nullif(subject, ''), stated_at) AS subject,
    CASE
        WHEN stated_at IN ('sponsor-stays', 'top-succession') THEN 'sponsor_leaves'
        WHEN stated_at IN ('capacity-it', 'capacity-help', 'money-outside-help', 'it-skills', 'it-load', 'lead-it')
            THEN 'it_thin'
        WHEN stated_at = 'capacity-reports' THEN 'reporting'
        WHEN stated_at IN ('capacity-analysis', 'business-analysis') THEN 'analysis'
        ELSE list_filter(covers, lambda one: regexp_full_match(one, 'C[1-7]|A6'))[1]
    END AS cause,
    measured,
    {'en': flag_en || coalesce(' (' || nullif(subject, '') || ')', ''),
     'zh': flag_zh || coalesce('（' || nullif(subject, '') || '）', '')} AS danger,
    {'en': text_en, 'zh': text_zh} AS question,
    {'en': coalesce(chosen_en, concat_ws(' ', plain, unit ->> 'en')),
     'zh': coalesce(chosen_zh, concat_ws(' ', plain, unit ->> 'zh'))} AS answer,
    severity, told, people, assessment, stated_at AS item, day
FROM answer;

-- What answers say now, an item each: what cross-checks hold against the rest.
CREATE VIEW checklist.claim AS
SELECT
    assessment AS id,
    assessment,
    current.checklist,
    day,
    state,
    item,
    any_value({'en': i.text_en, 'zh': i.text_zh}) AS question,
    any_value(said.worth) AS worth,
    coalesce(any_value(said.worth) >= 0.6, false) AS is_claimed,  -- that it is largely in place
    avg(TRY_CAST(voiced.value ->> '$' AS DOUBLE)) AS number,
    flatten(list(CASE WHEN json_type(voiced.value) = 'ARRAY' THEN voiced.value::VARCHAR[] ELSE [] END)) AS codes
FROM checklist.current AS current
JOIN checklist.said AS said USING (assessment, item)
JOIN checklist.voiced AS voiced USING (assessment, item)
JOIN checklist.item AS i USING (checklist, edition, item)
GROUP BY assessment, current.checklist, day, state, item;
