-- Ways to sign in to the console beside a password, what wrong tries cost, and which session is which.

-- Roles that need a second factor; none unless IT says so.
ALTER TABLE organisation ADD COLUMN second_factor_roles jsonb NOT NULL DEFAULT '[]';
--> statement-breakpoint
ALTER TABLE console_session
  -- Names the session to its person; the cookie's value is not told again.
  ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  ADD COLUMN method text NOT NULL DEFAULT 'password'
    CHECK (method IN ('password', 'code', 'recovery-code', 'passkey', 'provider')),
  -- Whether more than one factor was shown in it.
  ADD COLUMN strong boolean NOT NULL DEFAULT false,
  -- What the browser says of itself, cut short.
  ADD COLUMN browser text NOT NULL DEFAULT '';
--> statement-breakpoint
CREATE INDEX console_session_person ON console_session (person_id) WHERE ended_at IS NULL;
--> statement-breakpoint
-- The secret of an authenticator app, sealed with a key that is not in the database.
CREATE TABLE person_totp (
  person_id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  secret bytea NOT NULL,
  made_at timestamptz NOT NULL,
  -- Null until one code showed that the app has the secret.
  confirmed_at timestamptz,
  -- The newest time step of which a code was taken: none of it or of an earlier one is taken again.
  last_step bigint NOT NULL DEFAULT -1,
  FOREIGN KEY (organisation_id, team_id, person_id) REFERENCES person (organisation_id, team_id, id)
);
--> statement-breakpoint
CREATE TABLE recovery_code (
  person_id uuid NOT NULL,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  -- SHA-256 of a code of 80 random bits.
  code_hash bytea NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (person_id, code_hash),
  FOREIGN KEY (organisation_id, team_id, person_id) REFERENCES person (organisation_id, team_id, id)
);
--> statement-breakpoint
-- Wrong tries in a row: from browsers in which this person signed in before, and from all others.
CREATE TABLE sign_in_tries (
  person_id uuid NOT NULL,
  side text NOT NULL CHECK (side IN ('known', 'stranger')),
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  failures integer NOT NULL,
  last_at timestamptz NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (person_id, side),
  FOREIGN KEY (organisation_id, team_id, person_id) REFERENCES person (organisation_id, team_id, id)
);
--> statement-breakpoint
CREATE TABLE passkey (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  person_id uuid NOT NULL,
  credential text NOT NULL UNIQUE,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports jsonb NOT NULL DEFAULT '[]',
  name text NOT NULL,
  made_at timestamptz NOT NULL,
  used_at timestamptz,
  FOREIGN KEY (organisation_id, team_id, person_id) REFERENCES person (organisation_id, team_id, id)
);
--> statement-breakpoint
CREATE INDEX passkey_person ON passkey (person_id);
--> statement-breakpoint
-- Who a provider's subject is here, noted when a verified e-mail matched for the first time.
CREATE TABLE provider_identity (
  issuer text NOT NULL,
  subject text NOT NULL,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  person_id uuid NOT NULL,
  linked_at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, issuer, subject),
  UNIQUE (person_id, issuer),
  FOREIGN KEY (organisation_id, team_id, person_id) REFERENCES person (organisation_id, team_id, id)
);
--> statement-breakpoint
-- Sign-ins by a provider that were refused, counted by the hour: who is not let in can make few rows.
CREATE TABLE sign_in_refusal (
  organisation_id uuid NOT NULL REFERENCES organisation,
  -- Null with the person: somebody whom the provider knows and this hub does not.
  team_id uuid,
  person_id uuid,
  provider text NOT NULL,
  -- A code, such as `email-unverified`.
  why text NOT NULL,
  hour timestamptz NOT NULL,
  times integer NOT NULL DEFAULT 1,
  last_at timestamptz NOT NULL,
  FOREIGN KEY (organisation_id, team_id, person_id) REFERENCES person (organisation_id, team_id, id),
  UNIQUE NULLS NOT DISTINCT (organisation_id, hour, provider, why, person_id)
);
