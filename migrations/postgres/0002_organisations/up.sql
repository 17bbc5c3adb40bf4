CREATE TABLE county_governors (
    code TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    short_code TEXT COLLATE "C" NOT NULL UNIQUE,
    name_nb TEXT NOT NULL,
    name_nn TEXT NOT NULL
);

CREATE TABLE counties (
    number TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    county_governor TEXT COLLATE "C" NOT NULL REFERENCES county_governors (code)
);
CREATE INDEX counties_by_governor ON counties (county_governor);

CREATE TABLE municipalities (
    number TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    norwegian_name TEXT NOT NULL,
    county_number TEXT COLLATE "C" NOT NULL REFERENCES counties (number),
    valid_from DATE NOT NULL,
    valid_to DATE
);
CREATE INDEX municipalities_by_county ON municipalities (county_number);

CREATE TABLE competence_areas (
    code TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    area_group TEXT COLLATE "C" NOT NULL CHECK (area_group IN ('special_needs', 'inclusive_practice')),
    label_nb TEXT NOT NULL,
    label_nn TEXT NOT NULL,
    label_en TEXT NOT NULL
);

CREATE TABLE organisations (
    orgnr TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('municipality', 'county_authority', 'private_owner', 'university', 'vocational_college', 'statped', 'county_governor', 'ks', 'private_association', 'union', 'directorate', 'other')),
    municipality_number TEXT COLLATE "C" REFERENCES municipalities (number),
    county_number TEXT COLLATE "C" REFERENCES counties (number),
    county_governor TEXT COLLATE "C" REFERENCES county_governors (code),
    language_decision TEXT COLLATE "C" CHECK (language_decision IN ('nb', 'nn', 'neutral')),
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX organisations_by_kind ON organisations (kind, orgnr);
CREATE INDEX organisations_by_municipality ON organisations (municipality_number);
CREATE INDEX organisations_by_county ON organisations (county_number);

CREATE TABLE units (
    orgnr TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('kindergarten', 'school', 'upper_secondary', 'ppt', 'sfo')),
    owner_orgnr TEXT COLLATE "C" NOT NULL REFERENCES organisations (orgnr),
    municipality_number TEXT COLLATE "C" NOT NULL REFERENCES municipalities (number),
    county_number TEXT COLLATE "C" NOT NULL REFERENCES counties (number),
    private BOOLEAN NOT NULL,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX units_by_owner ON units (owner_orgnr);
CREATE INDEX units_by_municipality ON units (municipality_number, kind);

CREATE TABLE unit_serves (
    unit_orgnr TEXT COLLATE "C" NOT NULL REFERENCES units (orgnr),
    municipality_number TEXT COLLATE "C" NOT NULL REFERENCES municipalities (number),
    PRIMARY KEY (unit_orgnr, municipality_number)
);
CREATE INDEX unit_serves_by_municipality ON unit_serves (municipality_number);

CREATE TABLE clients (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    orgnr TEXT COLLATE "C" NOT NULL REFERENCES organisations (orgnr),
    secret_hash TEXT COLLATE "C" NOT NULL,
    scopes TEXT COLLATE "C" NOT NULL,
    active BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX clients_by_organisation ON clients (orgnr);
