-- The one counter of changes: every write to an article's content takes the next number.
CREATE TABLE counter (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    last INTEGER NOT NULL
) STRICT;
INSERT INTO counter VALUES (1, 0);

CREATE TABLE source (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    articles INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Without the text, so that lists read few pages. `row` is the number of the change that brought the article,
-- so none is ever used twice. `moment` orders lists: the second it was published, else added.
CREATE TABLE article (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    change INTEGER NOT NULL UNIQUE,
    content INTEGER NOT NULL,
    title TEXT NOT NULL,
    source INTEGER NOT NULL REFERENCES source,
    language TEXT,
    published TEXT,
    moment INTEGER NOT NULL,
    added INTEGER NOT NULL,
    url TEXT,
    tags TEXT NOT NULL,
    read INTEGER NOT NULL,
    starred INTEGER NOT NULL,
    note TEXT
) STRICT;
CREATE INDEX article_by_content ON article (content);
CREATE INDEX article_by_moment ON article (moment);
CREATE INDEX article_by_source ON article (source, moment);
CREATE INDEX article_by_language ON article (language, moment);
-- Of a flag only the side that lists show is worth an index, and only the statements that name it use it.
CREATE INDEX article_unread ON article (moment) WHERE read = 0;
CREATE INDEX article_starred ON article (moment) WHERE starred = 1;

CREATE TABLE body (
    row INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;

-- `article.tags` once more, by tag.
CREATE TABLE tag (
    tag TEXT NOT NULL,
    moment INTEGER NOT NULL,
    row INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (tag, moment, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_by_row ON tag (row);

-- What the index must forget.
CREATE TABLE removed (
    change INTEGER PRIMARY KEY,
    row INTEGER NOT NULL
) STRICT;

-- Counts that would take a scan: articles, unread, starred, language:de.
CREATE TABLE tally (
    name TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What the reader subscribed to, and what the last fetch said.
CREATE TABLE feed (
    number INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    language TEXT,
    tags TEXT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    fetched INTEGER,
    due INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    trouble TEXT,
    repaired TEXT,
    moving TEXT
) STRICT;

CREATE TABLE feed_article (
    feed INTEGER NOT NULL REFERENCES feed ON DELETE CASCADE,
    row INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (feed, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_article_by_row ON feed_article (row);
