-- From now on the content of a sheet is compressed (ADR 0018). What is there stays plain until it is written the next
-- time. SQL cannot read what is compressed, so the views go.
DROP VIEW response_history;
DROP VIEW responses;

ALTER TABLE response_sheets ADD COLUMN compressed BLOB NOT NULL DEFAULT x'';
UPDATE response_sheets SET compressed = CAST(content AS BLOB);
ALTER TABLE response_sheets DROP COLUMN content;
ALTER TABLE response_sheets RENAME COLUMN compressed TO content;

ALTER TABLE replaced_passages ADD COLUMN compressed BLOB NOT NULL DEFAULT x'';
UPDATE replaced_passages SET compressed = CAST(content AS BLOB);
ALTER TABLE replaced_passages DROP COLUMN content;
ALTER TABLE replaced_passages RENAME COLUMN compressed TO content;
