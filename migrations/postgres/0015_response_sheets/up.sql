-- All responses about a unit to an instrument in a period become one row, a sheet (ADR 0016). A sheet's content is a
-- JSON array of passages: responses that were said together, with who said them when; see the view at the end.
CREATE TABLE response_sheets (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    instrument TEXT COLLATE "C" NOT NULL REFERENCES instruments (code),
    period TEXT COLLATE "C" NOT NULL,
    unit_orgnr TEXT COLLATE "C" NOT NULL REFERENCES units (orgnr),
    content TEXT NOT NULL,
    version BIGINT NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    UNIQUE (instrument, period, unit_orgnr)
);
CREATE INDEX response_sheets_by_unit ON response_sheets (unit_orgnr, id);

CREATE TABLE sheet_senders (
    sheet_id TEXT COLLATE "C" NOT NULL REFERENCES response_sheets (id),
    sender_orgnr TEXT COLLATE "C" NOT NULL,
    responses BIGINT NOT NULL CHECK (responses > 0),
    PRIMARY KEY (sheet_id, sender_orgnr)
);
CREATE INDEX sheet_senders_by_sender ON sheet_senders (sender_orgnr, sheet_id);

-- What a batch replaced on a sheet, as passages; "version" is the sheet's before.
CREATE TABLE replaced_passages (
    sheet_id TEXT COLLATE "C" NOT NULL REFERENCES response_sheets (id),
    version BIGINT NOT NULL,
    content TEXT NOT NULL,
    replaced_by_batch TEXT COLLATE "C" NOT NULL REFERENCES batches (id),
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
    SELECT sheet_id, json_agg(passage)::text AS content
    FROM (
        SELECT sheet_id, json_build_object(
            'sender', sender_orgnr,
            'batch', batch_id,
            'version', version,
            'created_at', to_char(created_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'updated_at', to_char(updated_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'responses', json_agg(json_build_array(
                n, area, respondent_group, current_tenths, needed_tenths, respondents, comment) ORDER BY n)
        ) AS passage
        FROM numbered
        GROUP BY sheet_id, sender_orgnr, batch_id, version, created_at, updated_at
    ) AS passages
    GROUP BY sheet_id
) AS made
WHERE made.sheet_id = s.id;

INSERT INTO replaced_passages
SELECT sheet_id, row_number() OVER (PARTITION BY sheet_id ORDER BY replaced_at, replaced_by_batch),
    json_agg(passage)::text, replaced_by_batch, replaced_at
FROM (
    SELECT r.sheet_id, h.replaced_by_batch, h.replaced_at, json_build_object(
        'sender', h.sender_orgnr,
        'batch', h.batch_id,
        'version', h.version,
        'created_at', to_char(r.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'updated_at', to_char(b.updated_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
        'responses', json_agg(json_build_array(
            r.n, r.area, r.respondent_group, h.current_tenths, h.needed_tenths, h.respondents, h.comment) ORDER BY r.n)
    ) AS passage
    FROM response_history AS h
    JOIN numbered AS r ON r.id = h.response_id
    JOIN batches AS b ON b.id = h.batch_id
    GROUP BY r.sheet_id, h.replaced_by_batch, h.replaced_at, h.sender_orgnr, h.batch_id, h.version, r.created_at,
        b.updated_at
) AS passages
GROUP BY sheet_id, replaced_by_batch, replaced_at;

UPDATE response_sheets AS s
SET version = 1 + (SELECT count(*) FROM replaced_passages AS p WHERE p.sheet_id = s.id);

DROP TABLE numbered;
DROP TABLE response_history;
DROP TABLE responses;

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
