-- Why: who can be asking: people, API clients, devices, the sessions and tokens they hold, and the tries that failed.
-- Back out: DROP TABLE tries, sessions, devices, api_clients, persons (only before the first account).

CREATE TABLE persons (
  person_id text PRIMARY KEY,
  -- Lower case; ordered by its bytes, so that pages are the same under every locale.
  sign_in_name text COLLATE "C" NOT NULL CONSTRAINT persons_sign_in_name UNIQUE,
  display_name text NOT NULL,
  password_hash text NOT NULL,
  roles text[] NOT NULL CHECK (cardinality(roles) > 0 AND roles <@ ARRAY[
    'enterprise', 'border_guard', 'customs', 'quarantine', 'health', 'fee_collector', 'traffic_police', 'yard_operator',
    'management_centre', 'auditor', 'administrator']),
  -- Empty for officers.
  enterprise_id text NOT NULL,
  -- Empty: all.
  gate_ids text[] NOT NULL,
  disable_time timestamptz,
  create_time timestamptz NOT NULL,
  -- Whoever works for an enterprise holds no officer's role, and nobody else is an enterprise.
  CONSTRAINT persons_enterprise CHECK ((enterprise_id <> '') = ('enterprise' = ANY (roles))
    AND (enterprise_id = '' OR cardinality(roles) = 1)),
  -- Who gives roles away approves nothing.
  CONSTRAINT persons_administrator CHECK (NOT 'administrator' = ANY (roles) OR roles <@ ARRAY['administrator', 'auditor'])
);
CREATE INDEX persons_administrators ON persons (person_id) WHERE 'administrator' = ANY (roles);

CREATE TABLE api_clients (
  api_client_id text PRIMARY KEY,
  title text NOT NULL,
  enterprise_id text NOT NULL,
  partner_id text NOT NULL,
  -- SHA-256.
  secret_digest bytea NOT NULL CHECK (octet_length(secret_digest) = 32),
  create_time timestamptz NOT NULL,
  revoke_time timestamptz,
  last_used_time timestamptz,
  CONSTRAINT api_clients_owner CHECK ((enterprise_id = '') <> (partner_id = ''))
);
CREATE INDEX api_clients_enterprise ON api_clients (enterprise_id, api_client_id);

CREATE TABLE devices (
  device_id text PRIMARY KEY,
  title text NOT NULL,
  gate_id text NOT NULL CHECK (gate_id <> ''),
  create_time timestamptz NOT NULL,
  revoke_time timestamptz
);

-- A session that has ended is not here any more.
CREATE TABLE sessions (
  session_id text PRIMARY KEY,
  -- SHA-256.
  token_digest bytea NOT NULL CONSTRAINT sessions_token UNIQUE CHECK (octet_length(token_digest) = 32),
  subject_kind text NOT NULL CHECK (subject_kind IN ('person', 'api_client', 'device')),
  subject_id text NOT NULL,
  create_time timestamptz NOT NULL,
  last_used_time timestamptz NOT NULL,
  -- Null for devices: until revoked.
  expire_time timestamptz,
  last_expire_time timestamptz,
  CHECK ((subject_kind = 'device') = (expire_time IS NULL)),
  CHECK ((expire_time IS NULL) = (last_expire_time IS NULL) AND expire_time <= last_expire_time)
);
CREATE INDEX sessions_subject ON sessions (subject_id, session_id);
CREATE INDEX sessions_expire_time ON sessions (expire_time);

-- Tries that have not succeeded, for as long as they count.
CREATE TABLE tries (
  try_id text PRIMARY KEY,
  -- SHA-256 of what was tried: what people type is not kept.
  name_digest bytea NOT NULL CHECK (octet_length(name_digest) = 32),
  try_time timestamptz NOT NULL
);
CREATE INDEX tries_name ON tries (name_digest, try_time);
CREATE INDEX tries_try_time ON tries (try_time);
