DROP TABLE need_texts;
