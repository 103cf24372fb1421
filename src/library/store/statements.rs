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
            "article.url, article.tags, article.read, article.starred, article.note, article.added, article.moment, ",
            "article.author ",
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
            "AND (?11 IS NULL OR EXISTS (SELECT 1 FROM feed_article WHERE feed_article.row = article.row ",
            "AND feed_article.feed = (SELECT number FROM feed WHERE url = ?11))) ",
            "ORDER BY ", $moment, " DESC, ", $row, " DESC LIMIT ?10"
        )
    };
}

/// What articles are compared by. A source without a name is none.
macro_rules! profile {
    () => {
        concat!(
            "SELECT terms.day, terms.dated, terms.language, terms.terms, ",
            "(SELECT number FROM source WHERE number = article.source AND name <> ''), terms.row ",
            "FROM terms LEFT JOIN article ON article.row = terms.row "
        )
    };
}

/// A page of stories. One article must meet the conditions on articles.
macro_rules! stories {
    ($index:literal, $which:literal) => {
        concat!(
            "SELECT first, newest, origins, weighed, conflicts, scales, claims FROM story INDEXED BY ",
            $index,
            " ",
            "WHERE ",
            $which,
            " AND (newest, first) < (?1, ?2) ",
            "AND (?11 IS NULL OR languages = ?11) AND (NOT ?12 OR articles > 1) ",
            "AND EXISTS (SELECT 1 FROM telling JOIN article ON article.row = telling.row ",
            "WHERE telling.story = story.first AND article.moment >= ?3 AND article.moment < ?4 ",
            "AND (?5 IS NULL OR article.language = ?5) ",
            "AND (?6 IS NULL OR article.source = (SELECT number FROM source WHERE name = ?6)) ",
            "AND (NOT ?7 OR article.read = 0) AND (NOT ?8 OR article.starred = 1) ",
            "AND (?9 IS NULL OR EXISTS (SELECT 1 FROM tag WHERE tag.tag = ?9 AND tag.row = article.row)) ",
            "AND (?13 IS NULL OR EXISTS (SELECT 1 FROM feed_article WHERE feed_article.row = article.row ",
            "AND feed_article.feed = (SELECT number FROM feed WHERE url = ?13)))) ",
            "ORDER BY newest DESC, first DESC LIMIT ?10"
        )
    };
}

statements! {
    CHANGE_COUNTER = "SELECT last FROM counter WHERE one = 1";
    TAKE_CHANGES = "UPDATE counter SET last = ?1 WHERE one = 1";

    BY_ID = "SELECT row, content, title, source, language, published, url, tags, moment, read, author FROM article WHERE id = ?1";
    DERIVED_BY_CONTENT = "SELECT id, title, url FROM article WHERE content = ?1 LIMIT 20";
    BODY = "SELECT coalesce(packed, text) FROM body WHERE row = ?1";
    INSERT_ARTICLE = "INSERT INTO article (row, id, change, content, title, source, language, published, moment, \
        added, url, tags, read, starred, note, author) \
        VALUES (?1, ?2, ?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
    INSERT_BODY = "INSERT INTO body (row, text, packed) VALUES (?1, ?2, ?3)";
    REVISE_ARTICLE = "UPDATE article SET change = ?2, content = ?3, title = ?4, source = ?5, language = ?6, \
        published = ?7, moment = ?8, url = ?9, tags = ?10, author = ?11 WHERE row = ?1";
    SET_AUTHOR = "UPDATE article SET author = ?2 WHERE row = ?1";
    REVISE_BODY = "UPDATE body SET text = ?2, packed = ?3 WHERE row = ?1";

    SOURCE_NUMBER = "SELECT number FROM source WHERE name = ?1";
    INSERT_SOURCE = "INSERT INTO source (name) VALUES (?1)";
    COUNT_SOURCE = "UPDATE source SET articles = articles + ?2 WHERE number = ?1";
    SOURCES = "SELECT name, articles FROM source WHERE articles > 0";
    COUNT_TALLY = "INSERT INTO tally (name, count) VALUES (?1, ?2) \
        ON CONFLICT (name) DO UPDATE SET count = count + excluded.count";
    TALLIES = "SELECT name, count FROM tally";

    MOMENT_OF = "SELECT moment FROM article WHERE row = ?1";
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
    SET_TAGS = "UPDATE article SET tags = ?2, tagged = 1 WHERE row = ?1";
    INSERT_TAG = "INSERT OR IGNORE INTO tag (tag, moment, row) VALUES (?1, ?2, ?3)";
    DELETE_TAG = "DELETE FROM tag WHERE tag = ?1 AND moment = ?2 AND row = ?3";
    INSERT_GONE = "INSERT OR REPLACE INTO gone (id, at) VALUES (?1, ?2)";
    DELETE_GONE = "DELETE FROM gone WHERE id = ?1";
    IS_GONE = "SELECT 1 FROM gone WHERE id = ?1";
    REVISIONS = "SELECT until, title, coalesce(packed, text) FROM revision WHERE row = ?1 ORDER BY number DESC";
    LAST_REVISION = "SELECT coalesce(max(number), 0) FROM revision WHERE row = ?1";
    INSERT_REVISION = "INSERT INTO revision (row, number, until, title, text, packed) \
        SELECT article.row, ?2, ?3, article.title, body.text, body.packed FROM article JOIN body ON body.row = article.row \
        WHERE article.row = ?1";
    DELETE_REVISIONS = "DELETE FROM revision WHERE row = ?1 AND number <= ?2";
    PAGE = "SELECT content, refused FROM page WHERE row = ?1";
    SET_PAGE = "INSERT OR REPLACE INTO page (row, content, asked, refused) VALUES (?1, ?2, ?3, ?4)";
    ASK_PAGE_AGAIN = "UPDATE page SET content = ?2, asked = 0 WHERE row = ?1";
    WITHOUT_PAGE = "SELECT article.id, article.url FROM feed_article \
        JOIN article ON article.row = feed_article.row \
        WHERE feed_article.feed = (SELECT number FROM feed WHERE url = ?1) AND article.url IS NOT NULL \
        AND NOT EXISTS (SELECT 1 FROM page WHERE page.row = article.row AND page.asked > 0) \
        ORDER BY feed_article.row DESC LIMIT ?2";
    EXPIRED = "SELECT article.id FROM article INDEXED BY article_by_moment \
        WHERE article.moment < ?1 AND article.added < ?1 AND article.starred = 0 AND article.tagged = 0 \
        AND article.note IS NULL AND EXISTS (SELECT 1 FROM feed_article WHERE feed_article.row = article.row) \
        AND NOT EXISTS (SELECT 1 FROM compared WHERE compared.row = article.row) \
        ORDER BY article.moment LIMIT ?2";
    INSERT_COMPARED = "INSERT OR IGNORE INTO compared (row) SELECT row FROM article WHERE id = ?1";
    FEED_ROWS = "SELECT article.id FROM feed_article JOIN article ON article.row = feed_article.row \
        WHERE feed_article.feed = (SELECT number FROM feed WHERE url = ?1) ORDER BY feed_article.row DESC LIMIT ?2";
    DELETE_ARTICLE = "DELETE FROM article WHERE row = ?1";
    INSERT_REMOVED = "INSERT INTO removed (change, row) VALUES (?1, ?2)";

    CHANGED_AFTER = "SELECT article.row, article.change, article.language, article.source, article.moment, \
        article.title, coalesce(body.packed, body.text), article.content, article.published IS NOT NULL, \
        coalesce(terms.content = article.content, 0) \
        FROM article JOIN body ON body.row = article.row LEFT JOIN terms ON terms.row = article.row \
        WHERE article.change > ?1 ORDER BY article.change LIMIT ?2";
    REMOVED_AFTER = "SELECT row FROM removed WHERE change > ?1 AND change <= ?2";
    COUNT_CHANGED_AFTER = "SELECT count(*) FROM article WHERE change > ?1";
    SAMPLE = "SELECT article.row, article.language, article.title, coalesce(body.packed, body.text) FROM article \
        JOIN body ON body.row = article.row WHERE article.row >= ?1 ORDER BY article.row LIMIT 1";
    TALLY = "SELECT count FROM tally WHERE name = ?1";
    UNREAD_ROWS = "SELECT row FROM article INDEXED BY article_unread WHERE read = 0";
    STARRED_ROWS = "SELECT row FROM article INDEXED BY article_starred WHERE starred = 1";
    TAGS = "SELECT tag, count(*) FROM tag GROUP BY tag";
    TAGGED_ROWS = "SELECT row FROM tag WHERE tag = ?1";
    ROWS_BY_URL = "SELECT row FROM article WHERE instr(lower(url), ?1) > 0";
    AUTHORS = "SELECT row, author FROM article INDEXED BY article_by_author WHERE author <> '' ORDER BY author";
    SOURCE_NUMBERS = "SELECT number, name FROM source";

    CORRECTIONS_OF = "SELECT number FROM corrected WHERE article = ?1";
    CORRECTION = "SELECT sense FROM correction WHERE number = ?1";
    CORRECTED = "SELECT other, article, title, said, before FROM corrected WHERE number = ?1 ORDER BY rowid";
    INSERT_CORRECTION = "INSERT INTO correction (sense) VALUES (?1) RETURNING number";
    INSERT_CORRECTED = "INSERT INTO corrected (number, other, article, title, said, before) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    DELETE_CORRECTION = "DELETE FROM correction WHERE number = ?1";
    UNWEIGH_STORY_OF = "UPDATE story SET weighed = 0 WHERE first = (SELECT telling.story FROM telling \
        JOIN article ON article.row = telling.row WHERE article.id = ?1)";

    SETTING = "SELECT value FROM setting WHERE name = ?1";
    KEEP_SETTING = "INSERT INTO setting (name, value) VALUES (?1, ?2) \
        ON CONFLICT (name) DO UPDATE SET value = excluded.value";

    FEEDS = "SELECT url, title, language, tags, etag, last_modified, fetched, due, failures, trouble, repaired, number, full_text \
        FROM feed ORDER BY number";
    FEED_ARTICLES = "SELECT count(*), count(*) FILTER (WHERE article.read = 0) \
        FROM feed_article JOIN article ON article.row = feed_article.row WHERE feed_article.feed = ?1";
    INSERT_FEED = "INSERT OR IGNORE INTO feed (url, title, language, tags, full_text) VALUES (?1, ?2, ?3, ?4, ?5)";
    FEED_BY_URL = "SELECT number, title, tags FROM feed WHERE url = ?1";
    SET_FEED = "UPDATE feed SET title = ?2, tags = ?3, full_text = max(full_text, ?4) WHERE number = ?1";
    DELETE_FEED = "DELETE FROM feed WHERE url = ?1";
    FEED_TOTALS = "SELECT count(*), count(trouble), max(fetched) FROM feed";
    WHOLE_FEED = "SELECT number, url, title, language, tags, etag, last_modified, fetched, due, failures, trouble, repaired, \
        moving, full_text FROM feed WHERE url = ?1";
    INSERT_WHOLE_FEED = "INSERT OR IGNORE INTO feed (number, url, title, language, tags, etag, last_modified, fetched, due, \
        failures, trouble, repaired, moving, full_text) \
        VALUES (CASE WHEN EXISTS (SELECT 1 FROM feed WHERE number = ?1) THEN NULL ELSE ?1 END, \
        ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    FEED_LINKS = "SELECT row FROM feed_article WHERE feed = ?1";
    INSERT_FEED_LINK = "INSERT OR IGNORE INTO feed_article (feed, row) \
        SELECT feed.number, article.row FROM feed, article WHERE feed.url = ?1 AND article.row = ?2";
    CHANGE_FEED = "UPDATE feed SET title = ?2, language = ?3, tags = ?4, full_text = ?5 WHERE url = ?1";
    FEED_FETCHED = "UPDATE feed SET etag = ?2, last_modified = ?3, fetched = ?4, due = ?5, failures = 0, trouble = NULL, \
        repaired = ?6 WHERE url = ?1";
    FEED_FAILED = "UPDATE feed SET fetched = ?2, due = ?3, failures = failures + 1, trouble = ?4 WHERE url = ?1";
    NAME_FEED = "UPDATE feed SET title = ?2 WHERE url = ?1 AND title = ''";
    FEED_MOVING = "SELECT moving FROM feed WHERE url = ?1";
    SET_FEED_MOVING = "UPDATE feed SET moving = ?2 WHERE url = ?1";
    MOVE_FEED = "UPDATE OR IGNORE feed SET url = ?2, moving = NULL WHERE url = ?1";
    LINK_ARTICLE = "INSERT OR IGNORE INTO feed_article (feed, row) \
        SELECT feed.number, article.row FROM feed, article WHERE feed.url = ?1 AND article.id = ?2";

    GENERATION = "SELECT generation FROM yardstick WHERE one = 1";
    GROUPED_BY = "SELECT grouped_by FROM yardstick WHERE one = 1";
    WEIGHED_BY = "SELECT weighed_by FROM yardstick WHERE one = 1";
    SET_WEIGHED_BY = "UPDATE yardstick SET weighed_by = ?1 WHERE one = 1";
    STATISTICS = "SELECT statistics FROM yardstick WHERE one = 1";
    KEEP_STATISTICS = "UPDATE yardstick SET generation = generation + 1, statistics = ?1 WHERE one = 1";
    FORGET_STATISTICS = "UPDATE yardstick SET generation = generation + 1, grouped_by = ?1, statistics = x'' WHERE one = 1";
    FORGET_ALL_TERMS = "DELETE FROM terms";
    ARTICLES = "SELECT coalesce(max(count), 0) FROM tally WHERE name = 'articles'";
    ANY_UNSETTLED = "SELECT 1 FROM unsettled WHERE moment <= 9223372036854775807 LIMIT 1";
    UNSETTLED = "SELECT moment, row FROM unsettled WHERE (moment, row) < (?1, ?2) ORDER BY moment DESC, row DESC LIMIT ?3";
    UNSETTLE_ALL = "INSERT OR IGNORE INTO unsettled SELECT moment, row FROM article";
    SETTLE = "DELETE FROM unsettled WHERE moment = ?1 AND row = ?2";

    ARTICLE_TO_GROUP = "SELECT article.content, article.moment, article.published IS NOT NULL, article.language, \
        article.title, terms.content, terms.day, terms.dated, terms.language \
        FROM article LEFT JOIN terms ON terms.row = article.row WHERE article.row = ?1";
    ANY_DECIDED = "SELECT 1 FROM decided WHERE one >= '' LIMIT 1";
    TERMS = concat!(profile!(), "WHERE terms.row = ?1");
    TERMS_OF_DAYS = concat!(profile!(), "WHERE terms.day BETWEEN ?1 AND ?2");
    ALL_TERMS = "SELECT day, dated, language, terms, content FROM terms";
    KEEP_TERMS = "INSERT OR REPLACE INTO terms (row, content, day, dated, language, agency, terms) \
        SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS (SELECT 1 FROM article WHERE row = ?1 AND content = ?2)";
    REDATE_TERMS = "UPDATE terms SET day = ?2, dated = ?3, language = ?4 WHERE row = ?1";
    FORGET_TERMS = "DELETE FROM terms WHERE row = ?1";

    LINKED = "SELECT other FROM link WHERE one = ?1 AND likeness >= ?2";
    LINK = "INSERT OR REPLACE INTO link (one, other, likeness) VALUES (?1, ?2, ?3)";
    UNLINK = "DELETE FROM link WHERE one = ?1";
    UNLINK_OTHERS = "DELETE FROM link WHERE one IN (SELECT other FROM link WHERE one = ?1) AND other = ?1";

    STORY_OF = "SELECT story FROM telling WHERE row = ?1";
    MEMBERS = "SELECT row FROM telling WHERE story = ?1";
    MEMBER = "SELECT article.moment, article.id, article.language, terms.agency, telling.story, telling.copy_of \
        FROM article LEFT JOIN terms ON terms.row = article.row LEFT JOIN telling ON telling.row = article.row \
        WHERE article.row = ?1";
    TELL = "INSERT OR REPLACE INTO telling (row, story, copy_of, central) VALUES (?1, ?2, ?3, ?4)";
    FORGET_TELLING = "DELETE FROM telling WHERE row = ?1";
    KEEP_STORY = "INSERT OR REPLACE INTO story (first, newest, articles, origins, languages) VALUES (?1, ?2, ?3, ?4, ?5)";
    REFRESH_STORY = "UPDATE story SET newest = ?2, languages = ?3 WHERE first = ?1";
    FORGET_STORY = "DELETE FROM story WHERE first = ?1";

    ROW_OF = "SELECT row FROM article WHERE id = ?1";
    TOLD_WITH = "SELECT article.moment, article.id FROM article AS own JOIN telling AS place ON place.row = own.row \
        JOIN telling ON telling.story = place.story JOIN article ON article.row = telling.row WHERE own.id = ?1";
    COPIES = "SELECT article.id FROM article AS own JOIN telling AS place ON place.row = own.row \
        JOIN telling ON telling.story = place.story AND telling.copy_of = place.copy_of \
        JOIN article ON article.row = telling.row WHERE own.id = ?1";
    DECIDED = "SELECT together FROM decided WHERE one = ?1 AND other = ?2";
    DECIDE = "INSERT OR REPLACE INTO decided (one, other, together) VALUES (?1, ?2, ?3)";
    UNDECIDE = "DELETE FROM decided WHERE one = ?1 AND other = ?2";
    DECISIONS = "SELECT article.row, decided.together FROM article AS own JOIN decided ON decided.one = own.id \
        JOIN article ON article.id = decided.other WHERE own.row = ?1 \
        UNION ALL SELECT article.row, decided.together FROM article AS own JOIN decided ON decided.other = own.id \
        JOIN article ON article.id = decided.one WHERE own.row = ?1";

    UNWEIGH_ALL = "UPDATE story SET weighed = 0";
    UNWEIGH = "UPDATE story SET weighed = 0 WHERE first = ?1";
    UNWEIGHED = "SELECT first FROM story INDEXED BY story_unweighed WHERE weighed = 0 AND articles > 1 AND newest <= 9223372036854775807 \
        ORDER BY newest DESC LIMIT 1";
    IS_UNWEIGHED = "SELECT 1 FROM story WHERE first = ?1 AND weighed = 0 AND articles > 1";
    TELLERS = "SELECT telling.central, article.id FROM telling JOIN article ON article.row = telling.row \
        WHERE telling.story = ?1 AND telling.copy_of = telling.row";
    KEEP_WEIGHED = "UPDATE story SET weighed = 1, conflicts = ?2, scales = ?3, claims = ?4 WHERE first = ?1";

    FORGET_PARALLELS = "DELETE FROM parallel WHERE story = ?1";
    KEEP_PARALLEL = "INSERT INTO parallel (story, languages, stems, others) VALUES (?1, ?2, ?3, ?4)";
    FORGET_OLD_PARALLELS = "DELETE FROM parallel WHERE number <= (SELECT max(number) FROM parallel) - ?1";
    LAST_PARALLEL = "SELECT coalesce(max(number), 0) FROM parallel";
    PARALLELS = "SELECT languages, stems, others, story FROM parallel ORDER BY number";

    STORIES = stories!("story_by_newest", "1");
    CONTRADICTORY_STORIES = stories!("story_with_contradictions", "conflicts + scales > 0");
    STORY_WITH = "SELECT story.first, story.newest, story.origins, story.weighed, story.conflicts, story.scales, \
        story.claims FROM article JOIN telling ON telling.row = article.row JOIN story ON story.first = telling.story \
        WHERE article.id = ?1";
    STORY_LINES = "SELECT article.id, article.title, source.name, article.language, article.read, article.starred, \
        article.moment, telling.central FROM telling JOIN article ON article.row = telling.row \
        JOIN source ON source.number = article.source WHERE telling.story = ?1";
    STORY_ENTRIES = concat!(
        entry!("article AS own JOIN telling AS place ON place.row = own.row JOIN telling ON telling.story = place.story \
            JOIN article ON article.row = telling.row"),
        "WHERE own.id = ?1"
    );
    STORY_AT = "SELECT first, newest, origins, weighed, conflicts, scales, claims FROM story WHERE first = ?1";
    STORY_PLACE = "SELECT newest FROM story WHERE first = ?1 AND (NOT ?2 OR conflicts + scales > 0) \
        AND (?3 IS NULL OR languages = ?3) AND (NOT ?4 OR articles > 1)";
    ORIGINAL_OF = "SELECT copy_of FROM telling WHERE row = ?1 AND copy_of <> row";
    OUTLETS = "SELECT source.name, article.id, article.moment FROM telling AS own JOIN telling ON telling.story = own.story \
        AND telling.copy_of = own.row JOIN article ON article.row = telling.row \
        JOIN source ON source.number = article.source \
        WHERE own.row = ?1 AND telling.row <> own.row";
    COUNT_STORIES = "SELECT count(*) FROM story";
    COUNT_UNSETTLED = "SELECT count(*) FROM unsettled";
}

/// Every way to the rows of articles in a damaged database: each table and index that names them, from both ends.
pub const ROWS_ANYHOW: &[&str] = &[
    "SELECT row FROM article NOT INDEXED ORDER BY row",
    "SELECT row FROM article NOT INDEXED ORDER BY row DESC",
    "SELECT row FROM article INDEXED BY article_by_moment ORDER BY moment",
    "SELECT row FROM article INDEXED BY article_by_moment ORDER BY moment DESC",
    "SELECT row FROM article INDEXED BY article_by_content ORDER BY content",
    "SELECT row FROM article INDEXED BY article_by_content ORDER BY content DESC",
    "SELECT row FROM body ORDER BY row",
    "SELECT row FROM body ORDER BY row DESC",
];
