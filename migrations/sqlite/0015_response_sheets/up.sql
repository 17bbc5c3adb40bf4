-- All responses about a unit to an instrument in a period become one row, a sheet (ADR 0016). A sheet's content is a
-- JSON array of passages: responses that were said together, with who said them when; see the view at the end.
CREATE TABLE response_sheets (
    id TEXT NOT NULL PRIMARY KEY,
    instrument TEXT NOT NULL REFERENCES instruments (code),
    period TEXT NOT NULL,
    unit_orgnr TEXT NOT NULL REFERENCES units (orgnr),
    content TEXT NOT NULL,
    version BIGINT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (instrument, period, unit_orgnr)
);
CREATE INDEX response_sheets_by_unit ON response_sheets (unit_orgnr, id);

CREATE TABLE sheet_senders (
    sheet_id TEXT NOT NULL REFERENCES response_sheets (id),
    sender_orgnr TEXT NOT NULL,
    responses BIGINT NOT NULL CHECK (responses > 0),
    PRIMARY KEY (sheet_id, sender_orgnr)
);
CREATE INDEX sheet_senders_by_sender ON sheet_senders (sender_orgnr, sheet_id);

-- What a batch replaced on a sheet, as passages; "version" is the sheet's before.
CREATE TABLE replaced_passages (
    sheet_id TEXT NOT NULL REFERENCES response_sheets (id),
    version BIGINT NOT NULL,
    content TEXT NOT NULL,
    replaced_by_batch TEXT NOT NULL REFERENCES batches (id),
    replaced_at TIMESTAMP NOT NULL,
    PRIMARY KEY (sheet_id, version)
);

-- Responses get a number on their sheet, which is the end of their id.
CREATE TABLE numbered AS
SELECT *, row_number() OVER sheet AS n, substr(first_value(id) OVER sheet, 1, 32) || '0000' AS sheet_id
FROM responses
WINDOW sheet AS (PARTITION BY instrument, period, unit_orgnr ORDER BY id);

INSERT INTO response_sheets
SELECT sheet_id, instrument, period, unit_orgnr, '', 1, max(updated_at)
FROM numbered
GROUP BY sheet_id, instrument, period, unit_orgnr;

INSERT INTO sheet_senders
SELECT sheet_id, sender_orgnr, count(*)
FROM numbered
GROUP BY sheet_id, sender_orgnr;

UPDATE response_sheets AS s
SET content = made.content
FROM (
    SELECT sheet_id, json_group_array(json(passage)) AS content
    FROM (
        SELECT sheet_id, json_object(
            'sender', sender_orgnr,
            'batch', batch_id,
            'version', version,
            'created_at', replace(created_at, ' ', 'T') || 'Z',
            'updated_at', replace(updated_at, ' ', 'T') || 'Z',
            'responses', json_group_array(json_array(
                n, area, respondent_group, current_tenths, needed_tenths, respondents, comment))
        ) AS passage
        FROM (SELECT * FROM numbered ORDER BY sheet_id, n)
        GROUP BY sheet_id, sender_orgnr, batch_id, version, created_at, updated_at
    )
    GROUP BY sheet_id
) AS made
WHERE made.sheet_id = s.id;

INSERT INTO replaced_passages
SELECT sheet_id, row_number() OVER (PARTITION BY sheet_id ORDER BY replaced_at, replaced_by_batch),
    json_group_array(json(passage)), replaced_by_batch, replaced_at
FROM (
    SELECT r.sheet_id, h.replaced_by_batch, h.replaced_at, json_object(
        'sender', h.sender_orgnr,
        'batch', h.batch_id,
        'version', h.version,
        'created_at', replace(r.created_at, ' ', 'T') || 'Z',
        'updated_at', replace(b.updated_at, ' ', 'T') || 'Z',
        'responses', json_group_array(json_array(
            r.n, r.area, r.respondent_group, h.current_tenths, h.needed_tenths, h.respondents, h.comment))
    ) AS passage
    FROM response_history AS h
    JOIN numbered AS r ON r.id = h.response_id
    JOIN batches AS b ON b.id = h.batch_id
    GROUP BY r.sheet_id, h.replaced_by_batch, h.replaced_at, h.sender_orgnr, h.batch_id, h.version, r.created_at,
        b.updated_at
)
GROUP BY sheet_id, replaced_by_batch, replaced_at;

UPDATE response_sheets AS s
SET version = 1 + (SELECT count(*) FROM replaced_passages AS p WHERE p.sheet_id = s.id);

DROP TABLE numbered;
DROP TABLE response_history;
DROP TABLE responses;

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
