-- What registered vehicles weigh without a load, and which trips are declared empty. Everything vehicle has told is told again, because the
-- runs before did not keep it; permits are known meanwhile.
-- To back out: delete the file; everything comes back from the other services.
CREATE TABLE vehicles (
  plate_key TEXT PRIMARY KEY,
  permit_last_day INTEGER NOT NULL, -- -1: it has no permit
  tare_kg INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO vehicles SELECT plate_key, last_day, 0 FROM permits;
DROP TABLE permits;
ALTER TABLE trips ADD COLUMN empty INTEGER NOT NULL DEFAULT 0;
UPDATE applied_sequences SET sequence = 0 WHERE source = 'vehicle';
