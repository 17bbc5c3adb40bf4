CREATE INDEX batch_units_by_unit ON batch_units (unit_orgnr, batch_id);
