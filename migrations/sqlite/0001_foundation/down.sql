DROP TABLE idempotency;
DROP TABLE outbox;
DROP TABLE audit;
DROP TABLE counters;
DROP TABLE meta;
