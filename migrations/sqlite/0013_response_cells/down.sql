DROP TABLE response_cells;
