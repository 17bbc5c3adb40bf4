CREATE TABLE meta (
    key TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE counters (
    kind TEXT COLLATE "C" NOT NULL,
    office TEXT COLLATE "C" NOT NULL,
    year BIGINT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (kind, office, year)
);

CREATE TABLE audit (
    subject TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    at TIMESTAMP NOT NULL,
    orgnr TEXT COLLATE "C" NOT NULL,
    client_id TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C",
    supplier TEXT COLLATE "C",
    request_id TEXT COLLATE "C" NOT NULL,
    changes TEXT NOT NULL,
    previous_hash TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (subject, seq)
);

CREATE TABLE outbox (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    position BIGINT UNIQUE,
    type TEXT COLLATE "C" NOT NULL,
    subject_kind TEXT COLLATE "C" NOT NULL,
    subject_id TEXT COLLATE "C" NOT NULL,
    county_governor TEXT COLLATE "C",
    occurred_at TIMESTAMP NOT NULL,
    data TEXT NOT NULL
);
CREATE INDEX outbox_without_position ON outbox (id) WHERE position IS NULL;
CREATE INDEX outbox_by_subject ON outbox (subject_id);

CREATE TABLE idempotency (
    scope TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    fingerprint TEXT COLLATE "C" NOT NULL,
    status BIGINT NOT NULL,
    body TEXT,
    etag TEXT COLLATE "C",
    location TEXT COLLATE "C",
    created_at TIMESTAMP NOT NULL
);
CREATE INDEX idempotency_by_age ON idempotency (created_at);
