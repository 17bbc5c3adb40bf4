-- Back to a row for each response; ids stay as they are on the sheets.
CREATE TABLE unfolded AS SELECT * FROM responses;
CREATE TABLE unfolded_history AS SELECT * FROM response_history;

DROP VIEW response_history;
DROP VIEW responses;
DROP TABLE replaced_passages;
DROP TABLE sheet_senders;
DROP TABLE response_sheets;

CREATE TABLE responses (
    id TEXT NOT NULL PRIMARY KEY,
    instrument TEXT NOT NULL,
    period TEXT NOT NULL,
    unit_orgnr TEXT NOT NULL REFERENCES units (orgnr),
    area TEXT NOT NULL,
    respondent_group TEXT NOT NULL,
    sender_orgnr TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches (id),
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
    response_id TEXT NOT NULL REFERENCES responses (id),
    version BIGINT NOT NULL,
    sender_orgnr TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES batches (id),
    current_tenths BIGINT NOT NULL,
    needed_tenths BIGINT NOT NULL,
    respondents BIGINT NOT NULL,
    comment TEXT,
    replaced_by_batch TEXT NOT NULL REFERENCES batches (id),
    replaced_at TIMESTAMP NOT NULL,
    PRIMARY KEY (response_id, version)
);

INSERT INTO responses SELECT * FROM unfolded;
INSERT INTO response_history SELECT * FROM unfolded_history;
DROP TABLE unfolded_history;
DROP TABLE unfolded;
