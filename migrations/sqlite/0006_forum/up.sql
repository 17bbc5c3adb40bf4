CREATE TABLE forums (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    county_governor TEXT NOT NULL REFERENCES county_governors (code),
    min_seats BIGINT NOT NULL CHECK (min_seats >= 1),
    min_groups BIGINT NOT NULL CHECK (min_groups >= 1),
    majority_base TEXT NOT NULL CHECK (majority_base IN ('votes_cast', 'present')),
    turn BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX forums_by_county_governor ON forums (county_governor, id);
CREATE INDEX forums_by_change ON forums (updated_at);

CREATE TABLE forum_counties (
    forum_id TEXT NOT NULL REFERENCES forums (id),
    county_number TEXT NOT NULL REFERENCES counties (number),
    PRIMARY KEY (forum_id, county_number)
);
CREATE INDEX forum_counties_by_county ON forum_counties (county_number);

CREATE TABLE seats (
    id TEXT NOT NULL PRIMARY KEY,
    forum_id TEXT NOT NULL REFERENCES forums (id),
    seat_group TEXT NOT NULL CHECK (seat_group IN ('public_owner', 'private_owner', 'local_kindergarten_authority', 'university', 'ks', 'union', 'private_association', 'other')),
    orgnr TEXT NOT NULL REFERENCES organisations (orgnr),
    role TEXT NOT NULL CHECK (role IN ('chair', 'member')),
    voting BOOLEAN NOT NULL,
    holder TEXT,
    deputy_name TEXT,
    deputy_orgnr TEXT REFERENCES organisations (orgnr),
    valid_from DATE NOT NULL,
    valid_to DATE,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    CHECK ((deputy_name IS NULL) = (deputy_orgnr IS NULL)),
    CHECK (valid_to IS NULL OR valid_from <= valid_to)
);
CREATE INDEX seats_by_forum ON seats (forum_id, id);
CREATE INDEX seats_by_organisation ON seats (orgnr);
CREATE INDEX seats_by_deputy ON seats (deputy_orgnr);

CREATE TABLE meetings (
    id TEXT NOT NULL PRIMARY KEY,
    forum_id TEXT NOT NULL REFERENCES forums (id),
    county_governor TEXT NOT NULL REFERENCES county_governors (code),
    title TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP,
    place TEXT,
    state TEXT NOT NULL CHECK (state IN ('planned', 'convened', 'open', 'adjourned', 'closed', 'cancelled')),
    reference TEXT UNIQUE,
    convened_at TIMESTAMP,
    opened_at TIMESTAMP,
    closed_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX meetings_by_forum ON meetings (forum_id, id);
CREATE INDEX meetings_by_county_governor ON meetings (county_governor, id);
CREATE INDEX meetings_by_state ON meetings (state, id);
CREATE INDEX meetings_by_change ON meetings (updated_at);

CREATE TABLE meeting_external_refs (
    orgnr TEXT NOT NULL REFERENCES organisations (orgnr),
    system TEXT NOT NULL,
    key TEXT NOT NULL,
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    PRIMARY KEY (orgnr, system, key)
);
CREATE INDEX meeting_external_refs_by_meeting ON meeting_external_refs (meeting_id, orgnr);

CREATE TABLE attendance (
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    seat_id TEXT NOT NULL REFERENCES seats (id),
    intervals TEXT NOT NULL,
    version BIGINT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (meeting_id, seat_id)
);

CREATE TABLE recommendations (
    id TEXT NOT NULL PRIMARY KEY,
    forum_id TEXT NOT NULL REFERENCES forums (id),
    county_governor TEXT NOT NULL REFERENCES county_governors (code),
    scheme TEXT NOT NULL,
    ruleset TEXT NOT NULL,
    year BIGINT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'adopted')),
    agenda_item_id TEXT,
    absences TEXT NOT NULL,
    adopted_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX recommendations_one_draft ON recommendations (forum_id, scheme, year) WHERE state = 'draft';
CREATE INDEX recommendations_by_forum ON recommendations (forum_id, id);
CREATE INDEX recommendations_by_county_governor ON recommendations (county_governor, scheme, year);
CREATE INDEX recommendations_by_change ON recommendations (updated_at);

CREATE TABLE agenda_items (
    id TEXT NOT NULL PRIMARY KEY,
    meeting_id TEXT NOT NULL REFERENCES meetings (id),
    forum_id TEXT NOT NULL REFERENCES forums (id),
    county_governor TEXT NOT NULL REFERENCES county_governors (code),
    n BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('need', 'recommendation', 'theme')),
    title TEXT NOT NULL,
    need_id TEXT REFERENCES needs (id),
    recommendation_id TEXT REFERENCES recommendations (id),
    state TEXT NOT NULL CHECK (state IN ('listed', 'in_treatment', 'decided', 'postponed', 'returned', 'noted', 'removed')),
    outcome TEXT CHECK (outcome IN ('prioritised', 'partly_prioritised', 'not_prioritised', 'postponed', 'returned')),
    rank BIGINT,
    amount_nok BIGINT,
    reason TEXT,
    reply_by DATE,
    may_ask_for_more BOOLEAN NOT NULL,
    criteria TEXT NOT NULL,
    decided_by TEXT CHECK (decided_by IN ('agreement', 'vote')),
    vote TEXT,
    quorum TEXT,
    statped_request TEXT,
    started_at TIMESTAMP,
    ended_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (meeting_id, n),
    CHECK ((kind = 'need') = (need_id IS NOT NULL)),
    CHECK ((kind = 'recommendation') = (recommendation_id IS NOT NULL))
);
CREATE INDEX agenda_items_by_forum ON agenda_items (forum_id, state);
CREATE INDEX agenda_items_by_county_governor ON agenda_items (county_governor, id);
CREATE INDEX agenda_items_by_need ON agenda_items (need_id);
CREATE INDEX agenda_items_by_recommendation ON agenda_items (recommendation_id);
CREATE INDEX agenda_items_by_change ON agenda_items (updated_at);

CREATE TABLE recusals (
    agenda_item_id TEXT NOT NULL REFERENCES agenda_items (id),
    seat_id TEXT NOT NULL REFERENCES seats (id),
    holder TEXT NOT NULL,
    deputy TEXT NOT NULL,
    version BIGINT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (agenda_item_id, seat_id)
);

CREATE TABLE recommendation_lines (
    recommendation_id TEXT NOT NULL REFERENCES recommendations (id),
    need_id TEXT NOT NULL REFERENCES needs (id),
    agenda_item_id TEXT NOT NULL REFERENCES agenda_items (id),
    outcome TEXT NOT NULL CHECK (outcome IN ('prioritised', 'partly_prioritised', 'not_prioritised')),
    rank BIGINT,
    amount_nok BIGINT NOT NULL CHECK (amount_nok >= 0),
    reason TEXT NOT NULL,
    participants TEXT NOT NULL,
    split TEXT NOT NULL,
    void BOOLEAN NOT NULL,
    PRIMARY KEY (recommendation_id, need_id)
);
CREATE INDEX recommendation_lines_by_need ON recommendation_lines (need_id);

CREATE TABLE recommendation_line_years (
    recommendation_id TEXT NOT NULL,
    need_id TEXT NOT NULL,
    school_year TEXT NOT NULL,
    year BIGINT NOT NULL,
    amount_nok BIGINT NOT NULL CHECK (amount_nok >= 0),
    PRIMARY KEY (recommendation_id, need_id, school_year),
    FOREIGN KEY (recommendation_id, need_id) REFERENCES recommendation_lines (recommendation_id, need_id)
);
CREATE INDEX recommendation_line_years_by_need ON recommendation_line_years (need_id, year);
