-- What a search looks through, folded by the program: of each need its draft and its newest submission, apart, since
-- not everybody sees both.
CREATE TABLE need_texts (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    need_id TEXT COLLATE "C" NOT NULL REFERENCES needs (id),
    submitted BOOLEAN NOT NULL,
    folded TEXT COLLATE "C" NOT NULL,
    UNIQUE (need_id, submitted)
);
CREATE INDEX need_texts_by_word ON need_texts USING GIN (to_tsvector('simple', folded));
