-- What a search looks through, folded by the program: of each need its draft and its newest submission, apart, since
-- not everybody sees both.
CREATE TABLE need_texts (
    id INTEGER NOT NULL PRIMARY KEY,
    need_id TEXT NOT NULL REFERENCES needs (id),
    submitted BOOLEAN NOT NULL,
    folded TEXT NOT NULL,
    UNIQUE (need_id, submitted)
);

-- The words of the texts; the texts themselves stand in the table only.
CREATE VIRTUAL TABLE need_texts_words
USING fts5 (folded, content = 'need_texts', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0');
CREATE TRIGGER need_texts_added AFTER INSERT ON need_texts BEGIN
    INSERT INTO need_texts_words (rowid, folded) VALUES (new.id, new.folded);
END;
CREATE TRIGGER need_texts_changed AFTER UPDATE ON need_texts BEGIN
    INSERT INTO need_texts_words (need_texts_words, rowid, folded) VALUES ('delete', old.id, old.folded);
    INSERT INTO need_texts_words (rowid, folded) VALUES (new.id, new.folded);
END;
CREATE TRIGGER need_texts_removed AFTER DELETE ON need_texts BEGIN
    INSERT INTO need_texts_words (need_texts_words, rowid, folded) VALUES ('delete', old.id, old.folded);
END;
