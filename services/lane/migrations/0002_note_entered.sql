-- Whether the vehicle of an opening has gone under the arm: with the arm up, a restart must tell it from the next one.
-- To back out: ALTER TABLE openings DROP COLUMN entered.
ALTER TABLE openings ADD COLUMN entered INTEGER NOT NULL DEFAULT 0;
