-- Feeds: files that come by themselves, the alarms about them, and the messages that tell of alarms.
CREATE SEQUENCE app.number;

CREATE TABLE app.feed (
    feed_id BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    active BOOLEAN NOT NULL,
    definition JSON NOT NULL,         -- crm_core/domain/feeds.py says what stands in it
    created_at TIMESTAMP NOT NULL,
    change_id BIGINT NOT NULL
);
CREATE TABLE app.feed_history AS SELECT *, 0::BIGINT AS superseded_by FROM app.feed;

-- When a feed's folder was last looked at, and which files were not ready; not a business change.
CREATE TABLE app.feed_look (feed_id BIGINT NOT NULL, looked_at TIMESTAMP NOT NULL, problems JSON NOT NULL);

-- A file that a feed brought. The same content again is a delivery of its own, with nothing new in it.
CREATE TABLE app.delivery (
    delivery_id BIGINT NOT NULL,
    feed_id BIGINT NOT NULL,
    path VARCHAR NOT NULL,
    stream VARCHAR NOT NULL,          -- file name without its numbers: what is compared with each other
    size BIGINT NOT NULL,
    modified BIGINT NOT NULL,         -- nanoseconds since 1970, as the file system has it
    digest VARCHAR NOT NULL,          -- SHA-256 of the content
    seen_at TIMESTAMP NOT NULL,       -- UTC
    state VARCHAR NOT NULL,           -- loading, loaded, known, waiting, refused, dismissed
    alarm VARCHAR,                    -- why it waits or was refused: shape, shrunken, refused
    problems JSON NOT NULL,           -- [{code, parameters}]
    shape JSON NOT NULL,              -- its tables and columns
    is_shape BOOLEAN NOT NULL,        -- whether the next delivery is compared with it
    lines BIGINT NOT NULL,            -- below the headers
    batch_id BIGINT,
    loaded BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    quarantined BIGINT NOT NULL,
    change_id BIGINT NOT NULL
);
CREATE TABLE app.delivery_history AS SELECT *, 0::BIGINT AS superseded_by FROM app.delivery;

CREATE TABLE app.feed_alarm (
    alarm_id BIGINT NOT NULL,
    feed_id BIGINT NOT NULL,
    kind VARCHAR NOT NULL,            -- late, shape, shrunken, refused
    stream VARCHAR,                   -- NULL for late
    raised_at TIMESTAMP NOT NULL,
    due_at TIMESTAMP,                 -- late: by when a delivery should have come
    cleared_at TIMESTAMP,             -- NULL while it holds
    problems JSON NOT NULL,
    change_id BIGINT NOT NULL
);
CREATE TABLE app.feed_alarm_history AS SELECT *, 0::BIGINT AS superseded_by FROM app.feed_alarm;

-- Where messages go. Passwords and addresses with a key in them are not here: see services/outbox.
CREATE TABLE app.channel (
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,            -- mail, wecom, dingtalk, slack
    config JSON NOT NULL,
    change_id BIGINT NOT NULL
);
CREATE TABLE app.channel_history AS SELECT *, 0::BIGINT AS superseded_by FROM app.channel;

-- The outbox: recorded in the change that they tell of, sent afterwards, each at least once.
CREATE TABLE app.message (
    message_id VARCHAR NOT NULL,      -- as the Message-ID header has it, the same at every attempt
    channel VARCHAR NOT NULL,         -- mail, or a webhook's name
    recipient VARCHAR,                -- an e-mail address; NULL for a webhook
    subject VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    state VARCHAR NOT NULL,           -- waiting, sent, failed
    attempts INTEGER NOT NULL,
    next_at TIMESTAMP NOT NULL,       -- not tried before
    problem JSON,                     -- why the last attempt failed
    sent_at TIMESTAMP,
    change_id BIGINT NOT NULL         -- the change that recorded it
);
