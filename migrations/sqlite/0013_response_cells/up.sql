-- What responses add up to in the finest cells that are published (K05), kept by whoever changes responses.
CREATE TABLE response_cells (
    instrument TEXT NOT NULL,
    period TEXT NOT NULL,
    municipality_number TEXT NOT NULL,
    unit_kind TEXT NOT NULL,
    area TEXT NOT NULL,
    respondent_group TEXT NOT NULL,
    responses BIGINT NOT NULL,
    respondents BIGINT NOT NULL,
    current_sum BIGINT NOT NULL,
    needed_sum BIGINT NOT NULL,
    PRIMARY KEY (instrument, period, municipality_number, unit_kind, area, respondent_group)
);

-- The responses that are there. "all" counts only for a unit that tells no groups apart.
INSERT INTO response_cells
SELECT r.instrument, r.period, u.municipality_number, u.kind, r.area, r.respondent_group, COUNT(*),
    SUM(r.respondents), SUM(r.current_tenths * r.respondents), SUM(r.needed_tenths * r.respondents)
FROM responses AS r
JOIN units AS u ON u.orgnr = r.unit_orgnr
WHERE r.respondent_group <> 'all' OR NOT EXISTS (
    SELECT 1 FROM responses AS other
    WHERE other.instrument = r.instrument AND other.period = r.period AND other.unit_orgnr = r.unit_orgnr
        AND other.area = r.area AND other.respondent_group <> 'all'
)
GROUP BY r.instrument, r.period, u.municipality_number, u.kind, r.area, r.respondent_group;
