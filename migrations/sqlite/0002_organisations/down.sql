DROP TABLE clients;
DROP TABLE unit_serves;
DROP TABLE units;
DROP TABLE organisations;
DROP TABLE competence_areas;
DROP TABLE municipalities;
DROP TABLE counties;
DROP TABLE county_governors;
