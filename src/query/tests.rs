use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

const TODAY: Date = date(2026, 3, 5);

/// A node in a form that shows its structure.
fn shape(node: &Node) -> String {
    let list = |nodes: &[Node]| nodes.iter().map(shape).collect::<Vec<_>>().join(" ");
    match node {
        Node::All(nodes) => format!("all({})", list(nodes)),
        Node::Any(nodes) => format!("any({})", list(nodes)),
        Node::Not(node) => format!("not({})", shape(node)),
        other => other.to_string(),
    }
}

fn check(text: &str, expected: &str) {
    let query = Query::parse(text, TODAY);
    let read = query.wanted.as_ref().map(shape).unwrap_or_default();
    assert_eq!(read, expected, "{text}");
    let again = Query::parse(&query.to_string(), TODAY);
    assert_eq!(
        (&again.wanted, again.sort, &again.also),
        (&query.wanted, query.sort, &query.also),
        "{text} ⇒ {query}"
    );
}

#[test]
fn questions_mean_what_they_say() {
    for (text, expected) in [
        ("", ""),
        ("werft", "werft"),
        ("werft hamburg", "all(werft hamburg)"),
        (
            "„öffentlicher Dienst“ streik",
            "all(\"öffentlicher Dienst\" streik)",
        ),
        ("werft -hamburg", "all(werft not(hamburg))"),
        ("werft NOT (kiel OR bremen)", "all(werft not(any(kiel bremen)))"),
        ("a OR b c OR d", "any(a all(b c) d)"),
        ("(a OR b) c", "all(any(a b) c)"),
        ("--x", "x"),
        ("werf* wort~ wort~2 =Wort", "all(werf* wort~ wort~2 =Wort)"),
        ("a* KI-Chip sms'en", "all(a* KI-Chip sms'en)"),
        (
            "title:werft text:\"zwei Wörter\"",
            "all(title:werft text:\"zwei Wörter\")",
        ),
        ("title:(werft -kiel)", "all(title:werft not(title:kiel))"),
        (
            "lang:de,nl source:\"Der Bote\" #hafen tag:x",
            "all(lang:de,nl source:\"Der Bote\" tag:hafen tag:x)",
        ),
        (
            "author:Deichgräf author:\"Ans de Vries\"",
            "all(author:Deichgräf author:\"Ans de Vries\")",
        ),
        (
            "is:unread is:starred has:figures has:percentage_point has:colour",
            "all(is:unread is:starred has:figure has:percentage_point has:colour)",
        ),
        ("werft sort:new also:nl", "werft"),
        ("AND werft AND kiel", "all(werft kiel)"),
        ("12:30 Uhr", "all(12:30 Uhr)"),
    ] {
        check(text, expected);
    }
}

#[test]
fn days_are_settled_by_today() {
    for (text, expected) in [
        ("after:2026-03-01", "after:2026-03-01"),
        ("before:2026", "before:2026-01-01"),
        ("date:2026-02", "date:2026-02-01..2026-02-28"),
        ("date:2026-03-01..2026-03-14", "date:2026-03-01..2026-03-14"),
        ("date:2026-03..", "after:2026-03-01"),
        ("date:today", "date:2026-03-05..2026-03-05"),
        ("date:gisteren", "date:2026-03-04..2026-03-04"),
        ("date:7d", "date:2026-02-26..2026-03-05"),
        ("after:2w", "after:2026-02-19"),
        ("date:2026-02-30", "date:2026-02-30"),
        ("date:99999999999d", "date:99999999999d"),
    ] {
        check(text, expected);
    }
}

#[test]
fn figures_are_ranges() {
    for (text, low, high, unit) in [
        ("380mrd", 379.5e9, 380.5e9, None),
        ("3,5%", 3.45, 3.55, Some("%")),
        (">1e9eur", 1e9, f64::INFINITY, Some("EUR")),
        ("<=20km", f64::NEG_INFINITY, 20.0, Some("km")),
        ("10..20%", 10.0, 20.0, Some("%")),
        ("60..75mio", 60e6, 75e6, None),
        ("~60mrd", 57e9, 63e9, None),
        ("€5", 4.5, 5.5, Some("EUR")),
        ("1.000.000", 999_999.5, 1_000_000.5, None),
        ("5mrdeuro", 4.5e9, 5.5e9, Some("EUR")),
    ] {
        let Some(Node::Is(Condition::Figure(range))) = Query::parse(&format!("figure:{text}"), TODAY).wanted
        else {
            panic!("{text} is no figure");
        };
        let near = |a: f64, b: f64| a == b || (a - b).abs() <= 1e-9 * b.abs().max(1.0);
        assert!(
            near(range.low, low) && near(range.high, high),
            "{text}: {range:?}"
        );
        assert_eq!(range.unit.as_deref(), unit, "{text}");
    }
    check("ki figure:>=300mrd cny neu", "all(ki figure:>=300mrdcny neu)");
}

#[test]
fn what_cannot_be_read_is_text_and_said() {
    use Notice::{BadValue, LoneBracket, LoneOperator, OpenQuote, UnknownField};
    let bad = |field: &str, value: &str| BadValue {
        field: field.to_string(),
        value: value.to_string(),
    };
    for (text, shaped, notices) in [
        ("\"offen ende", "\"offen ende\"", vec![OpenQuote]),
        ("(werft kiel", "all(werft kiel)", vec![LoneBracket]),
        ("werft) kiel", "all(werft kiel)", vec![LoneBracket]),
        ("OR werft", "werft", vec![LoneOperator("OR".to_string())]),
        ("werft NOT", "werft", vec![LoneOperator("NOT".to_string())]),
        (
            "autor:meier",
            "autor:meier",
            vec![UnknownField("autor".to_string())],
        ),
        ("lang:xx", "lang:xx", vec![bad("lang", "xx")]),
        ("figure:viel", "figure:viel", vec![bad("figure", "viel")]),
        ("https://a.example/x", "https://a.example/x", vec![]),
        ("- () \"\" -- *", "", vec![LoneOperator("-".to_string())]),
    ] {
        let query = Query::parse(text, TODAY);
        assert_eq!(
            query.wanted.as_ref().map(shape).unwrap_or_default(),
            shaped,
            "{text}"
        );
        assert_eq!(query.notices, notices, "{text}");
    }
}

#[test]
fn a_long_question_is_cut_at_the_same_condition_when_it_is_printed() {
    let text = "a -b c OR d NOT e f OR ".repeat(12);
    let query = Query::parse(&text, TODAY);
    let again = Query::parse(&query.to_string(), TODAY);
    assert_eq!(again.wanted, query.wanted, "{query}");
}

#[test]
fn endless_questions_end() {
    for text in [
        "(".repeat(5_000),
        "-".repeat(5_000),
        "a ".repeat(5_000),
        "NOT ".repeat(900),
        "\"(".repeat(900),
    ] {
        let query = Query::parse(&text, TODAY);
        assert!(query.to_string().len() <= 3_000);
    }
}

proptest! {
    #[test]
    fn any_question_is_read_and_what_is_printed_is_read_the_same(
        text in "([a-zäß]{1,4}|[(]|[)]|\"|-|OR|NOT|AND|title:|text:|lang:de|#a|date:7d|figure:|>1|~|[*]|=|:| |\\PC){0,24}"
    ) {
        let query = Query::parse(&text, TODAY);
        let again = Query::parse(&query.to_string(), TODAY);
        prop_assert_eq!(&again.wanted, &query.wanted, "{}", query);
        prop_assert_eq!(again.sort, query.sort);
    }
}
