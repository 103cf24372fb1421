//! Every SQL statement, so that a test can ask SQLite how it would run each of them.

macro_rules! statements {
    ($($name:ident = $sql:expr;)*) => {
        $(pub const $name: &str = $sql;)*
        /// All of them with their names.
        #[cfg(test)]
        pub const ALL: &[(&str, &str)] = &[$((stringify!($name), $name)),*];
    };
}

/// The columns of an [`Entry`](crate::library::Entry), in the order `lists::entry` reads them.
macro_rules! entry {
    ($from:literal) => {
        concat!(
            "SELECT article.row, article.id, article.title, source.name, article.language, article.published, ",
            "article.url, article.tags, article.read, article.starred, article.note, article.added, article.moment ",
            "FROM ", $from, " JOIN source ON source.number = article.source "
        )
    };
}

/// A page of a list. The index is named, since only it gives the order without sorting.
macro_rules! page {
    ($from:literal, $moment:literal, $row:literal, $which:literal) => {
        concat!(
            entry!($from),
            "WHERE ", $which, " AND (", $moment, ", ", $row, ") < (?1, ?2) AND ", $moment, " >= ?3 AND ", $moment, " < ?4 ",
            "AND (?5 IS NULL OR article.language = ?5) AND (?6 IS NULL OR source.name = ?6) ",
            "AND (NOT ?7 OR article.read = 0) AND (NOT ?8 OR article.starred = 1) ",
            "AND (?9 IS NULL OR EXISTS (SELECT 1 FROM tag AS own WHERE own.tag = ?9 AND own.moment = article.moment AND own.row = article.row)) ",
            "ORDER BY ", $moment, " DESC, ", $row, " DESC LIMIT ?10"
        )
    };
}

statements! {
    CHANGE_COUNTER = "SELECT last FROM counter WHERE one = 1";
    TAKE_CHANGES = "UPDATE counter SET last = ?1 WHERE one = 1";

    BY_ID = "SELECT row, content, title, source, language, published, url, tags, moment, read FROM article WHERE id = ?1";
    DERIVED_BY_CONTENT = "SELECT id, title, url FROM article WHERE content = ?1 LIMIT 20";
    BODY = "SELECT text FROM body WHERE row = ?1";
    INSERT_ARTICLE = "INSERT INTO article (row, id, change, content, title, source, language, published, moment, \
        added, url, tags, read, starred, note) VALUES (?1, ?2, ?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    INSERT_BODY = "INSERT INTO body (row, text) VALUES (?1, ?2)";
    REVISE_ARTICLE = "UPDATE article SET change = ?2, content = ?3, title = ?4, source = ?5, language = ?6, \
        published = ?7, moment = ?8, url = ?9, tags = ?10 WHERE row = ?1";
    REVISE_BODY = "UPDATE body SET text = ?2 WHERE row = ?1";

    SOURCE_NUMBER = "SELECT number FROM source WHERE name = ?1";
    INSERT_SOURCE = "INSERT INTO source (name) VALUES (?1)";
    COUNT_SOURCE = "UPDATE source SET articles = articles + ?2 WHERE number = ?1";
    SOURCES = "SELECT name, articles FROM source WHERE articles > 0";
    COUNT_TALLY = "INSERT INTO tally (name, count) VALUES (?1, ?2) \
        ON CONFLICT (name) DO UPDATE SET count = count + excluded.count";
    TALLIES = "SELECT name, count FROM tally";

    IDS_FROM = "SELECT id FROM article WHERE id >= ?1 AND id < ?2 LIMIT 100";
    ARTICLE = concat!(entry!("article"), "WHERE article.id = ?1");
    ENTRY_BY_ROW = concat!(entry!("article"), "WHERE article.row = ?1");
    LIST_ALL = page!("article INDEXED BY article_by_moment", "article.moment", "article.row", "1");
    LIST_LANGUAGE = page!("article INDEXED BY article_by_language", "article.moment", "article.row", "article.language = ?5");
    LIST_SOURCE = page!("article INDEXED BY article_by_source", "article.moment", "article.row",
        "article.source = (SELECT number FROM source WHERE name = ?6)");
    LIST_UNREAD = page!("article INDEXED BY article_unread", "article.moment", "article.row", "article.read = 0");
    LIST_STARRED = page!("article INDEXED BY article_starred", "article.moment", "article.row", "article.starred = 1");
    LIST_TAG = page!("tag JOIN article ON article.row = tag.row", "tag.moment", "tag.row", "tag.tag = ?9");

    STATE = "SELECT row, read, starred, tags, note, moment, source, language FROM article WHERE id = ?1";
    SET_READ = "UPDATE article SET read = ?2 WHERE row = ?1";
    SET_STARRED = "UPDATE article SET starred = ?2 WHERE row = ?1";
    SET_NOTE = "UPDATE article SET note = ?2 WHERE row = ?1";
    SET_TAGS = "UPDATE article SET tags = ?2 WHERE row = ?1";
    INSERT_TAG = "INSERT OR IGNORE INTO tag (tag, moment, row) VALUES (?1, ?2, ?3)";
    DELETE_TAG = "DELETE FROM tag WHERE tag = ?1 AND moment = ?2 AND row = ?3";
    DELETE_ARTICLE = "DELETE FROM article WHERE row = ?1";
    INSERT_REMOVED = "INSERT INTO removed (change, row) VALUES (?1, ?2)";

    SETTING = "SELECT value FROM setting WHERE name = ?1";
    KEEP_SETTING = "INSERT INTO setting (name, value) VALUES (?1, ?2) \
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    FEEDS = "SELECT url, title, language, tags, etag, last_modified, fetched, due, failures, trouble, repaired, number \
        FROM feed ORDER BY number";
    FEED_ARTICLES = "SELECT count(*), count(*) FILTER (WHERE article.read = 0) \
        FROM feed_article JOIN article ON article.row = feed_article.row WHERE feed_article.feed = ?1";
    INSERT_FEED = "INSERT OR IGNORE INTO feed (url, title, language, tags) VALUES (?1, ?2, ?3, ?4)";
    FEED_BY_URL = "SELECT number, title, tags FROM feed WHERE url = ?1";
    SET_FEED = "UPDATE feed SET title = ?2, tags = ?3 WHERE number = ?1";
    DELETE_FEED = "DELETE FROM feed WHERE url = ?1";
    FEED_FETCHED = "UPDATE feed SET etag = ?2, last_modified = ?3, fetched = ?4, due = ?5, failures = 0, trouble = NULL, \
        repaired = ?6 WHERE url = ?1";
    FEED_FAILED = "UPDATE feed SET fetched = ?2, due = ?3, failures = failures + 1, trouble = ?4 WHERE url = ?1";
    NAME_FEED = "UPDATE feed SET title = ?2 WHERE url = ?1 AND title = ''";
    FEED_MOVING = "SELECT moving FROM feed WHERE url = ?1";
    SET_FEED_MOVING = "UPDATE feed SET moving = ?2 WHERE url = ?1";
    MOVE_FEED = "UPDATE OR IGNORE feed SET url = ?2, moving = NULL WHERE url = ?1";
    LINK_ARTICLE = "INSERT OR IGNORE INTO feed_article (feed, row) \
        SELECT feed.number, article.row FROM feed, article WHERE feed.url = ?1 AND article.id = ?2";
}
