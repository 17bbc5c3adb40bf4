CREATE TABLE networks (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    county_governor TEXT NOT NULL REFERENCES county_governors (code),
    coordinator_orgnr TEXT NOT NULL REFERENCES organisations (orgnr),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX networks_by_county_governor ON networks (county_governor, id);

CREATE TABLE network_members (
    network_id TEXT NOT NULL REFERENCES networks (id),
    orgnr TEXT NOT NULL REFERENCES organisations (orgnr),
    since TIMESTAMP NOT NULL,
    PRIMARY KEY (network_id, orgnr)
);
CREATE INDEX network_members_by_organisation ON network_members (orgnr, network_id);

CREATE TABLE need_shares (
    need_id TEXT NOT NULL REFERENCES needs (id),
    network_id TEXT NOT NULL REFERENCES networks (id),
    shared_at TIMESTAMP NOT NULL,
    PRIMARY KEY (need_id, network_id)
);
CREATE INDEX need_shares_by_network ON need_shares (network_id, need_id);

CREATE TABLE coordinations (
    id TEXT NOT NULL PRIMARY KEY,
    network_id TEXT NOT NULL REFERENCES networks (id),
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    lead_orgnr TEXT REFERENCES organisations (orgnr),
    university_orgnr TEXT REFERENCES organisations (orgnr),
    asked_of_university TEXT,
    asked_of_statped TEXT,
    closed BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX coordinations_by_network ON coordinations (network_id, id);

CREATE TABLE coordination_needs (
    coordination_id TEXT NOT NULL REFERENCES coordinations (id),
    need_id TEXT NOT NULL REFERENCES needs (id),
    place BIGINT NOT NULL,
    PRIMARY KEY (coordination_id, need_id)
);
CREATE INDEX coordination_needs_by_need ON coordination_needs (need_id);

CREATE TABLE joint_drafts (
    need_id TEXT NOT NULL PRIMARY KEY REFERENCES needs (id),
    coordination_id TEXT NOT NULL REFERENCES coordinations (id)
);
CREATE INDEX joint_drafts_by_coordination ON joint_drafts (coordination_id, need_id);

CREATE TABLE network_meetings (
    id TEXT NOT NULL PRIMARY KEY,
    network_id TEXT NOT NULL REFERENCES networks (id),
    title TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    place TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX network_meetings_by_network ON network_meetings (network_id, id);

CREATE TABLE network_themes (
    id TEXT NOT NULL PRIMARY KEY,
    meeting_id TEXT NOT NULL REFERENCES network_meetings (id),
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    raised_by TEXT NOT NULL REFERENCES organisations (orgnr),
    notes TEXT
);
CREATE INDEX network_themes_by_meeting ON network_themes (meeting_id, id);
