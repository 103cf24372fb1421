-- Who wrote an article, as shown; empty where nobody says.
ALTER TABLE article ADD COLUMN author TEXT NOT NULL DEFAULT '';
CREATE INDEX article_by_author ON article (author) WHERE author <> '';
