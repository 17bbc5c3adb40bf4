CREATE TABLE needs (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    round_id TEXT COLLATE "C" NOT NULL REFERENCES rounds (id),
    scheme TEXT COLLATE "C" NOT NULL,
    county_governor TEXT COLLATE "C" NOT NULL REFERENCES county_governors (code),
    county_number TEXT COLLATE "C" NOT NULL REFERENCES counties (number),
    sender_orgnr TEXT COLLATE "C" NOT NULL REFERENCES organisations (orgnr),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'submitted', 'accepted', 'on_agenda', 'prioritised', 'partly_prioritised', 'not_prioritised', 'postponed', 'decided', 'returned', 'dismissed', 'withdrawn', 'expired', 'transferred')),
    reference TEXT COLLATE "C" UNIQUE,
    title TEXT NOT NULL,
    amount_nok BIGINT NOT NULL,
    language TEXT COLLATE "C" NOT NULL CHECK (language IN ('nb', 'nn')),
    content TEXT NOT NULL,
    submitted_version BIGINT,
    reply_by DATE,
    return_reason TEXT,
    may_ask_for_more BOOLEAN NOT NULL,
    dismissal_reason TEXT,
    transferred_from TEXT UNIQUE REFERENCES needs (id),
    transferred_to TEXT REFERENCES needs (id),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    submitted_at TIMESTAMP
);
CREATE INDEX needs_by_sender ON needs (sender_orgnr, id);
CREATE INDEX needs_by_county_governor ON needs (county_governor, id);
CREATE INDEX needs_by_county ON needs (county_number, id);
CREATE INDEX needs_by_round ON needs (round_id, state);
CREATE INDEX needs_by_state ON needs (state, id);
CREATE INDEX needs_by_change ON needs (updated_at);

CREATE TABLE need_versions (
    need_id TEXT COLLATE "C" NOT NULL REFERENCES needs (id),
    n BIGINT NOT NULL,
    title TEXT NOT NULL,
    amount_nok BIGINT NOT NULL,
    content TEXT NOT NULL,
    parties TEXT NOT NULL,
    findings TEXT NOT NULL,
    submitted_at TIMESTAMP NOT NULL,
    PRIMARY KEY (need_id, n)
);

CREATE TABLE need_areas (
    need_id TEXT COLLATE "C" NOT NULL REFERENCES needs (id),
    area TEXT COLLATE "C" NOT NULL REFERENCES competence_areas (code),
    submitted BOOLEAN NOT NULL,
    PRIMARY KEY (need_id, area, submitted)
);
CREATE INDEX need_areas_by_area ON need_areas (area, need_id);

CREATE TABLE need_parties (
    need_id TEXT COLLATE "C" NOT NULL REFERENCES needs (id),
    orgnr TEXT COLLATE "C" NOT NULL REFERENCES organisations (orgnr),
    role TEXT COLLATE "C" NOT NULL CHECK (role IN ('partner', 'participant', 'statped')),
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('pending', 'confirmed', 'declined')),
    invited_at TIMESTAMP NOT NULL,
    answered_at TIMESTAMP,
    reason TEXT,
    asks_for_statped BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (need_id, orgnr)
);
CREATE INDEX need_parties_by_organisation ON need_parties (orgnr, need_id);

CREATE TABLE need_private_owners (
    need_id TEXT COLLATE "C" NOT NULL REFERENCES needs (id),
    owner_orgnr TEXT COLLATE "C" NOT NULL REFERENCES organisations (orgnr),
    invited_on DATE NOT NULL,
    recorded_answer TEXT COLLATE "C" NOT NULL CHECK (recorded_answer IN ('joins', 'declined', 'no_answer')),
    own_answer TEXT COLLATE "C" CHECK (own_answer IN ('joins', 'declined')),
    answered_at TIMESTAMP,
    reason TEXT,
    version BIGINT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (need_id, owner_orgnr)
);
CREATE INDEX need_private_owners_by_owner ON need_private_owners (owner_orgnr, need_id);

CREATE TABLE need_external_refs (
    orgnr TEXT COLLATE "C" NOT NULL REFERENCES organisations (orgnr),
    system TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    need_id TEXT COLLATE "C" NOT NULL REFERENCES needs (id),
    PRIMARY KEY (orgnr, system, key)
);
CREATE INDEX need_external_refs_by_need ON need_external_refs (need_id, orgnr);
