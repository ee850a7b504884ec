-- Why: where trucks wait and whose turn it is: yards, the published rule as versioned data, tickets, and the chain of
--      everything that made the order.
-- Back out: DROP TABLE order_log, tickets, trips, holding_plans, yards, gates and the functions count_ahead, refuse_change (only before
--           the first check-in).

-- One row a gate: what it counts, and the lock under which its order changes.
CREATE TABLE gates (
  gate_id text PRIMARY KEY,
  last_number bigint NOT NULL CHECK (last_number >= 0),
  calls_made bigint NOT NULL CHECK (calls_made >= 0),
  log_position bigint NOT NULL CHECK (log_position >= 0),
  log_digest bytea NOT NULL CHECK (length(log_digest) = 32)
);

CREATE TABLE yards (
  yard_id text PRIMARY KEY,
  gate_id text NOT NULL,
  title text NOT NULL,
  slot_count integer NOT NULL,
  occupied_count integer NOT NULL DEFAULT 0,
  -- Never more trucks than slots, never less than none, whoever comes at the same time.
  CONSTRAINT yards_capacity CHECK (occupied_count BETWEEN 0 AND slot_count)
);

CREATE TABLE holding_plans (
  plan_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  gate_id text NOT NULL,
  version integer NOT NULL CHECK (version >= 1),
  called_max integer NOT NULL CHECK (called_max >= 1),
  call_valid_s integer NOT NULL CHECK (call_valid_s >= 1),
  perishable_of_ten integer NOT NULL CHECK (perishable_of_ten BETWEEN 0 AND 9),
  cleared_only boolean NOT NULL,
  fee_settled_only boolean NOT NULL,
  author text NOT NULL,
  reason text NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT holding_plans_version UNIQUE (gate_id, version)
);

-- What customs, fee and lane told of a trip. Whoever tells first makes the row; a trip is known once customs told.
CREATE TABLE trips (
  trip_id text PRIMARY KEY,
  is_known boolean NOT NULL DEFAULT false,
  enterprise_id text NOT NULL DEFAULT '',
  gate_id text NOT NULL DEFAULT '',
  plate_key text NOT NULL DEFAULT '',
  perishable boolean NOT NULL DEFAULT false,
  state text NOT NULL DEFAULT 'declared' CHECK (state IN ('declared', 'held', 'cleared', 'crossed', 'cancelled')),
  fee_settled boolean NOT NULL DEFAULT false
);
CREATE INDEX trips_expected ON trips (gate_id, plate_key) WHERE state IN ('declared', 'held', 'cleared');

CREATE TABLE tickets (
  ticket_id text PRIMARY KEY,
  trip_id text NOT NULL REFERENCES trips,
  yard_id text NOT NULL REFERENCES yards,
  gate_id text NOT NULL,
  enterprise_id text NOT NULL,
  -- The place in the order. A call that ran out gives the next one; none is used twice.
  number bigint NOT NULL CHECK (number >= 1),
  state text NOT NULL CHECK (state IN ('waiting', 'called', 'passed', 'closed')),
  wait text CHECK (wait IN ('turn', 'steps', 'held', 'fee')),
  perishable boolean NOT NULL,
  check_in_time timestamptz NOT NULL,
  call_time timestamptz,
  call_expire_time timestamptz,
  pass_time timestamptz,
  call_count integer NOT NULL CHECK (call_count >= 0),
  missed_count integer NOT NULL CHECK (missed_count BETWEEN 0 AND call_count),
  CONSTRAINT tickets_number UNIQUE (gate_id, number),
  CHECK ((state = 'waiting') = (wait IS NOT NULL)),
  CHECK ((state = 'passed') = (pass_time IS NOT NULL)),
  CHECK (state <> 'called' OR call_expire_time IS NOT NULL)
);
-- A truck stands in the order once.
CREATE UNIQUE INDEX tickets_open ON tickets (trip_id) WHERE state IN ('waiting', 'called');
CREATE INDEX tickets_trip ON tickets (trip_id, number);
CREATE INDEX tickets_waiting ON tickets (gate_id, number) WHERE state = 'waiting';
CREATE INDEX tickets_ready ON tickets (gate_id, perishable, number) WHERE wait = 'turn';
CREATE INDEX tickets_called ON tickets (call_expire_time) WHERE state = 'called';

-- A ticket's place: tickets of its gate that wait before it; 0 when it does not wait.
CREATE FUNCTION count_ahead(ticket tickets) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT count(*) FROM tickets
  WHERE ticket.state = 'waiting' AND gate_id = ticket.gate_id AND state = 'waiting' AND number < ticket.number
$$;

CREATE TABLE order_log (
  gate_id text NOT NULL,
  position bigint NOT NULL CHECK (position >= 1),
  entry_time timestamptz NOT NULL,
  kind text NOT NULL CHECK (kind IN ('plan', 'check_in', 'wait', 'call', 'out_of_turn', 'expire', 'pass', 'close')),
  ticket_id text NOT NULL,
  number bigint NOT NULL,
  details text NOT NULL,
  actor text NOT NULL,
  actor_name text NOT NULL,
  reason text NOT NULL,
  digest bytea NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (gate_id, position),
  -- Nobody overtakes without a name and a reason.
  CHECK (kind NOT IN ('out_of_turn', 'close') OR (reason <> '' AND actor <> ''))
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the order log is only ever added to';
END $$;
CREATE TRIGGER order_log_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON order_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
