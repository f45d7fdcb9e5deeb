-- Ways by which an organisation is told of what happens, beside the console.
CREATE TABLE channel (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisation,
  -- Empty: for what happens in every team.
  team_id uuid,
  kind text NOT NULL CHECK (kind IN ('webhook', 'email')),
  name text NOT NULL,
  -- The address that events are sent to.
  target text NOT NULL,
  events jsonb NOT NULL,
  -- What a webhook's secret is derived with; the secret itself is stored nowhere.
  salt bytea NOT NULL,
  created_by uuid NOT NULL REFERENCES person,
  created_at timestamptz NOT NULL,
  retired_at timestamptz,
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE INDEX channel_organisation ON channel (organisation_id) WHERE retired_at IS NULL;
--> statement-breakpoint
-- What a channel was told last about each person: whether calls may ring for them.
CREATE TABLE told_readiness (
  channel_id uuid NOT NULL REFERENCES channel,
  person_id uuid NOT NULL REFERENCES person,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  ready boolean NOT NULL,
  workstation_id uuid,
  -- Rises by one with each word about this person.
  sequence bigint NOT NULL,
  PRIMARY KEY (channel_id, person_id),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE INDEX told_readiness_workstation ON told_readiness (workstation_id);
--> statement-breakpoint
-- What is to be sent. A row is made in the transaction of what it tells of, and is tried until it arrived or is dead.
CREATE TABLE outbox_message (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  channel_id uuid NOT NULL REFERENCES channel,
  number bigint GENERATED ALWAYS AS IDENTITY,
  event text NOT NULL,
  -- Messages of one channel about one subject go one after the other.
  subject uuid NOT NULL,
  -- The same news is not taken twice.
  once text NOT NULL,
  body text NOT NULL,
  created_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  -- Null when there is nothing more to try.
  next_try_at timestamptz,
  delivered_at timestamptz,
  dead_at timestamptz,
  -- A code or a status, never what the other side said.
  last_problem text,
  UNIQUE (channel_id, once),
  CHECK (next_try_at IS NULL OR (delivered_at IS NULL AND dead_at IS NULL)),
  CHECK (delivered_at IS NULL OR dead_at IS NULL),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE INDEX outbox_message_due ON outbox_message (next_try_at) WHERE next_try_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX outbox_message_waiting ON outbox_message (channel_id, subject, number) WHERE next_try_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX outbox_message_dead ON outbox_message (organisation_id, dead_at) WHERE dead_at IS NOT NULL;
