-- What followed at the desk, and how often the alert's rule held: what comes back within the cooldown is the same alert.
ALTER TABLE alert ADD COLUMN response text NOT NULL DEFAULT 'blank'
  CHECK (response IN ('log', 'warn', 'blank', 'lock'));
--> statement-breakpoint
UPDATE alert SET response = 'warn' WHERE NOT hidden;
--> statement-breakpoint
-- From now on every alert says so itself.
ALTER TABLE alert ALTER COLUMN response DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE alert ADD COLUMN times integer NOT NULL DEFAULT 1 CHECK (times > 0);
--> statement-breakpoint
-- A desk that only a supervisor can open again.
ALTER TABLE desk ADD COLUMN locked boolean NOT NULL DEFAULT false;
