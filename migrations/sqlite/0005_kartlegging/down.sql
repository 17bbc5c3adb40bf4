DROP TABLE response_history;
DROP TABLE responses;
DROP TABLE batch_results;
DROP TABLE batch_units;
DROP TABLE batches;
DROP TABLE instruments;
