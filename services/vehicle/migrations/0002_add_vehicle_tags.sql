-- Why: a vehicle's transponder (RFID) tells a lane which vehicle it hears; one transponder is one vehicle.
-- Back out: ALTER TABLE vehicles DROP COLUMN tag_id.

-- The TID, upper case; empty when the vehicle has none.
ALTER TABLE vehicles
  ADD COLUMN tag_id text NOT NULL DEFAULT '' CHECK (tag_id ~ '^([0-9A-F]{2}){8,24}$' OR tag_id = '');
CREATE UNIQUE INDEX vehicles_tag ON vehicles (tag_id) WHERE tag_id <> '';
