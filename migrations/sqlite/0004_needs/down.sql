DROP TABLE need_external_refs;
DROP TABLE need_private_owners;
DROP TABLE need_parties;
DROP TABLE need_areas;
DROP TABLE need_versions;
DROP TABLE needs;
