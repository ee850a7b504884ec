-- What a vehicle weighed when it was let in, and how far from its unladen mass a rule lets an empty truck be.
-- To back out: ALTER TABLE openings DROP COLUMN weight_kg; ALTER TABLE rules DROP COLUMN weight_tolerance_kg.
ALTER TABLE openings ADD COLUMN weight_kg INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rules ADD COLUMN weight_tolerance_kg INTEGER NOT NULL DEFAULT 0;
