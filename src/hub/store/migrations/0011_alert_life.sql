-- What people make of an alert. Times are the hub's; what is due stands here, so that a hub that starts again knows it.
ALTER TABLE alert
  ADD COLUMN escalated_to_lead_at timestamptz,
  ADD COLUMN escalated_to_on_call_at timestamptz,
  -- When silence calls the next. Alerts from before are passed on to nobody.
  ADD COLUMN escalate_at timestamptz,
  ADD COLUMN verdict text CHECK (verdict IN ('agreed', 'false-alarm')),
  ADD COLUMN verdict_reason text,
  ADD COLUMN verdict_note text,
  ADD COLUMN decided_at timestamptz,
  ADD COLUMN decided_by uuid REFERENCES person,
  ADD COLUMN appeal_until timestamptz,
  -- What the person whom it is about says against the decision, in their own words.
  ADD COLUMN appeal_statement text,
  ADD COLUMN appealed_at timestamptz,
  ADD COLUMN appeal_due_at timestamptz,
  ADD COLUMN appeal_upheld boolean,
  ADD COLUMN appeal_note text,
  ADD COLUMN appeal_answered_at timestamptz,
  ADD COLUMN appeal_answered_by uuid REFERENCES person,
  ADD COLUMN closed_at timestamptz,
  ADD CONSTRAINT alert_decision CHECK ((verdict IS NULL) = (decided_at IS NULL) AND (verdict IS NULL) = (decided_by IS NULL)),
  ADD CONSTRAINT alert_appeal CHECK (appealed_at IS NULL OR (verdict IS NOT NULL AND appeal_statement IS NOT NULL)),
  -- Nobody answers an appeal against their own decision.
  ADD CONSTRAINT alert_appeal_answer CHECK (appeal_answered_by IS NULL OR appeal_answered_by <> decided_by);
--> statement-breakpoint
CREATE INDEX alert_escalate ON alert (escalate_at) WHERE escalate_at IS NOT NULL;
--> statement-breakpoint
CREATE INDEX alert_appeal_until ON alert (appeal_until)
  WHERE appeal_until IS NOT NULL AND closed_at IS NULL AND appealed_at IS NULL;
--> statement-breakpoint
CREATE INDEX alert_of_person ON alert (person_id, received_at);
