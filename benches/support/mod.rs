//! Articles in any number, the same every time: German and Dutch, with the word frequencies of real texts.

#![allow(dead_code, reason = "not every bench and test uses all of it")]

use beide::article::{Article, ArticleId, Headline, Language, Published};

/// Numbers that look random and are the same in every run (splitmix64).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        (self.number() % n.max(1) as u64) as usize
    }

    fn share(&mut self) -> f64 {
        (self.number() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// The words of a language, the most frequent first.
pub struct Vocabulary {
    language: Language,
    words: Vec<String>,
}

const GERMAN: [&str; 2] = [
    include_str!("../../assets/words/function_de.txt"),
    include_str!("../../assets/words/nouns_de.txt"),
];
const DUTCH: [&str; 2] = [
    include_str!("../../assets/words/function_nl.txt"),
    include_str!("../../assets/words/nouns_nl.txt"),
];
/// How many words a language has here.
const WORDS: usize = 150_000;

impl Vocabulary {
    pub fn new(language: Language) -> Self {
        let [function, nouns] = if language == Language::Dutch {
            DUTCH
        } else {
            GERMAN
        };
        let listed = |list: &'static str| {
            list.lines()
                .filter(|line| !line.starts_with('#'))
                .flat_map(str::split_whitespace)
        };
        let endings = ["", "en", "s", "e"];
        let nouns: Vec<&str> = listed(nouns).collect();
        let mut words: Vec<String> = listed(function)
            .chain(nouns.iter().copied())
            .map(str::to_string)
            .collect();
        let mut dice = Dice::new(7);
        while words.len() < WORDS {
            let first = nouns[dice.below(nouns.len())];
            let second = nouns[dice.below(nouns.len())].to_lowercase();
            words.push(format!("{first}{second}{}", endings[dice.below(4)]));
        }
        Self { language, words }
    }

    /// A word, drawn as real texts draw theirs: the second half as often as the first, and so on.
    pub fn word(&self, dice: &mut Dice) -> &str {
        let rank = (self.words.len() as f64).powf(dice.share()) as usize;
        &self.words[rank.min(self.words.len()) - 1]
    }

    pub fn nth(&self, n: usize) -> &str {
        &self.words[n % self.words.len()]
    }
}

/// The languages of the articles: twice as many German ones as Dutch.
pub fn vocabularies() -> [Vocabulary; 2] {
    [
        Vocabulary::new(Language::German),
        Vocabulary::new(Language::Dutch),
    ]
}

/// The articles with these numbers; a number always gives the same article.
pub fn articles(vocabularies: &[Vocabulary; 2], numbers: std::ops::Range<usize>) -> Vec<Article> {
    numbers
        .map(|number| article(&vocabularies[usize::from(number % 3 == 2)], number))
        .collect()
}

fn article(vocabulary: &Vocabulary, number: usize) -> Article {
    let mut dice = Dice::new(number as u64);
    let title = sentence(vocabulary, &mut dice, 7);
    let mut text = String::new();
    for paragraph in 0..4 + dice.below(4) {
        if paragraph > 0 {
            text.push('\n');
        }
        for _ in 0..2 + dice.below(4) {
            let length = 8 + dice.below(14);
            text.push_str(&sentence(vocabulary, &mut dice, length));
            text.push_str(". ");
        }
    }
    let day = jiff::civil::date(2024, 1, 1).saturating_add(jiff::Span::new().days((number % 700) as i64));
    Article {
        headline: Headline {
            id: ArticleId(format!("n{number}")),
            title,
            source: format!("Blatt {}", dice.below(40)),
            language: Some(vocabulary.language),
            published: Some(Published::on(day)),
            url: Some(format!("https://blatt.example/{number}")),
            tags: Vec::new(),
            author: String::new(),
        },
        text,
    }
}

fn sentence(vocabulary: &Vocabulary, dice: &mut Dice, length: usize) -> String {
    let mut words = Vec::with_capacity(length);
    for _ in 0..length {
        match dice.below(40) {
            0 => words.push(format!("{},{} Prozent", dice.below(90), dice.below(10))),
            1 => words.push(format!("{} Millionen Euro", 1 + dice.below(900))),
            _ => words.push(vocabulary.word(dice).to_string()),
        }
    }
    words.join(" ")
}
