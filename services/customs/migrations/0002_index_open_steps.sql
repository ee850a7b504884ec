-- Why: an agency's list of work asks for the few open steps of its role among the steps of all trips.
-- Back out: DROP INDEX trip_steps_open.

CREATE INDEX trip_steps_open ON trip_steps (role, trip_id) WHERE state = 'open';
