DROP TABLE need_texts_words;
DROP TABLE need_texts;
