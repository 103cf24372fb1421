-- Articles that the reader set beside others: they do not grow too old.
CREATE TABLE IF NOT EXISTS compared (
    row INTEGER PRIMARY KEY REFERENCES article ON DELETE CASCADE
) STRICT;
