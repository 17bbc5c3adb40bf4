-- Nobody asks for the batches of a unit alone, and every upload changed as many pages of this index as it has units.
DROP INDEX batch_units_by_unit;
