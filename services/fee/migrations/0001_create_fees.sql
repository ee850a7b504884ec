-- Why: tariffs as dated data, one invoice a trip, payments that are never counted twice, and a double-entry ledger.
-- Back out: DROP TABLE ledger, payments, invoice_lines, invoices, unpriced_trips, tariff_coefficients, tariff_lines, tariffs
--           and the function refuse_change (only before the first invoice).

CREATE TABLE tariffs (
  tariff_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  gate_id text NOT NULL,
  version integer NOT NULL CHECK (version >= 1),
  effective_time timestamptz NOT NULL,
  source text NOT NULL,
  author text NOT NULL,
  reason text NOT NULL,
  create_time timestamptz NOT NULL,
  CONSTRAINT tariffs_version UNIQUE (gate_id, version)
);
CREATE INDEX tariffs_in_force ON tariffs (gate_id, effective_time, version);

CREATE TABLE tariff_lines (
  tariff_id bigint NOT NULL REFERENCES tariffs,
  position integer NOT NULL,
  line_id text NOT NULL,
  direction text CHECK (direction IN ('export', 'import')),
  regimes text[] NOT NULL,
  perishable_only boolean NOT NULL,
  gross_mass_from_kg bigint NOT NULL,
  gross_mass_below_kg bigint NOT NULL,
  container_only boolean NOT NULL,
  amount_dong bigint NOT NULL CHECK (amount_dong >= 0),
  title_vi text NOT NULL,
  PRIMARY KEY (tariff_id, position)
);

CREATE TABLE tariff_coefficients (
  tariff_id bigint NOT NULL REFERENCES tariffs,
  position integer NOT NULL,
  coefficient_id text NOT NULL,
  direction text CHECK (direction IN ('export', 'import')),
  regimes text[] NOT NULL,
  hs_chapters text[] NOT NULL,
  permille bigint NOT NULL CHECK (permille >= 1),
  title_vi text NOT NULL,
  PRIMARY KEY (tariff_id, position)
);

-- Declared trips that no tariff could price yet; they get their invoice when one is put.
CREATE TABLE unpriced_trips (
  trip_id text PRIMARY KEY,
  enterprise_id text NOT NULL,
  gate_id text NOT NULL,
  direction text NOT NULL CHECK (direction IN ('export', 'import')),
  regime text NOT NULL,
  hs_codes text[] NOT NULL,
  gross_mass_kg bigint NOT NULL,
  has_container boolean NOT NULL,
  declare_time timestamptz NOT NULL
);
CREATE INDEX unpriced_trips_gate ON unpriced_trips (gate_id, trip_id);

CREATE TABLE invoices (
  invoice_id text PRIMARY KEY,
  trip_id text NOT NULL CONSTRAINT invoices_trip UNIQUE,
  enterprise_id text NOT NULL,
  gate_id text NOT NULL,
  amount_dong bigint NOT NULL CHECK (amount_dong >= 0),
  paid_dong bigint NOT NULL,
  refund_dong bigint NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'paid', 'exempted', 'void')),
  tariff_version integer NOT NULL,
  issue_time timestamptz NOT NULL,
  settle_time timestamptz,
  exempt_reason text NOT NULL,
  -- Money is applied whole or not at all, and owed back only when the invoice is void.
  CHECK (paid_dong IN (0, amount_dong)),
  CHECK (state <> 'paid' OR paid_dong = amount_dong),
  CHECK (state NOT IN ('open', 'exempted') OR paid_dong = 0),
  CHECK (refund_dong = CASE WHEN state = 'void' THEN paid_dong ELSE 0 END),
  CHECK (state = 'void' OR (settle_time IS NULL) = (state = 'open')),
  CHECK (state <> 'exempted' OR exempt_reason <> '')
);
CREATE INDEX invoices_enterprise ON invoices (enterprise_id, invoice_id);
CREATE INDEX invoices_gate ON invoices (gate_id, invoice_id);

CREATE TABLE invoice_lines (
  invoice_id text NOT NULL REFERENCES invoices,
  position integer NOT NULL,
  code text NOT NULL,
  title_vi text NOT NULL,
  permille bigint NOT NULL,
  amount_dong bigint NOT NULL,
  PRIMARY KEY (invoice_id, position)
);

CREATE TABLE payments (
  payment_id text PRIMARY KEY,
  -- As the payer named it: perhaps no invoice of ours.
  invoice_id text NOT NULL,
  bank_id text NOT NULL,
  bank_reference text NOT NULL,
  amount_dong bigint NOT NULL CHECK (amount_dong >= 1),
  state text NOT NULL CHECK (state IN ('applied', 'suspense')),
  book_time timestamptz NOT NULL,
  receive_time timestamptz NOT NULL,
  -- One reference of a bank is one payment for ever.
  CONSTRAINT payments_reference UNIQUE (bank_id, bank_reference)
);
-- One invoice is paid once.
CREATE UNIQUE INDEX payments_applied ON payments (invoice_id) WHERE state = 'applied';

-- Each row moves an amount between two accounts, so the accounts sum to zero whatever happens.
CREATE TABLE ledger (
  transfer_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('issued', 'paid', 'suspended', 'exempted', 'voided', 'reinstated')),
  debit text NOT NULL CHECK (debit IN ('receivable', 'revenue', 'bank', 'suspense', 'exempted', 'voided', 'refundable')),
  credit text NOT NULL CHECK (credit IN ('receivable', 'revenue', 'bank', 'suspense', 'exempted', 'voided', 'refundable')),
  amount_dong bigint NOT NULL CHECK (amount_dong >= 1),
  invoice_id text REFERENCES invoices,
  payment_id text REFERENCES payments,
  transfer_time timestamptz NOT NULL,
  CHECK (debit <> credit),
  CHECK ((kind = 'suspended') = (invoice_id IS NULL)),
  CHECK ((kind IN ('paid', 'suspended')) = (payment_id IS NOT NULL))
);
CREATE UNIQUE INDEX ledger_issued ON ledger (invoice_id) WHERE kind = 'issued';
CREATE UNIQUE INDEX ledger_payment ON ledger (payment_id) WHERE payment_id IS NOT NULL;
CREATE INDEX ledger_invoice ON ledger (invoice_id);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the ledger is only ever added to';
END $$;
CREATE TRIGGER ledger_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
