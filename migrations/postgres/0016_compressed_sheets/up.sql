-- From now on the content of a sheet is compressed (ADR 0018). What is there stays plain until it is written the next
-- time. SQL cannot read what is compressed, so the views go.
DROP VIEW response_history;
DROP VIEW responses;

ALTER TABLE response_sheets ALTER COLUMN content TYPE BYTEA USING convert_to(content, 'UTF8');
ALTER TABLE replaced_passages ALTER COLUMN content TYPE BYTEA USING convert_to(content, 'UTF8');

-- PostgreSQL would try to compress each of these once more, in five times as long as it takes to keep them as they are.
ALTER TABLE response_sheets ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE replaced_passages ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE batch_results ALTER COLUMN content SET STORAGE EXTERNAL;
ALTER TABLE batch_part_chunks ALTER COLUMN content SET STORAGE EXTERNAL;
