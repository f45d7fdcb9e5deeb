-- The program for which the hub refused a workstation's attestation last; gone once one of its attestations is taken.
CREATE TABLE refused_build (
  workstation_id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  build text NOT NULL,
  build_hash text NOT NULL,
  at timestamptz NOT NULL,
  FOREIGN KEY (organisation_id, team_id, workstation_id) REFERENCES workstation (organisation_id, team_id, id)
);
--> statement-breakpoint
CREATE INDEX refused_build_organisation ON refused_build (organisation_id);
