-- Why: what everybody's events say, in the form in which it is asked for. Everything here can be made again by following the
-- sources from their first event.
-- Back out: DROP TABLE trips, tickets, passages, payments, timeline, out_of_turn_calls; DELETE FROM applied_sequence.

CREATE TABLE trips (
  trip_id text PRIMARY KEY,
  enterprise_id text NOT NULL,
  gate_id text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('export', 'import')),
  open boolean NOT NULL,
  perishable boolean NOT NULL
);
CREATE INDEX trips_open ON trips (gate_id) WHERE open;

CREATE TABLE tickets (
  ticket_id text PRIMARY KEY,
  trip_id text NOT NULL,
  gate_id text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting', 'called', 'passed', 'closed')),
  perishable boolean NOT NULL,
  check_in_time timestamptz NOT NULL,
  pass_time timestamptz
);
CREATE INDEX tickets_waiting ON tickets (gate_id, state) WHERE state IN ('waiting', 'called');
CREATE INDEX tickets_passed ON tickets (gate_id, pass_time) WHERE state = 'passed';
CREATE INDEX tickets_trip ON tickets (trip_id);

CREATE TABLE passages (
  passage_id text PRIMARY KEY,
  lane_id text NOT NULL,
  gate_id text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('export', 'import')),
  kind text NOT NULL CHECK (kind IN ('automatic', 'manual', 'unauthorised')),
  plate text NOT NULL,
  plate_key text NOT NULL,
  trip_id text NOT NULL,
  decision_id text NOT NULL,
  evidence_id text NOT NULL,
  arrive_time timestamptz NOT NULL,
  leave_time timestamptz NOT NULL
);
CREATE INDEX passages_newest ON passages (leave_time DESC, passage_id DESC);
CREATE INDEX passages_gate ON passages (gate_id, leave_time);
CREATE INDEX passages_trip ON passages (trip_id) WHERE trip_id <> '';

CREATE TABLE payments (
  invoice_id text PRIMARY KEY,
  gate_id text NOT NULL,
  paid_dong bigint NOT NULL CHECK (paid_dong >= 0),
  settle_time timestamptz NOT NULL
);
CREATE INDEX payments_gate ON payments (gate_id, settle_time);

CREATE TABLE timeline (
  source text NOT NULL,
  sequence bigint NOT NULL,
  trip_id text NOT NULL,
  event_kind text NOT NULL,
  event_time timestamptz NOT NULL,
  actor text NOT NULL,
  params jsonb NOT NULL,
  PRIMARY KEY (source, sequence)
);
CREATE INDEX timeline_trip ON timeline (trip_id, event_time);

CREATE TABLE out_of_turn_calls (
  gate_id text NOT NULL,
  call_time timestamptz NOT NULL
);
CREATE INDEX out_of_turn_calls_gate ON out_of_turn_calls (gate_id, call_time);
