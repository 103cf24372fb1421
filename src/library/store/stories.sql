-- What grouping has still to look at: articles that came, changed or went since, newest first.
CREATE TABLE unsettled (
    moment INTEGER NOT NULL,
    row INTEGER NOT NULL,
    PRIMARY KEY (moment, row)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER article_came AFTER INSERT ON article
    BEGIN INSERT OR IGNORE INTO unsettled VALUES (new.moment, new.row); END;
CREATE TRIGGER article_changed AFTER UPDATE OF change ON article
    BEGIN INSERT OR IGNORE INTO unsettled VALUES (new.moment, new.row); END;
CREATE TRIGGER article_went AFTER DELETE ON article
    BEGIN INSERT OR IGNORE INTO unsettled VALUES (old.moment, old.row); END;
INSERT INTO unsettled SELECT moment, row FROM article;

-- Derived: what an article speaks of, as of the text whose fingerprint is `content`.
CREATE TABLE terms (
    row INTEGER PRIMARY KEY,
    content INTEGER NOT NULL,
    day INTEGER NOT NULL,
    dated INTEGER NOT NULL,
    language TEXT,
    agency TEXT,
    terms BLOB NOT NULL
) STRICT;
CREATE INDEX terms_by_day ON terms (day);

-- Derived: what articles are weighed by, and the versions of the code that made what is derived here.
CREATE TABLE yardstick (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    generation INTEGER NOT NULL,
    grouped_by INTEGER NOT NULL,
    weighed_by INTEGER NOT NULL,
    statistics BLOB NOT NULL
) STRICT;
INSERT INTO yardstick VALUES (1, 0, 0, 0, x'');

-- Derived: articles alike enough to be of one story, each pair from both sides.
CREATE TABLE link (
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    likeness REAL NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;

-- Which story an article joined: the row of the story's first article; and of which article it is a copy, itself
-- if of none. No reference to `article`: a removed one stays until grouping has seen to those it leaves.
CREATE TABLE telling (
    row INTEGER PRIMARY KEY,
    story INTEGER NOT NULL,
    copy_of INTEGER NOT NULL,
    central REAL NOT NULL
) STRICT;
CREATE INDEX telling_by_story ON telling (story);

-- `weighed` is 0 until the figures of its articles were compared; then the last three columns hold.
CREATE TABLE story (
    first INTEGER PRIMARY KEY,
    newest INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    origins INTEGER NOT NULL,
    languages TEXT NOT NULL,
    weighed INTEGER NOT NULL DEFAULT 0,
    conflicts INTEGER NOT NULL DEFAULT 0,
    scales INTEGER NOT NULL DEFAULT 0,
    claims TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX story_by_newest ON story (newest);
CREATE INDEX story_with_contradictions ON story (newest) WHERE conflicts + scales > 0;
CREATE INDEX story_unweighed ON story (newest) WHERE weighed = 0 AND articles > 1;

-- What the reader decided about two articles, by their ids, the lesser first: that they tell one story, or not.
CREATE TABLE decided (
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    together INTEGER NOT NULL,
    PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX decided_by_other ON decided (other);
