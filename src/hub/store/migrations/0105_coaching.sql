-- Filters of reports that somebody saved under a name: theirs alone.
CREATE TABLE saved_filter (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  person_id uuid NOT NULL,
  name text NOT NULL,
  filter jsonb NOT NULL,
  made_at timestamptz NOT NULL,
  FOREIGN KEY (organisation_id, team_id, person_id) REFERENCES person (organisation_id, team_id, id)
);
--> statement-breakpoint
CREATE UNIQUE INDEX saved_filter_name ON saved_filter (person_id, lower(name));
--> statement-breakpoint
-- Who took a build off the list at the console; null: the command line did, or nobody.
ALTER TABLE allowed_build ADD COLUMN withdrawn_by uuid REFERENCES person;
--> statement-breakpoint
-- Names a link to its person; the provider's subject is not told again.
ALTER TABLE provider_identity ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;
--> statement-breakpoint
-- When the provider last said that it asked for more than one factor: then it is a factor of the person's.
ALTER TABLE provider_identity ADD COLUMN strong_at timestamptz;
