-- Why: who may come: enterprises, their vehicles and drivers, and the vehicles to be stopped.
-- Back out: DROP TABLE drivers, vehicles, enterprises, watch_list (only before the first registration).

CREATE TABLE enterprises (
  enterprise_id text CONSTRAINT enterprises_id PRIMARY KEY,
  name text NOT NULL,
  tax_code text NOT NULL CONSTRAINT enterprises_tax_code UNIQUE,
  address text NOT NULL,
  phone text NOT NULL,
  register_time timestamptz NOT NULL
);

CREATE TABLE vehicles (
  vehicle_id text PRIMARY KEY,
  enterprise_id text NOT NULL REFERENCES enterprises,
  kind text NOT NULL CHECK (kind IN ('truck', 'tractor', 'trailer')),
  plate text NOT NULL,
  -- Normalised, with the stroke of Đ removed: one plate is one vehicle however it is written.
  plate_key text NOT NULL CONSTRAINT vehicles_plate UNIQUE,
  vin text NOT NULL,
  axle_count integer NOT NULL,
  tare_kg integer NOT NULL,
  permitted_mass_kg integer NOT NULL CHECK (permitted_mass_kg >= tare_kg),
  permit_number text NOT NULL,
  permit_expire_date text NOT NULL,
  register_time timestamptz NOT NULL
);
-- One chassis under several plates hoards places in the queue; seen elsewhere, so refused here.
CREATE UNIQUE INDEX vehicles_vin ON vehicles (vin) WHERE vin <> '';
CREATE INDEX vehicles_enterprise ON vehicles (enterprise_id, vehicle_id);

CREATE TABLE drivers (
  driver_id text PRIMARY KEY,
  enterprise_id text NOT NULL REFERENCES enterprises,
  name text NOT NULL,
  nationality_code text NOT NULL,
  document_kind text NOT NULL CHECK (document_kind IN ('passport', 'border_pass', 'identity_card')),
  document_number text NOT NULL,
  document_expire_date text NOT NULL,
  phone text NOT NULL,
  register_time timestamptz NOT NULL,
  CONSTRAINT drivers_document UNIQUE (enterprise_id, document_kind, document_number)
);
CREATE INDEX drivers_enterprise ON drivers (enterprise_id, driver_id);

CREATE TABLE watch_list (
  watch_list_entry_id text PRIMARY KEY,
  plate text NOT NULL,
  plate_key text NOT NULL,
  cause text NOT NULL CHECK (cause IN ('stolen', 'smuggling', 'debt', 'order', 'overstay')),
  note text NOT NULL,
  added_by text NOT NULL,
  add_time timestamptz NOT NULL,
  removed_by text,
  remove_reason text,
  remove_time timestamptz
);
CREATE UNIQUE INDEX watch_list_in_force ON watch_list (plate_key) WHERE remove_time IS NULL;
