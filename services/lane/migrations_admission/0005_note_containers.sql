-- The container that a trip declares: empty when none. NULL, of a trip that was told before: not known, and compared with nothing until
-- customs tells of the trip again. Telling everything again would show each trip for a moment as it once was: cleared, and not yet held.
-- To back out: delete the file; everything comes back from the other services.
ALTER TABLE trips ADD COLUMN container_number TEXT;
