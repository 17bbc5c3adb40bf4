DROP TABLE batch_part_chunks;
DROP TABLE batch_parts;
DROP INDEX batches_under_way;
ALTER TABLE batches DROP COLUMN expires_at;
