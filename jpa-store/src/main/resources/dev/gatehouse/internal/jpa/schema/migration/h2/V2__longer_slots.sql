-- Numbers of many nodes need more room; the other databases have no bound here.

ALTER TABLE gatehouse_slots ALTER COLUMN slot SET DATA TYPE VARBINARY(16384);
