-- Late requests and copies are told apart by what the hub took and what it said in its nonces, not by the device's clock
-- any more.
ALTER TABLE workstation_boot DROP COLUMN first_signed_at;
--> statement-breakpoint
ALTER TABLE workstation_boot DROP COLUMN last_signed_at;
--> statement-breakpoint
-- The identifier of the newest request that was taken of a run; null when it was taken before these were kept.
ALTER TABLE workstation_boot ADD COLUMN request_id text;
