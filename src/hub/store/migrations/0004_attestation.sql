-- Enrolment: a ticket is for one person, and so is the workstation it makes. Tickets and workstations from before, and
-- shared ones, are for anybody of their organisation.
ALTER TABLE enrolment_token ADD COLUMN person_id uuid REFERENCES person;
--> statement-breakpoint
ALTER TABLE workstation ADD COLUMN person_id uuid REFERENCES person;
--> statement-breakpoint

-- Copies: when the hub saw two programs speak with one key, nobody speaks with it until IT has looked.
ALTER TABLE workstation ADD COLUMN quarantined_at timestamptz;
--> statement-breakpoint
ALTER TABLE workstation ADD COLUMN quarantine_reason text
  CHECK (quarantine_reason IN ('two-runs', 'sequence-regressed'));
--> statement-breakpoint
-- When, by the device's own clock (seconds since 1970), the first and the newest accepted proof of a run were signed.
-- What was signed before them is late; what was signed after them, and does not fit, is somebody else's.
ALTER TABLE workstation_boot ADD COLUMN first_signed_at bigint;
--> statement-breakpoint
ALTER TABLE workstation_boot ADD COLUMN last_signed_at bigint;
--> statement-breakpoint

-- Attestation. Organisations that were there before only report, because their desks may run an older client.
ALTER TABLE organisation ADD COLUMN attestation text NOT NULL DEFAULT 'report'
  CHECK (attestation IN ('report', 'require'));
--> statement-breakpoint
-- Which programs an organisation takes: the SHA-256 over all their files.
CREATE TABLE allowed_build (
  organisation_id uuid NOT NULL REFERENCES organisation,
  team_id uuid,
  build_hash text NOT NULL CHECK (build_hash ~ '^[0-9a-f]{64}$'),
  label text NOT NULL,
  allowed_at timestamptz NOT NULL,
  withdrawn_at timestamptz,
  PRIMARY KEY (organisation_id, build_hash),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
-- Makers of TPMs whose endorsement certificates an organisation takes.
CREATE TABLE tpm_authority (
  organisation_id uuid NOT NULL REFERENCES organisation,
  team_id uuid,
  certificate_hash text NOT NULL CHECK (certificate_hash ~ '^[0-9a-f]{64}$'),
  certificate text NOT NULL,
  trusted_at timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, certificate_hash),
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE TABLE attestation_nonce (
  -- SHA-256 of the nonce. The row is deleted when it is used: that is what makes it single use.
  nonce_hash bytea PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  workstation_id uuid NOT NULL,
  boot uuid NOT NULL,
  expires_at timestamptz NOT NULL,
  FOREIGN KEY (organisation_id, team_id, workstation_id) REFERENCES workstation (organisation_id, team_id, id)
);
--> statement-breakpoint
CREATE INDEX attestation_nonce_workstation ON attestation_nonce (workstation_id);
--> statement-breakpoint
CREATE TABLE attestation (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  workstation_id uuid NOT NULL,
  boot uuid NOT NULL,
  person_id uuid REFERENCES person,
  -- Records of the run from this sequence on were made under it.
  record_seq bigint NOT NULL,
  build text NOT NULL,
  build_hash text NOT NULL,
  build_allowed boolean NOT NULL,
  flavour text NOT NULL,
  policy_version integer NOT NULL,
  model text NOT NULL,
  model_hash text,
  threshold_hash text,
  posture_hash text NOT NULL,
  key_class text NOT NULL CHECK (key_class IN ('keychain', 'tpm')),
  -- SHA-256 over the boot measurements that the TPM signed; null without a TPM.
  pcr_hash text,
  -- The statement as it was signed.
  statement text NOT NULL,
  at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  FOREIGN KEY (organisation_id, team_id, workstation_id) REFERENCES workstation (organisation_id, team_id, id)
);
--> statement-breakpoint
CREATE INDEX attestation_run ON attestation (workstation_id, boot, record_seq);
--> statement-breakpoint
CREATE INDEX attestation_age ON attestation (at);
--> statement-breakpoint
ALTER TABLE alert ADD COLUMN attestation_id uuid REFERENCES attestation;
--> statement-breakpoint
CREATE INDEX alert_attestation ON alert (attestation_id) WHERE attestation_id IS NOT NULL;
--> statement-breakpoint
-- The attestation that the newest snapshot of a desk came with; null when it came with none that was still good.
ALTER TABLE desk ADD COLUMN attestation_id uuid REFERENCES attestation;
--> statement-breakpoint

-- TPM: what a workstation's module was found to be at its enrolment, and the challenges of enrolments under way.
ALTER TABLE workstation ADD COLUMN tpm jsonb;
--> statement-breakpoint
CREATE TABLE tpm_activation (
  id uuid PRIMARY KEY,
  organisation_id uuid NOT NULL,
  team_id uuid NOT NULL,
  token_id uuid NOT NULL REFERENCES enrolment_token,
  key_thumbprint text NOT NULL,
  -- SHA-256 of what only the TPM with the endorsement key can uncover.
  secret_hash bytea NOT NULL,
  tpm jsonb NOT NULL,
  expires_at timestamptz NOT NULL,
  FOREIGN KEY (organisation_id, team_id) REFERENCES team (organisation_id, team_id)
);
--> statement-breakpoint
CREATE INDEX tpm_activation_token ON tpm_activation (token_id);
