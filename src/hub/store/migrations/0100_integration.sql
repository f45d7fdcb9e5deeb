-- Keys of the integration API: for an organisation as a whole. What is stored of one is its hash.
CREATE TABLE integration_key (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation,
  team_id uuid,
  name text NOT NULL,
  key_hash bytea NOT NULL UNIQUE,
  -- The first signs of the key, so that people can tell which one it is.
  hint text NOT NULL,
  scopes jsonb NOT NULL,
  created_by uuid NOT NULL REFERENCES person,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  used_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid REFERENCES person,
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id),
  CHECK ((revoked_at IS NULL) = (revoked_by IS NULL))
);
--> statement-breakpoint
CREATE INDEX integration_key_organisation ON integration_key (organisation_id);
--> statement-breakpoint
-- What a person does in telephony now, as it was told last.
CREATE TABLE call_state (
  person_id uuid PRIMARY KEY REFERENCES person,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  state text NOT NULL CHECK
    (state IN ('available', 'ringing', 'on-call', 'on-hold', 'wrap-up', 'not-ready', 'signed-out')),
  since timestamptz NOT NULL,
  told_at timestamptz NOT NULL,
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE TABLE call_figures (
  person_id uuid NOT NULL REFERENCES person,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  day date NOT NULL,
  calls integer NOT NULL CHECK (calls >= 0),
  talk_s integer NOT NULL CHECK (talk_s >= 0),
  hold_s integer NOT NULL CHECK (hold_s >= 0),
  wrap_up_s integer NOT NULL CHECK (wrap_up_s >= 0),
  -- Share of the planned time that was kept to, 0 to 1; null where nobody told.
  adherence double precision CHECK (adherence BETWEEN 0 AND 1),
  told_at timestamptz NOT NULL,
  PRIMARY KEY (person_id, day),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE TABLE shift (
  person_id uuid NOT NULL REFERENCES person,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
  PRIMARY KEY (person_id, starts_at),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE TABLE certification (
  person_id uuid NOT NULL REFERENCES person,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  name text NOT NULL,
  -- Empty where it is for no state in particular.
  state text NOT NULL,
  expires_on date NOT NULL,
  told_at timestamptz NOT NULL,
  PRIMARY KEY (person_id, name, state),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
