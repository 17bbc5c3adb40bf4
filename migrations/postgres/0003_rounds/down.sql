DROP TABLE round_exemptions;
DROP TABLE rounds;
