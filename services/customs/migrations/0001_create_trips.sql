-- Why: trips declared once, the agencies' steps on them, and each gate's workflow as versioned data.
-- Back out: DROP TABLE crossings, trip_steps, trip_goods, trips, workflow_steps, workflows (only before the first trip).

CREATE TABLE workflows (
  workflow_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  gate_id text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('export', 'import')),
  version integer NOT NULL CHECK (version >= 1),
  author text NOT NULL,
  reason text NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT workflows_version UNIQUE (gate_id, direction, version)
);

CREATE TABLE workflow_steps (
  workflow_id bigint NOT NULL REFERENCES workflows,
  position integer NOT NULL,
  step_id text NOT NULL,
  role text NOT NULL,
  after_step_ids text[] NOT NULL,
  title_vi text NOT NULL,
  title_en text NOT NULL,
  title_zh text NOT NULL,
  regimes text[] NOT NULL,
  perishable_only boolean NOT NULL,
  PRIMARY KEY (workflow_id, position),
  UNIQUE (workflow_id, step_id)
);

CREATE TABLE trips (
  trip_id text PRIMARY KEY,
  enterprise_id text NOT NULL,
  gate_id text NOT NULL,
  route text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('export', 'import')),
  regime text NOT NULL CHECK (regime IN ('export', 'import', 'temporary_import', 'temporary_export', 'transshipment',
                                         'transit')),
  expected_arrival_time timestamptz NOT NULL,
  declaration_number text NOT NULL,
  declaration_kind text NOT NULL,
  contact_phone text NOT NULL,
  plate text NOT NULL,
  -- Normalised, with the stroke of Đ removed: what lanes and yards compare by.
  plate_key text NOT NULL,
  trailer_plate text NOT NULL,
  container_number text NOT NULL,
  seal_numbers text[] NOT NULL,
  vehicle_id text NOT NULL,
  driver_id text NOT NULL,
  growing_area_code text NOT NULL,
  packing_house_code text NOT NULL,
  certificate_number text NOT NULL,
  driver_temperature_decicelsius integer NOT NULL,
  health_declared boolean NOT NULL,
  state text NOT NULL CHECK (state IN ('declared', 'held', 'cleared', 'crossed', 'cancelled')),
  workflow_version integer NOT NULL,
  perishable boolean NOT NULL,
  declare_time timestamptz NOT NULL,
  clear_time timestamptz,
  cross_time timestamptz,
  cancel_reason text NOT NULL,
  CHECK ((state = 'crossed') = (cross_time IS NOT NULL))
);
-- One truck is on one trip at a time.
CREATE UNIQUE INDEX trips_open ON trips (plate_key) WHERE state IN ('declared', 'held', 'cleared');
CREATE INDEX trips_enterprise ON trips (enterprise_id, trip_id);
CREATE INDEX trips_gate ON trips (gate_id, trip_id);

CREATE TABLE trip_goods (
  trip_id text NOT NULL REFERENCES trips,
  position integer NOT NULL,
  hs_code text NOT NULL,
  description text NOT NULL,
  package_count integer NOT NULL,
  package_kind text NOT NULL,
  gross_mass_kg bigint NOT NULL,
  net_mass_kg bigint NOT NULL CHECK (net_mass_kg <= gross_mass_kg),
  value_minor bigint NOT NULL,
  currency_code text NOT NULL,
  origin_country_code text NOT NULL,
  PRIMARY KEY (trip_id, position)
);

CREATE TABLE trip_steps (
  trip_id text NOT NULL REFERENCES trips,
  position integer NOT NULL,
  step_id text NOT NULL,
  role text NOT NULL,
  after_step_ids text[] NOT NULL,
  state text NOT NULL CHECK (state IN ('blocked', 'open', 'confirmed', 'held')),
  acted_by text NOT NULL,
  acted_by_name text NOT NULL,
  act_time timestamptz,
  remark text NOT NULL,
  PRIMARY KEY (trip_id, position),
  UNIQUE (trip_id, step_id)
);

-- Passages as lanes reported them, each once, with the state it found the trip in: a truck that passed while its trip was
-- held or cancelled stays visible.
CREATE TABLE crossings (
  passage_id text PRIMARY KEY,
  trip_id text NOT NULL,
  lane_id text NOT NULL,
  cross_time timestamptz NOT NULL,
  found_in text CHECK (found_in IN ('declared', 'held', 'cleared', 'crossed', 'cancelled'))
);
CREATE INDEX crossings_trip ON crossings (trip_id);
