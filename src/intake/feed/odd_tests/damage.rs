//! What may befall a feed: damage from any byte on.

use proptest::prelude::*;

/// How a feed is damaged: from this byte on, in this way.
#[derive(Clone, Debug)]
pub(super) enum Damage {
    Cut,
    Bytes(Vec<u8>),
    Leap(usize),
    Insert(Vec<u8>),
}

pub(super) fn damaged(feed: &[u8], at: usize, damage: &Damage) -> Vec<u8> {
    let (before, after) = feed.split_at(at);
    let mut bytes = before.to_vec();
    match damage {
        Damage::Cut => {}
        Damage::Bytes(others) => {
            bytes.extend(others);
            bytes.extend(after.iter().skip(others.len()));
        }
        Damage::Leap(by) => bytes.extend(after.iter().skip(*by)),
        Damage::Insert(others) => {
            bytes.extend(others);
            bytes.extend(after);
        }
    }
    bytes
}

pub(super) fn any_damage() -> impl Strategy<Value = Damage> {
    let tags = prop::sample::select(vec![
        "<",
        "</item>",
        "<item>",
        "<!--",
        "<![CDATA[",
        "]]>",
        "&",
        "\"",
        "</rss>",
        "{",
        "]",
        "<p",
        "\0",
    ]);
    prop_oneof![
        Just(Damage::Cut),
        prop::collection::vec(any::<u8>(), 1..8).prop_map(Damage::Bytes),
        (1_usize..300).prop_map(Damage::Leap),
        prop::collection::vec(any::<u8>(), 1..20).prop_map(Damage::Insert),
        tags.prop_map(|tag| Damage::Insert(tag.into())),
    ]
}
