-- Until when registered vehicles may cross. Everything vehicle has told is told again, because the runs before did not keep it.
-- To back out: delete the file; everything comes back from the other services.
CREATE TABLE permits (
  plate_key TEXT PRIMARY KEY,
  last_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
UPDATE applied_sequences SET sequence = 0 WHERE source = 'vehicle';
