CREATE TABLE guidance (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_orgnr TEXT COLLATE "C" NOT NULL REFERENCES organisations (orgnr),
    county_governor TEXT COLLATE "C" REFERENCES county_governors (code),
    scheme TEXT COLLATE "C",
    round_id TEXT COLLATE "C" REFERENCES rounds (id),
    question_nb TEXT NOT NULL,
    question_nn TEXT NOT NULL,
    answer_nb TEXT NOT NULL,
    answer_nn TEXT NOT NULL,
    source TEXT,
    position BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'published')),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX guidance_in_order ON guidance (position, id);
CREATE INDEX guidance_by_owner ON guidance (owner_orgnr);

CREATE TABLE guidance_areas (
    guidance_id TEXT COLLATE "C" NOT NULL REFERENCES guidance (id),
    area TEXT COLLATE "C" NOT NULL REFERENCES competence_areas (code),
    PRIMARY KEY (guidance_id, area)
);
CREATE INDEX guidance_areas_by_area ON guidance_areas (area, guidance_id);

CREATE TABLE guidance_about (
    guidance_id TEXT COLLATE "C" NOT NULL REFERENCES guidance (id),
    code TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (guidance_id, code)
);
CREATE INDEX guidance_about_by_code ON guidance_about (code, guidance_id);

CREATE TABLE learning_resources (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    owner_orgnr TEXT COLLATE "C" NOT NULL REFERENCES organisations (orgnr),
    county_governor TEXT COLLATE "C" REFERENCES county_governors (code),
    kind TEXT COLLATE "C" NOT NULL,
    title_nb TEXT NOT NULL,
    title_nn TEXT NOT NULL,
    description_nb TEXT NOT NULL,
    description_nn TEXT NOT NULL,
    provider TEXT NOT NULL,
    provider_orgnr TEXT COLLATE "C" REFERENCES organisations (orgnr),
    url TEXT NOT NULL,
    folded TEXT NOT NULL,
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('draft', 'published')),
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX learning_resources_by_owner ON learning_resources (owner_orgnr);
CREATE INDEX learning_resources_by_provider ON learning_resources (provider_orgnr);

CREATE TABLE learning_resource_areas (
    resource_id TEXT COLLATE "C" NOT NULL REFERENCES learning_resources (id),
    area TEXT COLLATE "C" NOT NULL REFERENCES competence_areas (code),
    PRIMARY KEY (resource_id, area)
);
CREATE INDEX learning_resource_areas_by_area ON learning_resource_areas (area, resource_id);

CREATE TABLE learning_resource_languages (
    resource_id TEXT COLLATE "C" NOT NULL REFERENCES learning_resources (id),
    language TEXT COLLATE "C" NOT NULL CHECK (language IN ('nb', 'nn', 'en', 'se', 'sma', 'smj')),
    PRIMARY KEY (resource_id, language)
);
