-- Whether a free loop of a lane means that nobody is there. A loop detector that was without power does not see who stood on it.
-- To back out: DROP TABLE loops.
CREATE TABLE loops (
  lane_id TEXT PRIMARY KEY,
  proved INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
