-- The lane's memory in SQLite: the chained journal of events, what the next run must know of each lane, answers to repeated
-- requests, rules, and the admission table with the sequence that was applied of each source.
-- To back out: stop the service and delete the database file; the admission table comes back from the other services,
-- the journal does not.

-- One row an event, in the order of the commits, without gaps. hash = SHA-256(hash of the row before, this row).
CREATE TABLE journal (
  sequence INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  lane_id TEXT NOT NULL,
  actor TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  body BLOB NOT NULL,
  basis TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- The opening under way in each lane: from the decision to its passage or its end.
CREATE TABLE openings (
  lane_id TEXT PRIMARY KEY,
  decision_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  trip_id TEXT NOT NULL,
  ticket_id TEXT NOT NULL,
  plate TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  decided_by_name TEXT NOT NULL,
  evidence_id TEXT NOT NULL,
  decide_us INTEGER NOT NULL,
  expire_us INTEGER NOT NULL,
  arrive_us INTEGER NOT NULL,
  rule_version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- How an opening ended: 'passed', or why not.
CREATE TABLE endings (
  decision_id TEXT PRIMARY KEY,
  how TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row a vehicle that went through. A decision is used for one passage at the most.
CREATE TABLE passages (
  passage_id TEXT PRIMARY KEY,
  lane_id TEXT NOT NULL,
  decision_id TEXT UNIQUE,
  trip_id TEXT NOT NULL,
  leave_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX passages_by_time ON passages (lane_id, leave_us);

CREATE TABLE answers (
  caller TEXT NOT NULL,
  method TEXT NOT NULL,
  request_id TEXT NOT NULL,
  digest BLOB NOT NULL,
  answer BLOB NOT NULL,
  decision_id TEXT NOT NULL,
  time_us INTEGER NOT NULL,
  PRIMARY KEY (caller, method, request_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_by_decision ON answers (decision_id) WHERE decision_id <> '';

CREATE TABLE requested_modes (
  lane_id TEXT PRIMARY KEY,
  mode INTEGER NOT NULL,
  set_by TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rules (
  checkpoint_id TEXT NOT NULL,
  version INTEGER NOT NULL,
  cleared_required INTEGER NOT NULL,
  fee_required INTEGER NOT NULL,
  call_required INTEGER NOT NULL,
  confidence_min REAL NOT NULL,
  author TEXT NOT NULL,
  reason TEXT NOT NULL,
  create_us INTEGER NOT NULL,
  PRIMARY KEY (checkpoint_id, version)
) STRICT, WITHOUT ROWID;

-- The admission table.
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
