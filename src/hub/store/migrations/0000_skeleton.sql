-- Organisations, teams and people --------------------------------------------------------------------------------

CREATE TABLE organisation (
  organisation_id uuid PRIMARY KEY,
  name text NOT NULL UNIQUE,
  -- Only a demo organisation takes builds of the demo and test flavours, and simulated desks.
  demo boolean NOT NULL,
  -- IT's public policy key: policies of this organisation are signed by it or refused.
  policy_root jsonb,
  created_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE team (
  team_id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation,
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (organisation_id, name),
  UNIQUE (organisation_id, team_id)
);
--> statement-breakpoint
CREATE TABLE person (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  name text NOT NULL,
  -- Lower case; unique over the hub, since it alone names who signs in.
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  role text NOT NULL CHECK (role IN ('advocate', 'supervisor', 'it')),
  password_hash text NOT NULL,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (organisation_id, team_id, id),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint

-- Policies: whole organisations, so the team is empty unless a policy is for one team alone ------------------------

CREATE TABLE policy (
  organisation_id uuid NOT NULL REFERENCES organisation,
  team_id uuid,
  version integer NOT NULL CHECK (version > 0),
  envelope jsonb NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organisation_id, version),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint

-- Workstations ------------------------------------------------------------------------------------------------------

CREATE TABLE workstation (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  label text NOT NULL,
  simulated boolean NOT NULL,
  key jsonb NOT NULL,
  key_thumbprint text NOT NULL UNIQUE,
  key_class text NOT NULL CHECK (key_class IN ('keychain', 'tpm')),
  machine_label text NOT NULL,
  host_label text NOT NULL,
  flavour text NOT NULL CHECK (flavour IN ('release', 'test', 'demo')),
  build text NOT NULL,
  enrolled_at timestamptz NOT NULL,
  revoked_at timestamptz,
  -- The only client run that may send requests.
  newest_boot uuid,
  UNIQUE (organisation_id, team_id, id),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE TABLE enrolment_token (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  -- SHA-256 of the token; the token itself is nowhere in the hub.
  token_hash bytea NOT NULL UNIQUE,
  label text NOT NULL,
  simulated boolean NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  workstation_id uuid REFERENCES workstation,
  CHECK (expires_at <= created_at + interval '24 hours'),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE TABLE workstation_boot (
  workstation_id uuid NOT NULL,
  boot uuid NOT NULL,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  first_seen_at timestamptz NOT NULL,
  -- Highest sequence of a proof accepted from this run; -1 before the first.
  request_seq bigint NOT NULL DEFAULT -1,
  -- Every record of this run below this sequence is stored.
  next_record_seq bigint NOT NULL DEFAULT 0,
  -- Who was signed in as of the last stored record.
  person_id uuid REFERENCES person,
  PRIMARY KEY (workstation_id, boot),
  FOREIGN KEY (organisation_id, team_id, workstation_id) REFERENCES workstation (organisation_id, team_id, id)
);
--> statement-breakpoint
CREATE TABLE desk (
  workstation_id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('starting', 'signed-out', 'shown', 'hidden')),
  reasons jsonb NOT NULL DEFAULT '[]',
  since timestamptz NOT NULL,
  person_id uuid REFERENCES person,
  policy_version integer NOT NULL DEFAULT 0,
  model text NOT NULL DEFAULT '',
  -- Worst state per area: {"camera":"pass",…}
  checks jsonb NOT NULL DEFAULT '{}',
  last_heard_at timestamptz,
  -- Set while the hub judges the device silent: the state above is then what it was, not what it is.
  silent_since timestamptz,
  FOREIGN KEY (organisation_id, team_id, workstation_id) REFERENCES workstation (organisation_id, team_id, id)
);
--> statement-breakpoint
CREATE INDEX desk_heard ON desk (last_heard_at) WHERE silent_since IS NULL;
--> statement-breakpoint
CREATE TABLE device_session (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  workstation_id uuid NOT NULL,
  person_id uuid NOT NULL REFERENCES person,
  boot uuid NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz,
  FOREIGN KEY (organisation_id, team_id, workstation_id) REFERENCES workstation (organisation_id, team_id, id)
);
--> statement-breakpoint
CREATE INDEX device_session_person ON device_session (person_id, workstation_id);
--> statement-breakpoint

-- What the workstations report --------------------------------------------------------------------------------------

CREATE TABLE record (
  workstation_id uuid NOT NULL,
  boot uuid NOT NULL,
  seq bigint NOT NULL,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  -- SHA-256 of the record's canonical JSON: tells a resend from an altered one.
  digest bytea NOT NULL,
  kind text NOT NULL,
  body jsonb NOT NULL,
  device_at timestamptz NOT NULL,
  mono_ms double precision NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (workstation_id, boot, seq),
  FOREIGN KEY (workstation_id, boot) REFERENCES workstation_boot (workstation_id, boot)
);
--> statement-breakpoint
CREATE TABLE alert (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  workstation_id uuid NOT NULL,
  person_id uuid REFERENCES person,
  rule text NOT NULL,
  severity text NOT NULL,
  hidden boolean NOT NULL,
  score double precision NOT NULL,
  people integer NOT NULL,
  model text NOT NULL,
  policy_version integer NOT NULL,
  build text NOT NULL,
  flavour text NOT NULL,
  key_class text NOT NULL,
  times_today integer NOT NULL,
  raised_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  ended_at timestamptz,
  duration_ms bigint,
  delivered_at timestamptz,
  delivered_by uuid REFERENCES person,
  acknowledged_at timestamptz,
  acknowledged_by uuid REFERENCES person,
  FOREIGN KEY (organisation_id, team_id, workstation_id) REFERENCES workstation (organisation_id, team_id, id)
);
--> statement-breakpoint
CREATE INDEX alert_open ON alert (team_id, workstation_id) WHERE acknowledged_at IS NULL;
--> statement-breakpoint
CREATE INDEX alert_recent ON alert (team_id, received_at);
--> statement-breakpoint
CREATE INDEX alert_repeats ON alert (workstation_id, rule, received_at);
--> statement-breakpoint
CREATE INDEX alert_repeats_of_person ON alert (person_id, rule, received_at);
--> statement-breakpoint
CREATE TABLE security_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation,
  team_id uuid NOT NULL REFERENCES team,
  workstation_id uuid REFERENCES workstation,
  code text NOT NULL,
  detail text NOT NULL,
  count integer NOT NULL,
  at timestamptz NOT NULL
);
--> statement-breakpoint

-- The console -------------------------------------------------------------------------------------------------------

CREATE TABLE console_session (
  -- SHA-256 of the cookie's value.
  token_hash bytea PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  person_id uuid NOT NULL,
  started_at timestamptz NOT NULL,
  used_at timestamptz NOT NULL,
  ended_at timestamptz,
  FOREIGN KEY (organisation_id, team_id, person_id) REFERENCES person (organisation_id, team_id, id)
);
--> statement-breakpoint
CREATE TABLE stream_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  -- Which row changed; what it says now is read when the event is sent.
  kind text NOT NULL CHECK (kind IN ('tile', 'alert')),
  subject uuid NOT NULL,
  at timestamptz NOT NULL,
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE INDEX stream_event_team ON stream_event (team_id, id);
