-- Checklists filled in: by whom, about what, with which answers. See docs/decisions/0028-assessments.md.
CREATE SCHEMA checklist;
CREATE SCHEMA checklist_history;

-- Editions of checklists: a company's own, and the shipped ones that something was filled in by.
CREATE TABLE checklist.edition (
    checklist VARCHAR NOT NULL,       -- its id
    edition INTEGER NOT NULL,         -- its version
    content JSON NOT NULL,            -- the model, defaults left out
    is_own BOOLEAN NOT NULL,
    change_id BIGINT NOT NULL
);
CREATE TABLE checklist_history.edition AS
SELECT *, 0::BIGINT AS superseded_by FROM checklist.edition;

CREATE TABLE checklist.assessment (
    id VARCHAR NOT NULL,              -- A-1, given once
    version INTEGER NOT NULL,         -- of this row
    checklist VARCHAR NOT NULL,
    edition INTEGER NOT NULL,
    scope VARCHAR NOT NULL,           -- programme, department, vendor, phase
    subject VARCHAR NOT NULL,         -- which of them; blank for the programme
    day DATE NOT NULL,                -- of which it tells
    due DATE,
    owner VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,          -- why it was returned
    is_unnamed BOOLEAN NOT NULL,      -- who answered what is not shown
    change_id BIGINT NOT NULL
);
CREATE TABLE checklist_history.assessment AS
SELECT *, 0::BIGINT AS superseded_by FROM checklist.assessment;

CREATE TABLE checklist.respondent (
    id VARCHAR NOT NULL,              -- of no meaning, never given again
    version INTEGER NOT NULL,
    assessment VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    email VARCHAR NOT NULL,
    voice VARCHAR NOT NULL,           -- lead, manager, front_line, it, vendor
    sections VARCHAR[] NOT NULL,      -- the respondent's part; all where it is empty
    link INTEGER NOT NULL,            -- number of the link in force; 0: none was made
    invited_at TIMESTAMP,             -- UTC
    reminded_at TIMESTAMP,
    submitted_at TIMESTAMP,
    change_id BIGINT NOT NULL
);
CREATE TABLE checklist_history.respondent AS
SELECT *, 0::BIGINT AS superseded_by FROM checklist.respondent;

CREATE TABLE checklist.answer (
    assessment VARCHAR NOT NULL,
    respondent VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    version INTEGER NOT NULL,         -- one more with each change, one that was cleared among them
    value JSON,                       -- text, or codes in a list; NULL: it does not apply
    note VARCHAR NOT NULL,            -- a comment; the reason where it does not apply
    worth DOUBLE,                     -- 0 … 1; NULL where nothing counts
    is_asked BOOLEAN NOT NULL,        -- whether its conditions hold
    change_id BIGINT NOT NULL
);
CREATE TABLE checklist_history.answer AS
SELECT *, 0::BIGINT AS superseded_by FROM checklist.answer;

CREATE TABLE checklist.evidence (
    id VARCHAR NOT NULL,
    assessment VARCHAR NOT NULL,
    respondent VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    title VARCHAR NOT NULL,           -- of a file its name
    link VARCHAR NOT NULL,            -- blank for a file
    sha256 VARCHAR NOT NULL,          -- blank for a link
    expires DATE,                     -- the last day on which it shows anything
    change_id BIGINT NOT NULL
);
CREATE TABLE checklist_history.evidence AS
SELECT *, 0::BIGINT AS superseded_by FROM checklist.evidence;

-- What evidence consists of, each content once.
CREATE TABLE checklist.file (
    sha256 VARCHAR NOT NULL,
    content BLOB NOT NULL,
    change_id BIGINT NOT NULL
);
