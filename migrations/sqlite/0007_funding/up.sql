CREATE TABLE frames (
    id TEXT NOT NULL PRIMARY KEY,
    county_governor TEXT NOT NULL REFERENCES county_governors (code),
    scheme TEXT NOT NULL,
    year BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (county_governor, scheme, year)
);
CREATE INDEX frames_by_scheme ON frames (scheme, year);
CREATE INDEX frames_by_change ON frames (updated_at);

CREATE TABLE frame_sources (
    frame_id TEXT NOT NULL REFERENCES frames (id),
    n BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('appropriation', 'transferred_from_statped', 'carried_over', 'reallocated')),
    reference TEXT NOT NULL,
    amount_nok BIGINT NOT NULL CHECK (amount_nok > 0),
    PRIMARY KEY (frame_id, n)
);

CREATE TABLE grants (
    id TEXT NOT NULL PRIMARY KEY,
    need_id TEXT NOT NULL UNIQUE REFERENCES needs (id),
    reference TEXT NOT NULL UNIQUE,
    county_governor TEXT NOT NULL REFERENCES county_governors (code),
    county_number TEXT NOT NULL REFERENCES counties (number),
    scheme TEXT NOT NULL,
    ruleset TEXT NOT NULL,
    year BIGINT NOT NULL,
    sender_orgnr TEXT NOT NULL REFERENCES organisations (orgnr),
    title TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('decided', 'notified', 'running', 'closed', 'revoked', 'renounced')),
    outcome TEXT NOT NULL CHECK (outcome IN ('granted', 'partly_granted', 'declined')),
    amount_nok BIGINT NOT NULL CHECK (amount_nok >= 0),
    report_due_on DATE NOT NULL,
    decided_at TIMESTAMP NOT NULL,
    notified_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX grants_by_sender ON grants (sender_orgnr, id);
CREATE INDEX grants_by_county_governor ON grants (county_governor, id);
CREATE INDEX grants_by_county ON grants (county_number, id);
CREATE INDEX grants_by_scheme ON grants (scheme, year);
CREATE INDEX grants_by_state ON grants (state, id);
CREATE INDEX grants_by_change ON grants (updated_at);

CREATE TABLE grant_external_refs (
    orgnr TEXT NOT NULL REFERENCES organisations (orgnr),
    system TEXT NOT NULL,
    key TEXT NOT NULL,
    grant_id TEXT NOT NULL REFERENCES grants (id),
    PRIMARY KEY (orgnr, system, key)
);
CREATE INDEX grant_external_refs_by_grant ON grant_external_refs (grant_id, orgnr);

CREATE TABLE decisions (
    id TEXT NOT NULL PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES grants (id),
    n BIGINT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('original', 'appeal', 'year_confirmation', 'change', 'revocation', 'recovery')),
    state TEXT NOT NULL CHECK (state IN ('live', 'superseded', 'awaiting_frame')),
    outcome TEXT NOT NULL CHECK (outcome IN ('granted', 'partly_granted', 'declined')),
    recommendation_id TEXT REFERENCES recommendations (id),
    recommended_nok BIGINT NOT NULL,
    amount_nok BIGINT NOT NULL CHECK (amount_nok >= 0),
    reason TEXT NOT NULL,
    departure_reason TEXT,
    agenda_item_id TEXT REFERENCES agenda_items (id),
    decided_at TIMESTAMP NOT NULL,
    decided_by_client TEXT NOT NULL,
    decided_by_person TEXT,
    UNIQUE (grant_id, n)
);
CREATE UNIQUE INDEX decisions_live ON decisions (grant_id) WHERE state = 'live';
CREATE INDEX decisions_by_recommendation ON decisions (recommendation_id);

CREATE TABLE decision_lines (
    decision_id TEXT NOT NULL REFERENCES decisions (id),
    n BIGINT NOT NULL,
    school_year TEXT NOT NULL,
    year BIGINT NOT NULL,
    recipient_orgnr TEXT NOT NULL REFERENCES organisations (orgnr),
    amount_nok BIGINT NOT NULL CHECK (amount_nok > 0),
    conditional BOOLEAN NOT NULL,
    PRIMARY KEY (decision_id, n),
    UNIQUE (decision_id, school_year, recipient_orgnr)
);
CREATE INDEX decision_lines_by_year ON decision_lines (year, decision_id);
CREATE INDEX decision_lines_by_recipient ON decision_lines (recipient_orgnr, decision_id);

CREATE TABLE payment_runs (
    id TEXT NOT NULL PRIMARY KEY,
    county_governor TEXT NOT NULL REFERENCES county_governors (code),
    state TEXT NOT NULL CHECK (state IN ('draft', 'released')),
    file TEXT,
    released_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX payment_runs_by_county_governor ON payment_runs (county_governor, id);
CREATE INDEX payment_runs_by_state ON payment_runs (state, id);
CREATE INDEX payment_runs_by_change ON payment_runs (updated_at);

CREATE TABLE payments (
    id TEXT NOT NULL PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES grants (id),
    county_governor TEXT NOT NULL REFERENCES county_governors (code),
    sender_orgnr TEXT NOT NULL REFERENCES organisations (orgnr),
    recipient_orgnr TEXT NOT NULL REFERENCES organisations (orgnr),
    school_year TEXT NOT NULL,
    amount_nok BIGINT NOT NULL CHECK (amount_nok > 0),
    due_on DATE NOT NULL,
    awaits_report TEXT,
    state TEXT NOT NULL CHECK (state IN ('planned', 'approved', 'sent', 'paid', 'failed', 'held', 'cancelled')),
    live_run_id TEXT REFERENCES payment_runs (id),
    prepared_by_client TEXT NOT NULL,
    prepared_by_person TEXT,
    approved_by_client TEXT,
    approved_by_person TEXT,
    approved_at TIMESTAMP,
    sent_at TIMESTAMP,
    paid_on DATE,
    failure_reason TEXT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX payments_by_grant ON payments (grant_id, id);
CREATE INDEX payments_by_county_governor ON payments (county_governor, id);
CREATE INDEX payments_by_sender ON payments (sender_orgnr, id);
CREATE INDEX payments_by_recipient ON payments (recipient_orgnr, id);
CREATE INDEX payments_by_state ON payments (state, due_on);
CREATE INDEX payments_by_live_run ON payments (live_run_id);
CREATE INDEX payments_by_change ON payments (updated_at);

CREATE TABLE payment_run_items (
    run_id TEXT NOT NULL REFERENCES payment_runs (id),
    payment_id TEXT NOT NULL REFERENCES payments (id),
    PRIMARY KEY (run_id, payment_id)
);
CREATE INDEX payment_run_items_by_payment ON payment_run_items (payment_id);

CREATE TABLE reports (
    id TEXT NOT NULL PRIMARY KEY,
    grant_id TEXT NOT NULL REFERENCES grants (id),
    county_governor TEXT NOT NULL REFERENCES county_governors (code),
    sender_orgnr TEXT NOT NULL REFERENCES organisations (orgnr),
    school_year TEXT NOT NULL,
    ruleset TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'returned', 'approved', 'reopened')),
    due_on DATE NOT NULL,
    return_reason TEXT,
    submitted_at TIMESTAMP,
    approved_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (grant_id, school_year)
);
CREATE INDEX reports_by_county_governor ON reports (county_governor, id);
CREATE INDEX reports_by_sender ON reports (sender_orgnr, id);
CREATE INDEX reports_by_state ON reports (state, due_on);
CREATE INDEX reports_by_change ON reports (updated_at);

CREATE TABLE report_parts (
    report_id TEXT NOT NULL REFERENCES reports (id),
    recipient_orgnr TEXT NOT NULL REFERENCES organisations (orgnr),
    granted_nok BIGINT NOT NULL CHECK (granted_nok > 0),
    used_nok BIGINT CHECK (used_nok BETWEEN 0 AND granted_nok),
    content TEXT,
    version BIGINT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (report_id, recipient_orgnr)
);
CREATE INDEX report_parts_by_recipient ON report_parts (recipient_orgnr, report_id);
