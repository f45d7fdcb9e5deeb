-- Requests of desks that one of their checks be waived for a while, and what became of each. Kept like every record.
CREATE TABLE break_glass (
  request uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  workstation_id uuid NOT NULL,
  -- The run of the client that asked; a grant is for it alone.
  boot uuid NOT NULL,
  -- Who was signed in at the desk by the hub's own book; null before a sign-in.
  person_id uuid REFERENCES person,
  check_name text NOT NULL,
  reason text NOT NULL,
  nonce text NOT NULL,
  asked_at timestamptz NOT NULL,
  status text NOT NULL CHECK (status IN ('asked', 'granted', 'running', 'ended', 'declined', 'closed')),
  decided_by uuid REFERENCES person,
  decided_at timestamptz,
  -- Why, in the words of who decided.
  note text,
  minutes integer CHECK (minutes BETWEEN 1 AND 60),
  -- The envelope as the approver's key signed it. The hub can make none.
  grant_text text,
  used_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  CHECK (decided_by IS DISTINCT FROM person_id OR decided_by IS NULL),
  FOREIGN KEY (organisation_id, team_id, workstation_id) REFERENCES workstation (organisation_id, team_id, id)
);
--> statement-breakpoint
CREATE INDEX break_glass_workstation ON break_glass (workstation_id, asked_at);
--> statement-breakpoint
-- What single people's desks may do otherwise, signed by IT. Handed out to the desk of that person alone.
CREATE TABLE accommodation (
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  person_id uuid NOT NULL REFERENCES person,
  name text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  envelope jsonb NOT NULL,
  expires_at timestamptz NOT NULL,
  published_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  PRIMARY KEY (organisation_id, name),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE INDEX accommodation_person ON accommodation (person_id);
