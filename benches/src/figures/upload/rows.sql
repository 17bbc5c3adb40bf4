-- A row for each response: what a service keeps that does not gather them on sheets, with the indexes that its lists
-- and filters need. Uploads are measured against these tables.
CREATE TABLE response_rows (
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
CREATE INDEX response_rows_by_sender ON response_rows (sender_orgnr, id);
CREATE INDEX response_rows_by_unit ON response_rows (unit_orgnr, id);
CREATE INDEX response_rows_by_batch ON response_rows (batch_id, id);
CREATE INDEX response_rows_by_change ON response_rows (updated_at);

CREATE TABLE row_history (
    response_id TEXT COLLATE "C" NOT NULL REFERENCES response_rows (id),
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
