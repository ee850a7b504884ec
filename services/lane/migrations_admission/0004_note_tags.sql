-- The transponders of registered vehicles. Everything vehicle has told is told again, because the runs before did not keep
-- them.
-- To back out: delete the file; everything comes back from the other services.
ALTER TABLE vehicles ADD COLUMN plate TEXT NOT NULL DEFAULT '';
ALTER TABLE vehicles ADD COLUMN tag_id TEXT NOT NULL DEFAULT '';
CREATE INDEX vehicles_by_tag ON vehicles (tag_id) WHERE tag_id <> '';
UPDATE applied_sequences SET sequence = 0 WHERE source = 'vehicle';
