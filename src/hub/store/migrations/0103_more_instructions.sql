-- Desks can be asked for the newest rules, and to let programs for help run.
ALTER TABLE instruction DROP CONSTRAINT instruction_kind_check;
--> statement-breakpoint
ALTER TABLE instruction ADD CONSTRAINT instruction_kind_check
  CHECK (kind IN ('lock', 'unlock', 'message', 'end-session', 'check', 'reload-policy', 'support'));
