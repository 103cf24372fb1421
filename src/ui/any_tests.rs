//! Any articles, any keys and commands, on any screen: nothing may panic.

use proptest::prelude::*;
use ratatui::layout::Size;

use crate::article::{Article, ArticleId, Headline, Language, Published};

use super::Event;
use super::desk::Desk;
use super::testing::{answer, answer_with, app_in, at_home, press, shot};

/// Articles of any text, in two languages, with what a comparison finds in them.
fn any_desk(texts: &[String]) -> Desk {
    let languages = [Some(Language::German), Some(Language::Dutch), None];
    let articles: Vec<Article> = texts
        .iter()
        .zip(languages)
        .enumerate()
        .map(|(number, (text, language))| Article {
            headline: Headline {
                id: ArticleId(format!("any-{number}")),
                title: text.chars().take(90).collect(),
                source: text.chars().rev().take(number * 9).collect(),
                language,
                published: Published::parse("2025-09-24T10:30:00Z").filter(|_| number != 1),
                url: None,
                tags: vec![text.chars().take(5).collect()],
                author: String::new(),
            },
            text: text.clone(),
        })
        .collect();
    let comparison = crate::compare::compare(&articles, &crate::compare::Knowledge::default());
    Desk::new(articles, comparison)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_article_and_any_command_on_any_screen_draw_without_a_panic(
        width in 1u16..210, height in 1u16..70,
        texts in proptest::collection::vec(
            "([a-zäöüß日本語\u{301}\u{200d}👩 -]{0,60}(45 Milliarden Euro|[0-9,.]{0,9} Prozent|Billion|- )?\n?){0,12}", 1..4),
        keys in proptest::collection::vec(0usize..400, 0..50),
    ) {
        let written = any_desk(&texts);
        let mut app = app_in(Language::German, width, height);
        let jobs = app.start();
        answer_with(&mut app, jobs, &written);
        let all: Vec<&str> = super::command::TABLE.iter().flat_map(|entry| entry.keys).copied().collect();
        for (number, key) in keys.into_iter().enumerate() {
            let jobs = press(&mut app, if number == 0 { "enter" } else { all[key % all.len()] });
            if app.is_leaving() {
                break;
            }
            answer_with(&mut app, jobs, &written);
            if number % 9 == 4 {
                let size = Size::new(1 + (width + 41 * number as u16) % 200, 1 + (height + 13 * number as u16) % 60);
                app.update(Event::Resize(size));
            }
            shot(&app);
            prop_assert!(!app.screens().is_empty());
            prop_assert!(!app.screens().first().is_none_or(super::screen::Screen::is_overlay));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn any_keys_on_any_screen_draw_without_a_panic(
        width in 0u16..220, height in 0u16..70, keys in proptest::collection::vec(0usize..54, 0..60),
    ) {
        let mut app = at_home(width.max(1), height.max(1));
        let all: Vec<&str> = "j k G g ctrl-d ctrl-u page-down page-up tab shift-tab enter esc q / ? : u t f s n m * space c \
            } { ] [ v z + - x 1 2 9 e y o a down up space backspace 4 left L x J p F R r i".split_whitespace().collect();
        for (number, key) in keys.into_iter().enumerate() {
            let jobs = press(&mut app, all[key % all.len()]);
            if app.is_leaving() {
                break;
            }
            answer(&mut app, jobs);
            if number % 7 == 3 {
                let size = Size::new((width + 31 * number as u16) % 210, (height + 17 * number as u16) % 70);
                app.update(Event::Resize(size));
            }
            if app.context.size.area() > 0 {
                shot(&app);
            }
        }
    }
}
