-- What each check of a desk's computer found when the desk was last heard: for the desk's panel in the console.
ALTER TABLE desk ADD COLUMN posture jsonb NOT NULL DEFAULT '[]';
