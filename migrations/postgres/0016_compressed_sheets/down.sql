-- Back to plain contents, for a database in which all of them are.
-- A compressed one is no JSON: then nothing is changed and the way down ends here.
ALTER TABLE response_sheets ALTER COLUMN content SET STORAGE EXTENDED;
ALTER TABLE replaced_passages ALTER COLUMN content SET STORAGE EXTENDED;
ALTER TABLE batch_results ALTER COLUMN content SET STORAGE EXTENDED;
ALTER TABLE batch_part_chunks ALTER COLUMN content SET STORAGE EXTENDED;
ALTER TABLE response_sheets ALTER COLUMN content TYPE TEXT USING convert_from(content, 'UTF8')::json::text;
ALTER TABLE replaced_passages ALTER COLUMN content TYPE TEXT USING convert_from(content, 'UTF8')::json::text;

-- A row for each response, for people and checks. The service reads sheets.
CREATE VIEW responses AS
SELECT substr(s.id, 1, 32) || lpad(to_hex((response ->> 0)::int), 4, '0') AS id, s.instrument, s.period, s.unit_orgnr,
    response ->> 1 AS area, response ->> 2 AS respondent_group, passage.sender AS sender_orgnr,
    passage.batch AS batch_id, (response ->> 3)::bigint AS current_tenths, (response ->> 4)::bigint AS needed_tenths,
    (response ->> 5)::bigint AS respondents, response ->> 6 AS comment, passage.version, passage.created_at,
    passage.updated_at
FROM response_sheets AS s,
    json_to_recordset(s.content::json) AS passage(
        sender TEXT, batch TEXT, version BIGINT, created_at TIMESTAMP, updated_at TIMESTAMP, responses JSON),
    json_array_elements(passage.responses) AS response;

CREATE VIEW response_history AS
SELECT substr(p.sheet_id, 1, 32) || lpad(to_hex((response ->> 0)::int), 4, '0') AS response_id, passage.version,
    passage.sender AS sender_orgnr, passage.batch AS batch_id, (response ->> 3)::bigint AS current_tenths,
    (response ->> 4)::bigint AS needed_tenths, (response ->> 5)::bigint AS respondents, response ->> 6 AS comment,
    p.replaced_by_batch, p.replaced_at
FROM replaced_passages AS p,
    json_to_recordset(p.content::json) AS passage(sender TEXT, batch TEXT, version BIGINT, responses JSON),
    json_array_elements(passage.responses) AS response;
