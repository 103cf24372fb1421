use super::*;

fn words_of(text: &str, language: Language) -> String {
    let mut analyser = Analyser::new(Arc::new(Vocabulary::seeds()));
    let mut all = Vec::new();
    analyser.words(text, Some(language), |analyser, word, same_place| {
        let sign = if same_place { "+" } else { "" };
        all.push(format!("{sign}{}", analyser.analyse(word, Some(language)).exact));
    });
    all.join(" ")
}

#[test]
fn texts_are_cut_into_words() {
    use Language::{Dutch, English, German};
    for (language, text, expected) in [
        (
            German,
            "Die Wärmepumpen-Förderung steigt.",
            "die waermepumpen +waermepumpenfoerderung foerderung steigt",
        ),
        (
            German,
            "U\u{308}ber 280,15 Milliarden, 3.000!",
            "ueber 280,15 milliarden 3.000",
        ),
        (German, "Die PS5-Pro (2024)", "die ps5 +ps5pro pro 2024"),
        (German, "Wind- und Solarparks", "wind und solarparks +windparks"),
        (Dutch, "Anna’s foto's en sms'en", "anna foto en sms +smsen en"),
        (
            Dutch,
            "'s-Gravenhage, coördineren",
            "s +sgravenhage gravenhage coordineren",
        ),
        (English, "the bank's S&P rating", "the bank s +sp p rating"),
        (English, " – ", ""),
    ] {
        assert_eq!(words_of(text, language), expected, "{text}");
    }
}

#[test]
fn compounds_are_found_by_their_parts() {
    let mut analyser = Analyser::new(Arc::new(Vocabulary::seeds()));
    for (language, word, expected) in [
        (Language::German, "Zinserhöhung", "zin erhoh"),
        (Language::German, "Ernteausfälle", "ernt ausfall"),
        (
            Language::German,
            "Windkraftwerke",
            "wind kraft werk windkraft kraftwerk",
        ),
        (Language::German, "Gesellschaft", ""),
        (Language::German, "Minister", ""),
        (Language::Dutch, "energieprijzen", "energ prijs"),
        (Language::Dutch, "spoorwegen", "spoor weg"),
        (Language::Dutch, "vrijheid", ""),
    ] {
        let forms = analyser.forms(word, Some(language));
        assert_eq!(forms.parts.join(" "), expected, "{word}");
    }
}
