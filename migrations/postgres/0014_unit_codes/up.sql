-- By what codes of its own an organisation calls units, and whose responses changed hands.
ALTER TABLE batches ADD COLUMN code_scheme TEXT COLLATE "C";

CREATE TABLE unit_codes (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    orgnr TEXT COLLATE "C" NOT NULL REFERENCES organisations (orgnr),
    scheme TEXT COLLATE "C" NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    unit_orgnr TEXT COLLATE "C" NOT NULL REFERENCES units (orgnr),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    deleted_at TIMESTAMP,
    UNIQUE (orgnr, scheme, code)
);

CREATE TABLE take_overs (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    unit_orgnr TEXT COLLATE "C" NOT NULL REFERENCES units (orgnr),
    instrument TEXT COLLATE "C" NOT NULL REFERENCES instruments (code),
    period TEXT COLLATE "C" NOT NULL,
    from_orgnr TEXT COLLATE "C" NOT NULL,
    to_orgnr TEXT COLLATE "C" NOT NULL,
    responses BIGINT NOT NULL CHECK (responses > 0),
    taken_over_at TIMESTAMP NOT NULL
);
