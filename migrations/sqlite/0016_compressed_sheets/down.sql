-- Back to plain contents, for a database in which all of them are.
-- A compressed one is no JSON: then nothing is changed and the way down ends here.
ALTER TABLE response_sheets ADD COLUMN plain TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(plain));
UPDATE response_sheets SET plain = CAST(content AS TEXT);
ALTER TABLE response_sheets DROP COLUMN content;
ALTER TABLE response_sheets RENAME COLUMN plain TO content;

ALTER TABLE replaced_passages ADD COLUMN plain TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(plain));
UPDATE replaced_passages SET plain = CAST(content AS TEXT);
ALTER TABLE replaced_passages DROP COLUMN content;
ALTER TABLE replaced_passages RENAME COLUMN plain TO content;

-- A row for each response, for people and checks. The service reads sheets.
CREATE VIEW responses AS
SELECT substr(s.id, 1, 32) || printf('%04x', response.value ->> 0) AS id, s.instrument, s.period, s.unit_orgnr,
    response.value ->> 1 AS area, response.value ->> 2 AS respondent_group, passage.value ->> 'sender' AS sender_orgnr,
    passage.value ->> 'batch' AS batch_id, response.value ->> 3 AS current_tenths,
    response.value ->> 4 AS needed_tenths, response.value ->> 5 AS respondents, response.value ->> 6 AS comment,
    passage.value ->> 'version' AS version,
    replace(rtrim(passage.value ->> 'created_at', 'Z'), 'T', ' ') AS created_at,
    replace(rtrim(passage.value ->> 'updated_at', 'Z'), 'T', ' ') AS updated_at
FROM response_sheets AS s, json_each(s.content) AS passage, json_each(passage.value, '$.responses') AS response;

CREATE VIEW response_history AS
SELECT substr(p.sheet_id, 1, 32) || printf('%04x', response.value ->> 0) AS response_id,
    passage.value ->> 'version' AS version, passage.value ->> 'sender' AS sender_orgnr,
    passage.value ->> 'batch' AS batch_id, response.value ->> 3 AS current_tenths,
    response.value ->> 4 AS needed_tenths, response.value ->> 5 AS respondents, response.value ->> 6 AS comment,
    p.replaced_by_batch, p.replaced_at
FROM replaced_passages AS p, json_each(p.content) AS passage, json_each(passage.value, '$.responses') AS response;
