-- The place of this file in the sequence of its commits, for a standby that follows it. One row, written with every commit once
-- a standby is configured.
-- To back out: DROP TABLE commits.
CREATE TABLE commits (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  number INTEGER NOT NULL,
  commit_id BLOB NOT NULL CHECK (length(commit_id) = 16)
) STRICT;
