//! Keys to commands: sequences, counts, the reader's own bindings, and what is wrong with them.

use crossterm::event::KeyCode;

use crate::text::edit_distance;

use super::command::{Command, Place, TABLE};
pub use super::key::Key;

/// A line of the reader's own keys, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The name of the place it is meant for; `everywhere` where none is given.
    pub place: String,
    /// The keys, with spaces between those that are pressed one after another: `g g`.
    pub keys: String,
    /// The commands, with spaces between; none takes the keys away.
    pub commands: String,
    /// The line of the file that says so.
    pub line: usize,
}

/// Why a binding is not used; `locale` has the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No command is called so; the nearest name that is one.
    Command {
        /// What was written.
        written: String,
        /// The name that resembles it most.
        nearest: &'static str,
    },
    /// No key is called so.
    Key {
        /// What was written.
        written: String,
    },
    /// No place is called so; the nearest name that is one.
    Place {
        /// What was written.
        written: String,
        /// The name that resembles it most.
        nearest: &'static str,
    },
    /// The keys begin as others do, which could then never be reached.
    Shadows {
        /// The shorter keys.
        shorter: String,
        /// The longer keys.
        longer: String,
    },
}

/// Which set of keys the reader starts from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// Those of the table of commands.
    #[default]
    Vim,
    /// The same, and over them what readers of newsboat are used to.
    Newsboat,
}

impl Preset {
    /// The preset of that name.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "vim" => Some(Self::Vim),
            "newsboat" => Some(Self::Newsboat),
            _ => None,
        }
    }
}

const NEWSBOAT: &[(Place, &str, Command)] = &[
    (Place::Home, "r", Command::Sync),
    (Place::Home, "R", Command::Sync),
    (Place::Home, "A", Command::Read),
    (Place::Home, "N", Command::Read),
    (Place::Home, "F", Command::Filter),
    (Place::Everywhere, "O", Command::Browse),
    (Place::Everywhere, "^", Command::Top),
    (Place::Everywhere, "$", Command::Bottom),
];

/// A sequence of keys in a place and what it does.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Bound {
    place: Place,
    keys: Vec<Key>,
    commands: Vec<Command>,
}

/// What keys mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bound: Vec<Bound>,
}

/// What the keys pressed so far come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// These commands, so many times.
    Commands(Vec<Command>, usize),
    /// More keys are needed.
    Unfinished,
    /// Nothing.
    Nothing,
}

impl Keymap {
    /// The keys of a preset with the reader's own over them, and what is wrong with these.
    pub fn new(preset: Preset, own: &[Binding]) -> (Self, Vec<(Binding, Fault)>) {
        let mut map = Self { bound: Vec::new() };
        for entry in TABLE {
            for (place, keys) in entry
                .places
                .iter()
                .flat_map(|place| entry.keys.iter().map(move |keys| (place, keys)))
            {
                if let Ok(keys) = parse_keys(keys) {
                    map.bind(*place, keys, vec![entry.command]);
                }
            }
        }
        if preset == Preset::Newsboat {
            for (place, keys, command) in NEWSBOAT {
                map.bind(*place, parse_keys(keys).unwrap_or_default(), vec![*command]);
            }
        }
        let mut faults = Vec::new();
        for binding in own {
            if let Err(fault) = map.add(binding) {
                faults.push((binding.clone(), fault));
            }
        }
        (map, faults)
    }

    fn add(&mut self, binding: &Binding) -> Result<(), Fault> {
        let place = Place::ALL.into_iter().find(|place| place.name() == binding.place);
        let place = place.ok_or_else(|| Fault::Place {
            written: binding.place.clone(),
            nearest: nearest(&binding.place, Place::ALL.into_iter().map(Place::name)),
        })?;
        let keys = parse_keys(&binding.keys)?;
        let commands: Result<Vec<Command>, Fault> =
            binding.commands.split_whitespace().map(parse_command).collect();
        let commands = commands?;
        if let Some(other) = self.shadowed(place, &keys).filter(|_| !commands.is_empty()) {
            let (shorter, longer) = if other.len() < keys.len() {
                (other, &keys[..])
            } else {
                (&keys[..], other)
            };
            return Err(Fault::Shadows {
                shorter: written(shorter),
                longer: written(longer),
            });
        }
        self.bind(place, keys, commands);
        Ok(())
    }

    /// Keys of the same place that begin these, or that these begin.
    fn shadowed(&self, place: Place, keys: &[Key]) -> Option<&[Key]> {
        self.bound
            .iter()
            .filter(|bound| bound.place == place && bound.keys.len() != keys.len())
            .map(|bound| bound.keys.as_slice())
            .find(|other| other.starts_with(keys) || keys.starts_with(other))
    }

    fn bind(&mut self, place: Place, keys: Vec<Key>, commands: Vec<Command>) {
        self.bound
            .retain(|bound| bound.place != place || bound.keys != keys);
        if !commands.is_empty() && !keys.is_empty() {
            self.bound.push(Bound {
                place,
                keys,
                commands,
            });
        }
    }

    /// What `pressed` means in `place`: a count, then keys; those of the place go before those of everywhere.
    ///
    /// Digits count only where they are no keys themselves.
    pub fn meaning(&self, place: Place, pressed: &[Key]) -> Meaning {
        let counted = pressed.iter().take_while(|key| self.counts(place, **key)).count();
        let (digits, keys) = pressed.split_at(counted);
        let count = digits.iter().fold(0usize, |count, key| {
            let digit = digit_of(*key).unwrap_or(0);
            count.saturating_mul(10).saturating_add(digit).min(99_999)
        });
        if keys.is_empty() {
            return if count == 0 {
                Meaning::Nothing
            } else {
                Meaning::Unfinished
            };
        }
        for here in [place, Place::Everywhere] {
            let known = || self.bound.iter().filter(|bound| bound.place == here);
            if let Some(bound) = known().find(|bound| bound.keys == keys) {
                return Meaning::Commands(bound.commands.clone(), count.max(1));
            }
            if known().any(|bound| bound.keys.starts_with(keys)) {
                return Meaning::Unfinished;
            }
        }
        Meaning::Nothing
    }

    fn counts(&self, place: Place, key: Key) -> bool {
        let bound = |here| {
            self.bound
                .iter()
                .any(|bound| bound.place == here && bound.keys.first() == Some(&key))
        };
        digit_of(key).is_some() && !bound(place) && !bound(Place::Everywhere)
    }

    /// The keys of a command in a place as they are written, the place's own first.
    pub fn keys_of(&self, place: Place, command: Command) -> Vec<String> {
        [place, Place::Everywhere]
            .into_iter()
            .flat_map(|here| self.bound.iter().filter(move |bound| bound.place == here))
            .filter(|bound| bound.commands == [command])
            .filter(|bound| bound.place == place || !self.hidden(place, &bound.keys))
            .map(|bound| written(&bound.keys))
            .fold(Vec::new(), |mut keys, key| {
                if !keys.contains(&key) {
                    keys.push(key);
                }
                keys
            })
    }

    /// Whether `place` gives these keys a meaning of its own.
    fn hidden(&self, place: Place, keys: &[Key]) -> bool {
        self.bound
            .iter()
            .any(|bound| bound.place == place && bound.keys == keys)
    }
}

fn digit_of(key: Key) -> Option<usize> {
    match key.code {
        KeyCode::Char(letter) if key.modifiers.is_empty() => {
            letter.to_digit(10).and_then(|digit| usize::try_from(digit).ok())
        }
        _ => None,
    }
}

/// Reads keys with spaces between.
pub fn parse_keys(text: &str) -> Result<Vec<Key>, Fault> {
    let unknown = |written: &str| Fault::Key {
        written: written.to_string(),
    };
    let keys: Vec<Key> = text
        .split_whitespace()
        .map(|word| Key::parse(word).ok_or_else(|| unknown(word)))
        .collect::<Result<_, _>>()?;
    if keys.is_empty() {
        Err(unknown(text))
    } else {
        Ok(keys)
    }
}

fn parse_command(name: &str) -> Result<Command, Fault> {
    Command::named(name).ok_or_else(|| Fault::Command {
        written: name.to_string(),
        nearest: nearest(name, TABLE.iter().map(|entry| entry.name)),
    })
}

fn written(keys: &[Key]) -> String {
    let keys: Vec<String> = keys.iter().map(Key::to_string).collect();
    keys.join(" ")
}

/// The candidate that differs from `written` by the fewest letters.
fn nearest(written: &str, candidates: impl Iterator<Item = &'static str>) -> &'static str {
    candidates
        .min_by_key(|candidate| edit_distance(written, candidate))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(map: &Keymap, place: Place, keys: &str) -> Meaning {
        map.meaning(place, &parse_keys(keys).expect("keys"))
    }

    fn binding(place: &str, keys: &str, commands: &str) -> Binding {
        let [place, keys, commands] = [place, keys, commands].map(str::to_string);
        Binding {
            place,
            keys,
            commands,
            line: 1,
        }
    }

    #[test]
    fn sequences_and_counts_come_to_commands() {
        let (map, _) = Keymap::new(Preset::Vim, &[]);
        for (place, keys, expected) in [
            (Place::Home, "j", Meaning::Commands(vec![Command::Next], 1)),
            (Place::Home, "1 2 j", Meaning::Commands(vec![Command::Next], 12)),
            (Place::Home, "g", Meaning::Unfinished),
            (Place::Home, "3", Meaning::Unfinished),
            (Place::Home, "g g", Meaning::Commands(vec![Command::Top], 1)),
            (Place::Home, "g x", Meaning::Nothing),
            (
                Place::Compare,
                "2",
                Meaning::Commands(vec![Command::Choose(2)], 1),
            ),
            (Place::Compare, "c", Meaning::Commands(vec![Command::Claims], 1)),
            (Place::Search, "c", Meaning::Commands(vec![Command::Compare], 1)),
        ] {
            assert_eq!(meaning(&map, place, keys), expected, "{keys}");
        }
    }

    #[test]
    fn no_default_key_hides_another() {
        for place in Place::ALL {
            let mut seen = Vec::new();
            for entry in TABLE.iter().filter(|entry| entry.places.contains(&place)) {
                for keys in entry.keys {
                    assert!(!seen.contains(keys), "{keys} stands twice in {}", place.name());
                    seen.push(keys);
                }
            }
        }
    }

    #[test]
    fn the_reader_rebinds_keys_and_hears_what_is_wrong() {
        let own = [
            binding("everywhere", "ctrl-n", "next next"),
            binding("home", "j", ""),
            binding("everywhere", "n", "nxt"),
            binding("everywhere", "retrun", "open"),
            binding("compar", "x", "swap"),
            binding("everywhere", "g", "top"),
        ];
        let (map, faults) = Keymap::new(Preset::Vim, &own);
        assert_eq!(
            meaning(&map, Place::Home, "ctrl-n"),
            Meaning::Commands(vec![Command::Next, Command::Next], 1)
        );
        let told: Vec<Fault> = faults.into_iter().map(|(_, fault)| fault).collect();
        let text = |text: &str| text.to_string();
        assert_eq!(
            told,
            [
                Fault::Command {
                    written: text("nxt"),
                    nearest: "next"
                },
                Fault::Key {
                    written: text("retrun")
                },
                Fault::Place {
                    written: text("compar"),
                    nearest: "compare"
                },
                Fault::Shadows {
                    shorter: text("g"),
                    longer: text("g g")
                },
            ]
        );
    }

    #[test]
    fn help_shows_the_keys_that_work_here() {
        let (map, _) = Keymap::new(Preset::Vim, &[]);
        assert_eq!(map.keys_of(Place::Home, Command::Next), ["j", "down"]);
        assert_eq!(
            map.keys_of(Place::Compare, Command::PageDown),
            ["space", "page-down", "ctrl-f"]
        );
    }

    #[test]
    fn every_key_named_in_the_readme_does_something() {
        let map = Keymap::new(Preset::Vim, &[]).0;
        let prose = include_str!("../../README.md").split("```").step_by(2);
        let code = prose.flat_map(|part| part.split('`').skip(1).step_by(2));
        let names = ["Enter", "Space", "Tab", "Esc"];
        let keys: Vec<&str> = code
            .filter(|code| code.chars().count() == 1 || names.contains(code))
            .collect();
        assert!(keys.len() > 5, "only {keys:?}");
        for written in keys {
            let name = if written.len() > 1 {
                written.to_lowercase()
            } else {
                written.to_string()
            };
            let pressed = parse_keys(&name).unwrap_or_else(|_| panic!("`{written}` is no key"));
            let meant = Place::ALL
                .iter()
                .any(|place| map.meaning(*place, &pressed) != Meaning::Nothing);
            assert!(meant, "`{written}` does nothing");
        }
    }
}
