//! What comes in: keys, mouse, pasted text, signals, and what the terminal answers when it is asked.

use std::sync::mpsc::Sender;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use anyhow::Result;
use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::Size;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGWINCH};
use signal_hook::iterator::Signals;

use crate::job::NAME as WORKER;

use super::app::Event;

/// What asks a terminal for the colour of its background (OSC 11).
pub const ASK_GROUND: &[u8] = b"\x1b]11;?\x1b\\";

/// The longest answer to that, in characters.
const LONGEST_ANSWER: usize = 32;

/// Keeps the thread that reads keys away from the terminal while another program has it.
#[derive(Default)]
pub struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

/// What the thread that reads keys does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Reading,
    /// It is asked to rest.
    Closing,
    Resting,
}

impl Gate {
    /// Has the thread rest; returns when it does, or after two seconds in which it did not answer.
    pub fn close(&self) -> Result<()> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = State::Closing;
        for _ in 0..40 {
            // It waits for the terminal, whose change of size is the one thing that wakes it without a key.
            signal_hook::low_level::raise(SIGWINCH)?;
            let waited = self.changed.wait_timeout(state, Duration::from_millis(50));
            (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
            if *state == State::Resting {
                break;
            }
        }
        Ok(())
    }

    /// Has it read again.
    pub fn open(&self) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = State::Reading;
        self.changed.notify_all();
    }

    /// Goes through, or rests until it may.
    fn pass(&self) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while *state != State::Reading {
            *state = State::Resting;
            self.changed.notify_all();
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Sends what is typed, pressed and pasted, until the terminal is gone.
pub fn listen(events: Sender<Event>, gate: Arc<Gate>) -> Result<()> {
    let name = format!("{WORKER}-keys");
    thread::Builder::new().name(name).spawn(move || {
        let mut answer = Answer::default();
        loop {
            gate.pass();
            let came = match event::read() {
                Ok(event) => translate(event, &mut answer),
                Err(_) => vec![Event::Leave],
            };
            for event in came {
                let over = matches!(event, Event::Leave);
                if events.send(event).is_err() || over {
                    return;
                }
            }
        }
    })?;
    Ok(())
}

fn translate(event: event::Event, answer: &mut Answer) -> Vec<Event> {
    match event {
        event::Event::Key(key) if key.kind != KeyEventKind::Release => answer.hear(key),
        event::Event::Mouse(mouse) => vec![Event::Mouse(mouse)],
        event::Event::Paste(text) => vec![Event::Paste(text)],
        event::Event::Resize(width, height) => vec![Event::Resize(Size::new(width, height))],
        _ => Vec::new(),
    }
}

/// Takes the terminal's answer out of the keys: it comes among them, however late, as if alt-] and more were typed.
#[derive(Default)]
struct Answer {
    held: Vec<KeyEvent>,
}

impl Answer {
    /// What a key comes to: itself, nothing yet, the answer, or all that was held back where it is none.
    fn hear(&mut self, key: KeyEvent) -> Vec<Event> {
        let begins = is_alt(key, ']');
        if self.held.is_empty() && !begins {
            return vec![Event::Key(key)];
        }
        let ends = is_alt(key, '\\')
            || (key.code == KeyCode::Char('g') && key.modifiers.contains(KeyModifiers::CONTROL));
        if ends && let Some(light) = light_ground(&self.text()) {
            self.held.clear();
            return vec![Event::Ground { light }];
        }
        self.held.push(key);
        let text = self.text();
        let fits = text.starts_with("11;rgb") || "11;rgb".starts_with(&text);
        if fits && self.held.len() <= LONGEST_ANSWER && !ends {
            return Vec::new();
        }
        self.held.drain(..).map(Event::Key).collect()
    }

    /// What was typed after alt-].
    fn text(&self) -> String {
        let letters = self.held.iter().skip(1).map(|key| match key.code {
            KeyCode::Char(letter) => letter,
            _ => char::REPLACEMENT_CHARACTER,
        });
        letters.collect()
    }
}

fn is_alt(key: KeyEvent, letter: char) -> bool {
    key.code == KeyCode::Char(letter) && key.modifiers.contains(KeyModifiers::ALT)
}

/// Whether `11;rgb:ffff/ffff/ffff` is a light colour; none where it is no colour.
fn light_ground(answer: &str) -> Option<bool> {
    let parts = answer.strip_prefix("11;rgb")?.split_once(':')?.1;
    let mut weighed = 0.0;
    let mut shares = parts.split('/');
    for weight in [0.299, 0.587, 0.114] {
        let part = shares.next()?;
        let most = 16u32
            .checked_pow(u32::try_from(part.len()).ok()?)?
            .checked_sub(1)?;
        let value = u32::from_str_radix(part, 16).ok()?;
        weighed += weight * f64::from(value) / f64::from(most.max(1));
    }
    Some(weighed > 0.5)
}

/// Sends what the system asks for: to leave, or to draw again after the shell had the terminal.
pub fn obey(events: Sender<Event>) -> Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGCONT])?;
    let name = format!("{WORKER}-signals");
    thread::Builder::new().name(name).spawn(move || {
        for signal in signals.forever() {
            let event = if signal == SIGCONT {
                Event::Resumed
            } else {
                Event::Leave
            };
            if events.send(event).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::keymap::parse_keys;

    fn heard(keys: &str) -> String {
        let mut answer = Answer::default();
        let events = parse_keys(keys).expect("keys").into_iter();
        let said = events
            .flat_map(|key| answer.hear(key.event()))
            .map(|event| match event {
                Event::Ground { light: true } => "light".to_string(),
                Event::Ground { light: false } => "dark".to_string(),
                Event::Key(key) => crate::ui::key::Key::from(key).to_string(),
                other => format!("{other:?}"),
            });
        said.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_answer_of_the_terminal_never_reaches_the_screens() {
        for (keys, said) in [
            ("j alt-] 1 1 ; r g b : f f / f f / f f alt-\\ k", "j light k"),
            ("alt-] 1 1 ; r g b : 1 e 1 e / 1 e 1 e / 2 e 2 e ctrl-g", "dark"),
            (
                "alt-] 1 1 ; r g b a : f f f f / f a f a / e 8 e 8 / f f f f ctrl-g",
                "light",
            ),
            ("alt-] j", "alt-] j"),
            ("alt-] 1 2 j", "alt-] 1 2 j"),
            ("alt-] esc", "alt-] esc"),
            ("alt-] 1 1 ; r g b : x alt-\\ j", "alt-] 1 1 ; r g b : x alt-\\ j"),
            ("ctrl-g alt-\\", "ctrl-g alt-\\"),
        ] {
            assert_eq!(heard(keys), said, "{keys}");
        }
    }
}
