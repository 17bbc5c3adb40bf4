CREATE TABLE rounds (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    county_governor TEXT COLLATE "C" NOT NULL REFERENCES county_governors (code),
    scheme TEXT COLLATE "C" NOT NULL,
    ruleset TEXT COLLATE "C" NOT NULL,
    year BIGINT NOT NULL,
    opens_on DATE NOT NULL,
    deadline_date DATE NOT NULL,
    deadline_at TIMESTAMP NOT NULL,
    report_due_on DATE NOT NULL,
    guidance TEXT,
    questions TEXT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('planned', 'open', 'closed', 'settled')),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX rounds_by_county_governor ON rounds (county_governor, scheme, year);
CREATE INDEX rounds_by_scheme ON rounds (scheme, year);
CREATE INDEX rounds_by_state ON rounds (state, opens_on);
CREATE INDEX rounds_by_change ON rounds (updated_at);

CREATE TABLE round_exemptions (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    round_id TEXT COLLATE "C" NOT NULL REFERENCES rounds (id),
    owner_orgnr TEXT COLLATE "C" NOT NULL REFERENCES organisations (orgnr),
    until DATE NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (round_id, owner_orgnr)
);
