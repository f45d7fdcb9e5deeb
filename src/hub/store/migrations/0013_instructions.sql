-- What somebody at the console asked of a desk, and what the desk said that it made of it. Kept like every record.
CREATE TABLE instruction (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  workstation_id uuid NOT NULL,
  -- The run of the client that it is for: what waits for one is nothing to the next.
  boot uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('lock', 'unlock', 'message', 'end-session', 'check')),
  text text,
  asked_by uuid NOT NULL REFERENCES person,
  asked_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  outcome text CHECK (outcome IN ('done', 'not-allowed', 'nobody-here')),
  confirmed_at timestamptz,
  CHECK ((outcome IS NULL) = (confirmed_at IS NULL)),
  CHECK ((kind = 'message') = (text IS NOT NULL)),
  FOREIGN KEY (organisation_id, team_id, workstation_id) REFERENCES workstation (organisation_id, team_id, id)
);
--> statement-breakpoint
CREATE INDEX instruction_workstation ON instruction (workstation_id, asked_at);
