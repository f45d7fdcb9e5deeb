-- What IT signed about whose signatures count, and about what is the newest. The hub stores and hands out; the devices
-- check. Roots are never removed: a desk that was away for long follows them one by one.
CREATE TABLE trust_root (
  organisation_id uuid NOT NULL REFERENCES organisation,
  team_id uuid,
  version integer NOT NULL CHECK (version > 0),
  envelope jsonb NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organisation_id, version),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE TABLE trust_snapshot (
  organisation_id uuid NOT NULL REFERENCES organisation,
  team_id uuid,
  version integer NOT NULL CHECK (version > 0),
  -- The policy that it names, for replies to every heartbeat.
  policy_version integer NOT NULL CHECK (policy_version > 0),
  envelope jsonb NOT NULL,
  -- Set when a root came whose keys did not sign it.
  disowned_at timestamptz,
  published_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organisation_id, version),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
-- Likewise for policies and models: what the newest root does not vouch for is handed out no more.
ALTER TABLE policy ADD COLUMN disowned_at timestamptz;
--> statement-breakpoint
ALTER TABLE model ADD COLUMN disowned_at timestamptz;
