-- Opening hours, permits and the stay of guests: parts of a rule, the last crossing of each vehicle, and a way to the decisions
-- of a day.
-- To back out: DROP TABLE crossings; DROP INDEX decisions_by_time; the columns of rules may stay.
ALTER TABLE rules ADD COLUMN permit_required INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rules ADD COLUMN stay_max_h INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rules ADD COLUMN opening_hours TEXT NOT NULL DEFAULT '';
CREATE TABLE crossings (
  plate_key TEXT PRIMARY KEY,
  direction INTEGER NOT NULL,
  leave_us INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_by_time ON journal (time_us) WHERE kind = 'decision.made';
