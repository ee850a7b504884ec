-- The admission table has a file of its own, admission.sqlite, which is filled by the other services when the lane next
-- reaches them.
-- To back out: run the program before this one over a copy of the file from before.
DROP TABLE trips;
DROP TABLE fees;
DROP TABLE tickets;
DROP TABLE watch_list;
DROP TABLE applied_sequences;
