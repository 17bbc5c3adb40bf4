CREATE TABLE meta (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE counters (
    kind TEXT NOT NULL,
    office TEXT NOT NULL,
    year BIGINT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (kind, office, year)
);

CREATE TABLE audit (
    subject TEXT NOT NULL,
    seq BIGINT NOT NULL,
    action TEXT NOT NULL,
    at TIMESTAMP NOT NULL,
    orgnr TEXT NOT NULL,
    client_id TEXT NOT NULL,
    person TEXT,
    supplier TEXT,
    request_id TEXT NOT NULL,
    changes TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (subject, seq)
);

CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    position BIGINT UNIQUE,
    type TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    county_governor TEXT,
    occurred_at TIMESTAMP NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX outbox_without_position ON outbox (id) WHERE position IS NULL;
CREATE INDEX outbox_by_subject ON outbox (subject_id);

CREATE TABLE idempotency (
    scope TEXT NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    status BIGINT NOT NULL,
    body TEXT,
    etag TEXT,
    location TEXT,
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
