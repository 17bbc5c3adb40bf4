-- By what codes of its own an organisation calls units, and whose responses changed hands.
ALTER TABLE batches ADD COLUMN code_scheme TEXT;

CREATE TABLE unit_codes (
    id TEXT NOT NULL PRIMARY KEY,
    orgnr TEXT NOT NULL REFERENCES organisations (orgnr),
    scheme TEXT NOT NULL,
    code TEXT NOT NULL,
    unit_orgnr TEXT NOT NULL REFERENCES units (orgnr),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    deleted_at TIMESTAMP,
    UNIQUE (orgnr, scheme, code)
);

CREATE TABLE take_overs (
    id TEXT NOT NULL PRIMARY KEY,
    unit_orgnr TEXT NOT NULL REFERENCES units (orgnr),
    instrument TEXT NOT NULL REFERENCES instruments (code),
    period TEXT NOT NULL,
    from_orgnr TEXT NOT NULL,
    to_orgnr TEXT NOT NULL,
    responses BIGINT NOT NULL CHECK (responses > 0),
    taken_over_at TIMESTAMP NOT NULL
);
