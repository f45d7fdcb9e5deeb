-- Roles at the console: leads are over supervisors; compliance and auditors look over everybody's shoulder.
ALTER TABLE person DROP CONSTRAINT person_role_check;
--> statement-breakpoint
ALTER TABLE person ADD CONSTRAINT person_role_check
  CHECK (role IN ('advocate', 'supervisor', 'lead', 'it', 'compliance', 'auditor'));
--> statement-breakpoint
-- Who saw which alert: one row for each alert in each answer of the console's API, written before the answer leaves.
CREATE TABLE alert_read (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  person_id uuid NOT NULL REFERENCES person,
  alert_id uuid NOT NULL REFERENCES alert,
  through text NOT NULL CHECK (through IN ('board', 'stream', 'list', 'detail')),
  at timestamptz NOT NULL,
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE INDEX alert_read_alert ON alert_read (alert_id, id);
--> statement-breakpoint
CREATE INDEX alert_read_person ON alert_read (person_id, at);
--> statement-breakpoint
-- What people did at the console, and what was refused to them.
CREATE TABLE audit_act (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  person_id uuid NOT NULL REFERENCES person,
  act text NOT NULL,
  -- The row that it was done to, where there is one.
  subject uuid,
  detail text NOT NULL,
  at timestamptz NOT NULL,
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE INDEX audit_act_subject ON audit_act (subject) WHERE subject IS NOT NULL;
--> statement-breakpoint
CREATE INDEX audit_act_at ON audit_act (organisation_id, at);
