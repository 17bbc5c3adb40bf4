CREATE TEMPORARY VIEW responses AS
SELECT substr(s.id, 1, 32) || printf('%04x', response.value ->> 0) AS id, s.instrument, s.period, s.unit_orgnr,
    response.value ->> 1 AS area, response.value ->> 2 AS respondent_group, passage.value ->> 'sender' AS sender_orgnr,
    passage.value ->> 'batch' AS batch_id, response.value ->> 3 AS current_tenths,
    response.value ->> 4 AS needed_tenths, response.value ->> 5 AS respondents, response.value ->> 6 AS comment,
    passage.value ->> 'version' AS version,
    replace(rtrim(passage.value ->> 'created_at', 'Z'), 'T', ' ') AS created_at,
    replace(rtrim(passage.value ->> 'updated_at', 'Z'), 'T', ' ') AS updated_at
FROM response_sheets AS s
    JOIN plain_sheets AS plain ON plain.sheet_id = s.id,
    json_each(plain.content) AS passage,
    json_each(passage.value, '$.responses') AS response;

CREATE TEMPORARY VIEW response_history AS
SELECT substr(p.sheet_id, 1, 32) || printf('%04x', response.value ->> 0) AS response_id,
    passage.value ->> 'version' AS version, passage.value ->> 'sender' AS sender_orgnr,
    passage.value ->> 'batch' AS batch_id, response.value ->> 3 AS current_tenths,
    response.value ->> 4 AS needed_tenths, response.value ->> 5 AS respondents, response.value ->> 6 AS comment,
    p.replaced_by_batch, p.replaced_at
FROM replaced_passages AS p
    JOIN plain_passages AS plain ON plain.sheet_id = p.sheet_id AND plain.version = p.version,
    json_each(plain.content) AS passage,
    json_each(passage.value, '$.responses') AS response;
