ALTER TABLE batches ADD COLUMN expires_at TIMESTAMP;
CREATE INDEX batches_under_way ON batches (state, expires_at) WHERE state IN ('open', 'receiving', 'processing');

CREATE TABLE batch_parts (
    batch_id TEXT NOT NULL REFERENCES batches (id),
    part BIGINT NOT NULL CHECK (part >= 1),
    digest TEXT NOT NULL,
    row_count BIGINT NOT NULL,
    faulty BIGINT NOT NULL,
    header_rows BIGINT NOT NULL,
    last_row BIGINT NOT NULL,
    kept_bytes BIGINT NOT NULL,
    received_at TIMESTAMP NOT NULL,
    PRIMARY KEY (batch_id, part)
);

CREATE TABLE batch_part_chunks (
    batch_id TEXT NOT NULL,
    part BIGINT NOT NULL,
    chunk BIGINT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (batch_id, part, chunk),
    FOREIGN KEY (batch_id, part) REFERENCES batch_parts (batch_id, part) ON DELETE CASCADE
);
