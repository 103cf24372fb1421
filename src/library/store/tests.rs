use super::*;

#[test]
fn every_statement_is_carried_by_an_index() {
    let store = Store::of_memory("statements").expect("a database");
    for (name, sql) in statements::ALL {
        let explain = format!("EXPLAIN QUERY PLAN {sql}");
        let mut statement = store.connection.prepare(&explain).expect(name);
        let nulls = vec![rusqlite::types::Null; statement.parameter_count()];
        let steps: Vec<String> = statement
            .query_map(rusqlite::params_from_iter(nulls), |row| row.get(3))
            .expect(name)
            .collect::<Result<_, _>>()
            .expect(name);
        for step in steps {
            // The names of sources, tallies and feeds are few, however many articles there are; the others are meant
            // to look at everything, once in a while.
            const WHOLE: &[&str] = &[
                "SOURCES",
                "SOURCE_NUMBERS",
                "AUTHORS",
                "UNREAD_ROWS",
                "STARRED_ROWS",
                "ROWS_BY_URL",
                "TALLIES",
                "PARALLELS",
                "TAGS",
                "FEEDS",
                "FEED_TOTALS",
                "ALL_TERMS",
                "FORGET_ALL_TERMS",
                "UNSETTLE_ALL",
                "UNWEIGH_ALL",
                "COUNT_STORIES",
                "COUNT_UNSETTLED",
            ];
            let scans = step.starts_with("SCAN") && !WHOLE.contains(name);
            assert!(!scans && !step.contains("TEMP B-TREE"), "{name}: {step}");
        }
    }
}
