use crate::article::Language;
use crate::locale::Locale;
use crate::query::Notice;

/// What a notice to a question or its answer says, in the interface's language; a sentence without a full stop.
fn notice(notice: &Notice, locale: &Locale) -> String {
    match notice {
        Notice::UnknownField(field) => locale.fill("query.unknown-field", &[("field", field)]),
        Notice::BadValue { field, value } => {
            locale.fill("query.bad-value", &[("field", field), ("value", value)])
        }
        Notice::OpenQuote => locale.text("query.open-quote").to_string(),
        Notice::LoneBracket => locale.text("query.lone-bracket").to_string(),
        Notice::LoneOperator(sign) => locale.fill("query.lone-operator", &[("sign", sign)]),
        Notice::TooLong => locale.text("query.too-long").to_string(),
        Notice::Relaxed { with_all } => locale.fill("query.relaxed", &[("n", with_all)]),
        Notice::Corrected { word, to } => {
            locale.fill("query.corrected", &[("word", word), ("to", &to.join(", "))])
        }
        Notice::Translated { word, to, .. } => format!("{word} → {}", to.join(", ")),
        Notice::NoAuthors => locale.text("query.no-authors").to_string(),
        Notice::NotYetIndexed(n) => locale.fill("query.not-indexed", &[("n", n)]),
    }
}

/// What all the notices to a question and its answer say, a sentence each; what was probably meant first, translated words last
/// and those of a language in one.
pub fn notices(all: &[Notice], locale: &Locale) -> Vec<String> {
    let is_translated = |told: &&Notice| matches!(told, Notice::Translated { .. });
    let mut plain: Vec<&Notice> = all.iter().filter(|told| !is_translated(told)).collect();
    plain.sort_by_key(|told| !matches!(told, Notice::Corrected { .. }));
    let mut said: Vec<String> = plain.into_iter().map(|told| notice(told, locale)).collect();
    for language in Language::ALL {
        let words = all.iter().filter_map(|told| match told {
            Notice::Translated {
                word,
                language: to,
                to: words,
            } if *to == language => Some(format!("{word} → {}", words.join(", "))),
            _ => None,
        });
        let words: Vec<String> = words.collect();
        if !words.is_empty() {
            let key = format!("language.{language}");
            let name = locale.lookup(&key).unwrap_or(language.code());
            said.push(locale.fill(
                "query.translated",
                &[("language", &name), ("words", &words.join(" · "))],
            ));
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn translated_words_of_a_language_are_said_in_one_sentence() {
        let translated = |word: &str, language, to: &str| Notice::Translated {
            word: word.to_string(),
            language,
            to: vec![to.to_string()],
        };
        let all = [
            translated("Hafen", Language::Dutch, "haven"),
            Notice::OpenQuote,
            translated("Hafen", Language::English, "port"),
            translated("Streik", Language::Dutch, "staking"),
        ];
        let said = notices(&all, &Locale::new(Language::English));
        let expected = [
            "in Dutch: Hafen → haven · Streik → staking",
            "in English: Hafen → port",
        ];
        assert_eq!(said.get(1..), Some(expected.map(String::from).as_slice()));
    }

    #[test]
    fn every_notice_has_its_words() {
        let german = Locale::new(Language::German);
        for (said, expected) in [
            (
                Notice::UnknownField("autor".to_string()),
                "Ein Feld „autor:“ gibt es nicht; es wurde als Text gesucht",
            ),
            (
                Notice::Corrected {
                    word: "Hafne".to_string(),
                    to: vec!["hafen".to_string()],
                },
                "„Hafne“ kommt nirgends vor; gesucht wurde stattdessen: hafen",
            ),
            (
                Notice::Relaxed { with_all: 2 },
                "Artikel mit allen Wörtern: 2; darunter folgen die mit einigen davon, die besten zuerst",
            ),
        ] {
            assert_eq!(notice(&said, &german), expected);
        }
    }
}
