-- When a session began without the hub, by the device's clock; null for one that the hub opened itself.
ALTER TABLE device_session ADD COLUMN offline_since timestamptz;
