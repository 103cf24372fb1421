-- What the reader said about the figures of articles, by the articles' ids, so that it outlives their coming anew.
CREATE TABLE correction (
    number INTEGER PRIMARY KEY,
    sense TEXT NOT NULL
) STRICT;
-- The figures it was said of; `other` is 1 for those they were told apart from.
CREATE TABLE corrected (
    number INTEGER NOT NULL REFERENCES correction ON DELETE CASCADE,
    other INTEGER NOT NULL,
    article TEXT NOT NULL,
    title INTEGER NOT NULL,
    said TEXT NOT NULL,
    before INTEGER NOT NULL
) STRICT;
CREATE INDEX corrected_by_number ON corrected (number);
CREATE INDEX corrected_by_article ON corrected (article);
