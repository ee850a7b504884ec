-- Why: what each partner may see, by version, and what it was sent, as one gapless, chained sequence.
-- Back out: DROP TABLE messages, partners, agreements (only before the first message).

CREATE TABLE agreements (
  partner_id text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  title text NOT NULL,
  -- [{"event_kind": "lane.passage.completed", "fields": ["plate"]}]
  clauses jsonb NOT NULL,
  author text NOT NULL,
  reason text NOT NULL,
  create_time timestamptz NOT NULL,
  PRIMARY KEY (partner_id, version)
);

-- One row a partner: its lock orders the partner's messages.
CREATE TABLE partners (
  partner_id text PRIMARY KEY,
  last_sequence bigint NOT NULL DEFAULT 0 CHECK (last_sequence >= 0),
  last_digest text NOT NULL DEFAULT '',
  acknowledged_sequence bigint NOT NULL DEFAULT 0,
  CHECK (acknowledged_sequence BETWEEN 0 AND last_sequence)
);

CREATE TABLE messages (
  partner_id text NOT NULL REFERENCES partners,
  sequence bigint NOT NULL CHECK (sequence > 0),
  event_kind text NOT NULL,
  event_time timestamptz NOT NULL,
  agreement_version integer NOT NULL,
  -- The bytes the digest was made over, so text and not jsonb.
  payload text NOT NULL,
  digest text NOT NULL,
  PRIMARY KEY (partner_id, sequence)
);
