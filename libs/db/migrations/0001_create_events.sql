-- Why: every service tells what happened as one gapless sequence of events, makes a change under a request id once, and
-- remembers how far it has followed the others.
-- Back out: DROP TABLE event_head, events, request_log, applied_sequence (only before the first event).

-- The one row whose lock orders commits: a transaction that appends an event holds it until it ends, so sequences follow
-- the order of the commits and have no gaps.
CREATE TABLE event_head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  sequence bigint NOT NULL CHECK (sequence >= 0)
);
INSERT INTO event_head (sequence) VALUES (0);

CREATE TABLE events (
  sequence bigint PRIMARY KEY CHECK (sequence > 0),
  kind text NOT NULL,
  actor text NOT NULL,
  trace_id text NOT NULL,
  event_time timestamptz NOT NULL,
  body bytea NOT NULL
);

CREATE TABLE request_log (
  caller text NOT NULL,
  method text NOT NULL,
  request_id text NOT NULL,
  digest bytea NOT NULL,
  answer bytea NOT NULL,
  keep_until timestamptz NOT NULL,
  PRIMARY KEY (caller, method, request_id)
);
CREATE INDEX request_log_keep_until ON request_log (keep_until);

CREATE TABLE applied_sequence (
  source text PRIMARY KEY,
  sequence bigint NOT NULL CHECK (sequence >= 0)
);
