DROP TABLE take_overs;
DROP TABLE unit_codes;
ALTER TABLE batches DROP COLUMN code_scheme;
