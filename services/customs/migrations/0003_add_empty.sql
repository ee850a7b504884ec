-- Why: a truck may be declared to cross empty; its weight is compared with its unladen mass at the lane.
-- Back out: ALTER TABLE trips DROP COLUMN empty (only before the first empty trip).

ALTER TABLE trips ADD COLUMN empty boolean NOT NULL DEFAULT false;
