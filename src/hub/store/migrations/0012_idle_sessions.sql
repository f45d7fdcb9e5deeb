-- When somebody last touched keyboard or mouse at the desk, as far as the desk told; from before: when the session began.
ALTER TABLE device_session ADD COLUMN active_at timestamptz;
--> statement-breakpoint
CREATE INDEX device_session_open ON device_session (organisation_id) WHERE ended_at IS NULL;
