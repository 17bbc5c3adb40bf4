CREATE TABLE instruments (
    code TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    family TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    content TEXT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (family, version)
);

CREATE TABLE batches (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    sender_orgnr TEXT COLLATE "C" NOT NULL REFERENCES organisations (orgnr),
    instrument TEXT COLLATE "C" NOT NULL REFERENCES instruments (code),
    period TEXT COLLATE "C" NOT NULL,
    mode TEXT COLLATE "C" NOT NULL CHECK (mode IN ('all', 'valid_rows')),
    dry_run BOOLEAN NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('open', 'receiving', 'processing', 'committed', 'rejected', 'dry_run_done', 'cancelled', 'expired')),
    source TEXT,
    digest TEXT COLLATE "C" NOT NULL,
    received BIGINT NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    owned_by_other BIGINT NOT NULL,
    findings TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    committed_at TIMESTAMP,
    CHECK (received = created + updated + unchanged + rejected)
);
CREATE INDEX batches_by_sender ON batches (sender_orgnr, id);
CREATE INDEX batches_by_evidence ON batches (sender_orgnr, state, committed_at);
CREATE INDEX batches_by_instrument ON batches (instrument, period, id);
CREATE INDEX batches_by_change ON batches (updated_at);

CREATE TABLE batch_units (
    batch_id TEXT COLLATE "C" NOT NULL REFERENCES batches (id),
    unit_orgnr TEXT COLLATE "C" NOT NULL REFERENCES units (orgnr),
    PRIMARY KEY (batch_id, unit_orgnr)
);
CREATE INDEX batch_units_by_unit ON batch_units (unit_orgnr, batch_id);

CREATE TABLE batch_results (
    batch_id TEXT COLLATE "C" NOT NULL REFERENCES batches (id),
    chunk BIGINT NOT NULL,
    content BYTEA NOT NULL,
    PRIMARY KEY (batch_id, chunk)
);

CREATE TABLE responses (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    instrument TEXT COLLATE "C" NOT NULL,
    period TEXT COLLATE "C" NOT NULL,
    unit_orgnr TEXT COLLATE "C" NOT NULL REFERENCES units (orgnr),
    area TEXT COLLATE "C" NOT NULL,
    respondent_group TEXT COLLATE "C" NOT NULL,
    sender_orgnr TEXT COLLATE "C" NOT NULL,
    batch_id TEXT COLLATE "C" NOT NULL REFERENCES batches (id),
    current_tenths BIGINT NOT NULL,
    needed_tenths BIGINT NOT NULL,
    respondents BIGINT NOT NULL,
    comment TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (instrument, period, unit_orgnr, area, respondent_group)
);
CREATE INDEX responses_by_sender ON responses (sender_orgnr, id);
CREATE INDEX responses_by_unit ON responses (unit_orgnr, id);
CREATE INDEX responses_by_batch ON responses (batch_id, id);
CREATE INDEX responses_by_change ON responses (updated_at);

CREATE TABLE response_history (
    response_id TEXT COLLATE "C" NOT NULL REFERENCES responses (id),
    version BIGINT NOT NULL,
    sender_orgnr TEXT COLLATE "C" NOT NULL,
    batch_id TEXT COLLATE "C" NOT NULL REFERENCES batches (id),
    current_tenths BIGINT NOT NULL,
    needed_tenths BIGINT NOT NULL,
    respondents BIGINT NOT NULL,
    comment TEXT,
    replaced_by_batch TEXT COLLATE "C" NOT NULL REFERENCES batches (id),
    replaced_at TIMESTAMP NOT NULL,
    PRIMARY KEY (response_id, version)
);
