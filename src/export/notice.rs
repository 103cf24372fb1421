use crate::locale::Locale;
use crate::query::Notice;

/// What a notice to a question or its answer says, in the interface's language; a sentence without a full stop.
pub fn notice(notice: &Notice, locale: &Locale) -> String {
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
        Notice::Translated { word, language, to } => {
            let key = format!("language.{language}");
            let language = locale.lookup(&key).unwrap_or(language.code());
            locale.fill(
                "query.translated",
                &[("word", word), ("language", &language), ("to", &to.join(", "))],
            )
        }
        Notice::NotYetIndexed(n) => locale.fill("query.not-indexed", &[("n", n)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Language;

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
                "Alle Wörter stehen nur in 2 Artikeln; darunter folgen die mit einigen davon, die besten zuerst",
            ),
        ] {
            assert_eq!(notice(&said, &german), expected);
        }
    }
}
