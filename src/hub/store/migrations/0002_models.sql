-- Models that IT signed, for whole organisations like policies. The files lie here too, in pieces: one store to back
-- up, one transaction for a manifest and all its bytes, and whoever can publish needs nothing but the database.

CREATE TABLE model (
  organisation_id uuid NOT NULL REFERENCES organisation,
  team_id uuid,
  name text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  envelope jsonb NOT NULL,
  published_at timestamptz NOT NULL DEFAULT now(),
  -- A withdrawn version is handed to nobody any more. Its row stays, so that its number is never used again.
  withdrawn_at timestamptz,
  PRIMARY KEY (organisation_id, name, version),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
-- Which files a version that is handed out needs.
CREATE TABLE model_file (
  organisation_id uuid NOT NULL,
  team_id uuid,
  name text NOT NULL,
  version integer NOT NULL,
  path text NOT NULL,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  bytes integer NOT NULL CHECK (bytes > 0),
  PRIMARY KEY (organisation_id, name, version, path),
  FOREIGN KEY (organisation_id, name, version) REFERENCES model (organisation_id, name, version),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE INDEX model_file_hash ON model_file (organisation_id, sha256);
--> statement-breakpoint
-- The bytes themselves, by their hash: versions that share a file store it once.
CREATE TABLE model_piece (
  organisation_id uuid NOT NULL REFERENCES organisation,
  team_id uuid,
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  piece integer NOT NULL CHECK (piece >= 0),
  data bytea NOT NULL CHECK (octet_length(data) BETWEEN 1 AND 131072),
  PRIMARY KEY (organisation_id, sha256, piece),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
