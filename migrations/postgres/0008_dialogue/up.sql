CREATE TABLE attachments (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    need_id TEXT COLLATE "C" NOT NULL REFERENCES needs (id),
    purpose TEXT COLLATE "C" NOT NULL CHECK (purpose IN ('case', 'dialogue')),
    side TEXT COLLATE "C" NOT NULL CHECK (side IN ('sender', 'county_governor')),
    added_by TEXT COLLATE "C" NOT NULL REFERENCES organisations (orgnr),
    file_name TEXT NOT NULL,
    format TEXT COLLATE "C" NOT NULL CHECK (format IN ('pdf', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'png', 'jpeg')),
    size_bytes BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    object_key TEXT COLLATE "C" NOT NULL UNIQUE,
    first_version BIGINT,
    last_version BIGINT,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX attachments_by_need ON attachments (need_id, id);
CREATE INDEX attachments_by_organisation ON attachments (added_by);

CREATE TABLE messages (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    need_id TEXT COLLATE "C" NOT NULL REFERENCES needs (id),
    side TEXT COLLATE "C" NOT NULL CHECK (side IN ('sender', 'county_governor')),
    author_orgnr TEXT COLLATE "C" NOT NULL REFERENCES organisations (orgnr),
    text TEXT NOT NULL,
    read_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX messages_by_need ON messages (need_id, id);

CREATE TABLE message_attachments (
    message_id TEXT COLLATE "C" NOT NULL REFERENCES messages (id),
    attachment_id TEXT COLLATE "C" NOT NULL REFERENCES attachments (id),
    PRIMARY KEY (message_id, attachment_id)
);
CREATE INDEX message_attachments_by_attachment ON message_attachments (attachment_id);
