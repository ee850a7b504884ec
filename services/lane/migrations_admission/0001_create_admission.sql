-- The admission table with the sequence that was applied of each source: admission.sqlite.
-- To back out: delete the file; everything comes back from the other services.

CREATE TABLE trips (
  trip_id TEXT PRIMARY KEY,
  gate_id TEXT NOT NULL,
  direction INTEGER NOT NULL,
  plate TEXT NOT NULL,
  plate_key TEXT NOT NULL,
  trailer_key TEXT NOT NULL,
  state INTEGER NOT NULL,
  steps_missing TEXT NOT NULL,
  steps_held TEXT NOT NULL,
  update_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE fees (
  trip_id TEXT PRIMARY KEY,
  settled INTEGER NOT NULL,
  update_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE tickets (
  trip_id TEXT PRIMARY KEY,
  ticket_id TEXT NOT NULL,
  state INTEGER NOT NULL,
  call_expire_us INTEGER NOT NULL,
  update_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE watch_list (
  entry_id TEXT PRIMARY KEY,
  plate TEXT NOT NULL,
  plate_key TEXT NOT NULL,
  cause TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE applied_sequences (
  source TEXT PRIMARY KEY,
  sequence INTEGER NOT NULL,
  heard_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
