-- Customers, contacts and leads that are one. A merge changes no record: each stays as its source
-- tells it, and what reads records takes those that are merged as one. So taking a merge back
-- restores everything, and imports go on meeting the records that they know.
-- Records are named by row_key, which a load that is taken back and made again gives anew.

CREATE TABLE crm.merge (
    merge_id BIGINT NOT NULL,
    entity VARCHAR NOT NULL,          -- customer, contact, lead
    row_key VARCHAR NOT NULL,         -- the record that was merged
    into_key VARCHAR NOT NULL,        -- the record that it was merged into
    made_by VARCHAR NOT NULL,         -- rule, review
    probability DOUBLE,               -- of the model when it was made; NULL: of no pair that was scored
    weight DOUBLE,                    -- log2 of the odds, as the model summed them
    fields JSON,                      -- field, level and weight of each comparison
    chosen JSON NOT NULL,             -- field -> row_key of the record whose value a person chose
    change_id BIGINT NOT NULL
);
CREATE TABLE crm_history.merge AS SELECT *, 0::BIGINT AS superseded_by FROM crm.merge;

-- What people said of pairs. The same two may be asked of again: the newest is in force.
CREATE TABLE crm.match_decision (
    entity VARCHAR NOT NULL,
    left_key VARCHAR NOT NULL,        -- the smaller of the two
    right_key VARCHAR NOT NULL,
    verdict VARCHAR NOT NULL,         -- same, different
    chosen JSON NOT NULL,             -- of the same: field -> row_key of the one whose value holds
    actor_name VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,    -- UTC
    change_id BIGINT NOT NULL
);
CREATE TABLE crm_history.match_decision AS
SELECT *, 0::BIGINT AS superseded_by FROM crm.match_decision;

-- The pairs that matching holds possible, of the newest run that looked at their records.
CREATE TABLE crm.match_pair (
    entity VARCHAR NOT NULL,
    left_row_id BIGINT NOT NULL,      -- the smaller of the two
    right_row_id BIGINT NOT NULL,
    pattern BIGINT NOT NULL,          -- the levels of all comparisons, as the model reads them
    probability DOUBLE NOT NULL,
    weight DOUBLE NOT NULL,           -- log2 of the odds
    fields JSON NOT NULL,             -- field, level and weight of each comparison
    telling DOUBLE,                   -- how much an answer would teach; the highest is asked first
    band VARCHAR NOT NULL,            -- merge, review, leave
    why VARCHAR,                      -- decided; a strong identifier in which the two differ; chain
    said VARCHAR                      -- same, different: what a person said since
);

-- What matching has learnt of an entity's records.
CREATE TABLE crm.match_model (
    entity VARCHAR NOT NULL,
    model JSON NOT NULL,
    titles JSON NOT NULL,             -- comparison -> title of the source's column, if of no field of ours
    change_id BIGINT NOT NULL
);
CREATE TABLE crm_history.match_model AS SELECT *, 0::BIGINT AS superseded_by FROM crm.match_model;

-- Which customer belongs to which, as people confirmed or refused it.
CREATE TABLE crm.parent (
    row_key VARCHAR NOT NULL,         -- the subsidiary, branch or department
    parent_key VARCHAR NOT NULL,      -- the company it belongs to
    verdict VARCHAR NOT NULL,         -- confirmed, refused
    reasons VARCHAR[] NOT NULL,       -- field, name, domain, address: what suggested it; none: a person
    actor_name VARCHAR NOT NULL,
    decided_at TIMESTAMP NOT NULL,    -- UTC
    change_id BIGINT NOT NULL
);
CREATE TABLE crm_history.parent AS SELECT *, 0::BIGINT AS superseded_by FROM crm.parent;
