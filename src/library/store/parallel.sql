-- Passages of two languages that say the same, as the stems of their words: what words are learned from. Derived from
-- the articles of a story, which goes by its first; only the newest are kept.
CREATE TABLE IF NOT EXISTS parallel (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    story INTEGER NOT NULL,
    languages TEXT NOT NULL,
    stems TEXT NOT NULL,
    others TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS parallel_by_story ON parallel (story);
