-- Earlier versions of articles; `until` is the second they were replaced.
CREATE TABLE revision (
    row INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    number INTEGER NOT NULL,
    until INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (row, number)
) STRICT, WITHOUT ROWID;

-- Articles whose page was asked for its text. `content` is that of the feed's version then; `refused` is why the page
-- gave none.
CREATE TABLE page (
    row INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    content INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    refused TEXT
) STRICT;

-- Articles that were taken out: feeds do not bring them back.
CREATE TABLE gone (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE feed ADD COLUMN full_text INTEGER NOT NULL DEFAULT 0;
-- Whether the reader gave it tags, beside those of its feed.
ALTER TABLE article ADD COLUMN tagged INTEGER NOT NULL DEFAULT 0;
