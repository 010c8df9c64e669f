//! From keys to commands: the table's keys, and those that a config file puts in their place.

use std::collections::{HashMap, HashSet};

use super::{
    Command, Context, Row, TABLE, Takes, by_name,
    key::{Key, UnknownKey},
    nearest_name,
};

/// What keys typed so far mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    Command(Command, Option<char>),
    /// More keys can follow.
    Prefix,
    Nothing,
}

/// Which keys mean which command, in each context.
#[derive(Debug, Clone)]
pub struct Keymap {
    /// Those of a config file first: a key of the table gives way to them.
    bindings: Vec<Bound>,
    is_changed: bool,
    /// Whether commands are shown by name, for lines that are typed.
    shows_names: bool,
}

/// A key sequence of a command in one context.
#[derive(Debug, Clone)]
struct Bound {
    context: Context,
    keys: Vec<Key>,
    row: &'static Row,
}

/// Why the keys of a config file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    #[error("unknown command `{0}`; {1}")]
    NoCommand(String, String),
    #[error("unknown context `{0}`; available: {1}")]
    NoContext(String, String),
    #[error("`{0}` has no keys in `{1}`; `tip-reader keys` shows where it has some")]
    NotThere(String, String),
    #[error(transparent)]
    NoKey(#[from] UnknownKey),
}

impl Bound {
    /// The keys as they are typed, with a letter where the command takes one.
    fn shown(&self) -> String {
        let letter = (self.row.takes == Takes::Letter).then(|| "letter".to_owned());
        let keys = self.keys.iter().map(Key::to_string).chain(letter);
        keys.collect::<Vec<_>>().join(" ")
    }
}

/// The table's own keys.
impl Default for Keymap {
    fn default() -> Self {
        Self::new(&HashMap::new()).0
    }
}

impl Keymap {
    /// The table's keys, changed as a config file says: `down` changes a command in every
    /// context, `list.down` in one. A context in which a key would type text keeps the table's.
    /// What names an unknown command, context or key changes nothing, and is told of beside it.
    pub fn new(changed: &HashMap<String, Vec<String>>) -> (Self, Vec<String>) {
        let (changes, problems) = parsed(changed);
        let (mut chosen, mut others) = (Vec::new(), Vec::new());
        for row in TABLE {
            for context in row.contexts() {
                let change = changes
                    .get(&(row.command, Some(context)))
                    .or_else(|| changes.get(&(row.command, None)))
                    .filter(|keys| {
                        !context.is_typing() || !keys.iter().any(|keys| types_text(keys))
                    });
                let bound = |keys| Bound { context, keys, row };
                match (change, row.binding(context)) {
                    (Some(keys), _) => chosen.extend(keys.iter().cloned().map(bound)),
                    (None, Some(binding)) => {
                        // A test reads all keys of the table.
                        let keys = binding.keys.iter();
                        others.extend(keys.filter_map(|key| Key::sequence(key).ok()).map(bound));
                    }
                    (None, None) => {}
                }
            }
        }
        chosen.append(&mut others);
        let keymap = Self {
            bindings: chosen,
            is_changed: !changed.is_empty(),
            shows_names: false,
        };
        (keymap, problems)
    }

    /// What a sequence of keys means along a chain of contexts, the nearest first. A letter that
    /// a command takes is given with it; a sequence of its own goes before it (`m m` before `m`
    /// and a letter).
    pub fn meaning(&self, chain: &[Context], keys: &[Key]) -> Meaning {
        for &context in chain {
            let here = || self.bindings.iter().filter(move |of| of.context == context);
            let whole = here().find(|of| of.row.takes != Takes::Letter && of.keys == keys);
            if let Some(bound) = whole {
                return Meaning::Command(bound.row.command, None);
            }
            if let Some((&last, before)) = keys.split_last()
                && let Some(letter) = last.typed().filter(|c| c.is_alphanumeric())
                && let Some(bound) =
                    here().find(|of| of.row.takes == Takes::Letter && of.keys == before)
            {
                return Meaning::Command(bound.row.command, Some(letter));
            }
            let is_prefix = |of: &Bound| {
                let room = of.keys.len() + usize::from(of.row.takes == Takes::Letter);
                of.keys.starts_with(keys) && room > keys.len()
            };
            if here().any(is_prefix) {
                return Meaning::Prefix;
            }
        }
        Meaning::Nothing
    }

    /// The same keymap, which shows commands by what is typed for them in lines.
    pub fn by_names(self) -> Self {
        Self {
            shows_names: true,
            ..self
        }
    }

    /// The key to show for a command in a context: one that reaches it there; empty where none
    /// does.
    pub fn shown(&self, command: Command, context: Context) -> String {
        if self.shows_names {
            let row = command.row();
            let binding = row.nearest(context.chain());
            let word = binding.map_or("", |binding| binding.word);
            let name = if word.is_empty() { row.name } else { word };
            let colon = if context.is_typing() { ":" } else { "" };
            return format!("`{colon}{name}`");
        }
        self.reaching(command, context)
            .next()
            .map(Bound::shown)
            .unwrap_or_default()
    }

    /// All keys of just this context that reach a command there.
    pub fn all_shown(&self, command: Command, context: Context) -> Vec<String> {
        let here = self.reaching(command, context);
        let here = here.filter(|bound| bound.context == context);
        here.map(Bound::shown).collect()
    }

    fn reaching(&self, command: Command, context: Context) -> impl Iterator<Item = &Bound> {
        let chain = context.chain();
        let of_command = chain.iter().flat_map(move |context| {
            self.bindings
                .iter()
                .filter(move |of| of.context == *context && of.row.command == command)
        });
        of_command.filter(move |bound| !self.is_changed || self.hides(bound, chain).is_none())
    }

    /// The command that a key runs in place of the one that it is bound to.
    fn hides(&self, bound: &Bound, chain: &[Context]) -> Option<Command> {
        let mut keys = bound.keys.clone();
        if bound.row.takes == Takes::Letter {
            // No sequence of the table ends in this letter.
            keys.push(Key::letter('ß'));
        }
        (1..=keys.len()).find_map(|upto| {
            match self.meaning(chain, keys.get(..upto).unwrap_or_default()) {
                Meaning::Command(command, _) if command != bound.row.command => Some(command),
                _ => None,
            }
        })
    }

    /// Keys of a config file that hide others, or are hidden, within one context, in words:
    /// `q` for two commands, or a `g` that cuts off every `g …`.
    pub fn conflicts(&self) -> Vec<String> {
        let mut said = HashSet::new();
        let mut conflicts = Vec::new();
        for bound in self.bindings.iter().filter(|_| self.is_changed) {
            for (context, ..) in Context::ALL {
                let chain = context.chain();
                if !chain.contains(&bound.context) || bound.context.is_typing() {
                    continue;
                }
                // What hides by the table alone is meant: `g` after a highlight.
                let hidden = self
                    .hides(bound, chain)
                    .filter(|by| default_keys().hides(bound, chain) != Some(*by));
                let Some(by) = hidden else { continue };
                let text = format!(
                    "`{}` runs `{}`, which hides `{}`",
                    bound.shown(),
                    by.row().name,
                    bound.row.name
                );
                if said.insert(text.clone()) {
                    conflicts.push(text);
                }
            }
        }
        conflicts
    }
}

/// The table's own keys.
fn default_keys() -> &'static Keymap {
    static KEYS: std::sync::OnceLock<Keymap> = std::sync::OnceLock::new();
    KEYS.get_or_init(Keymap::default)
}

/// Whether a sequence types text where text is typed.
fn types_text(keys: &[Key]) -> bool {
    keys.first().is_some_and(|key| key.typed().is_some())
}

type Changes = HashMap<(Command, Option<Context>), Vec<Vec<Key>>>;

/// The keys of a config file by command, and by context where it names one; and what of them is
/// wrong, in words.
fn parsed(changed: &HashMap<String, Vec<String>>) -> (Changes, Vec<String>) {
    let mut changes = Changes::new();
    let mut problems = Vec::new();
    for (name, keys) in changed {
        match change(name, keys) {
            Ok((of, keys)) => drop(changes.insert(of, keys)),
            Err(error) => problems.push(format!("the keys of `{name}`: {error}")),
        }
    }
    problems.sort();
    (changes, problems)
}

type Change = ((Command, Option<Context>), Vec<Vec<Key>>);

fn change(name: &str, keys: &[String]) -> Result<Change, KeymapError> {
    let (context, verb) = match name.split_once('.') {
        Some((context, verb)) => (Some(context_named(context)?), verb),
        None => (None, name),
    };
    let row = by_name(verb).ok_or_else(|| unknown(verb))?;
    if let Some(context) = context.filter(|context| row.binding(*context).is_none()) {
        return Err(KeymapError::NotThere(verb.into(), context.name().into()));
    }
    let keys: Result<_, UnknownKey> = keys.iter().map(|key| Key::sequence(key)).collect();
    Ok(((row.command, context), keys?))
}

fn unknown(verb: &str) -> KeymapError {
    let hint = match nearest_name(verb) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "`tip-reader keys` lists them".to_owned(),
    };
    KeymapError::NoCommand(verb.into(), hint)
}

fn context_named(name: &str) -> Result<Context, KeymapError> {
    let found = Context::ALL.iter().find(|(_, of, _)| *of == name);
    found.map(|(context, ..)| *context).ok_or_else(|| {
        let names: Vec<&str> = Context::ALL.iter().map(|(_, name, _)| *name).collect();
        KeymapError::NoContext(name.into(), names.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keymap(changed: &[(&str, &[&str])]) -> Keymap {
        let changed = changed.iter().map(|(name, keys)| {
            let keys = keys.iter().map(|key| (*key).to_owned()).collect();
            ((*name).to_owned(), keys)
        });
        let (keymap, problems) = Keymap::new(&changed.collect());
        assert_eq!(problems, Vec::<String>::new());
        keymap
    }

    fn meaning(keymap: &Keymap, context: Context, keys: &str) -> Meaning {
        keymap.meaning(context.chain(), &Key::sequence(keys).expect("keys"))
    }

    fn runs(command: Command) -> Meaning {
        Meaning::Command(command, None)
    }

    #[test]
    fn every_key_of_the_table_runs_its_command() {
        let keymap = keymap(&[]);
        for row in TABLE {
            for context in row.contexts() {
                for key in row.binding(context).expect("bound").keys {
                    let mut keys = Key::sequence(key).expect("keys");
                    let letter = (row.takes == Takes::Letter).then_some('q');
                    keys.extend(letter.map(Key::letter));
                    assert_eq!(
                        keymap.meaning(context.chain(), &keys),
                        Meaning::Command(row.command, letter),
                        "{key} in {context:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn no_key_means_two_things_in_one_context() {
        let keymap = keymap(&[]);
        for (at, one) in keymap.bindings.iter().enumerate() {
            for other in keymap.bindings.iter().skip(at + 1) {
                let is_same = one.context == other.context
                    && one.keys == other.keys
                    && (one.row.takes == Takes::Letter) == (other.row.takes == Takes::Letter);
                assert!(!is_same, "{} in {:?}", one.shown(), one.context);
            }
        }
    }

    #[test]
    fn no_default_key_is_the_beginning_of_another_in_its_context() {
        let keymap = keymap(&[]);
        for one in &keymap.bindings {
            for other in &keymap.bindings {
                let is_beginning = one.context == other.context
                    && one.row.takes != Takes::Letter
                    && other.keys.len() > one.keys.len()
                    && other.keys.starts_with(&one.keys);
                assert!(!is_beginning, "{} and {}", one.shown(), other.shown());
            }
        }
    }

    #[test]
    fn a_sequence_goes_before_a_letter_and_only_letters_and_digits_are_taken() {
        let keymap = keymap(&[]);
        let text = |keys: &str| meaning(&keymap, Context::Text, keys);
        assert_eq!(text("m"), Meaning::Prefix);
        assert_eq!(text("m m"), runs(Command::ToggleBookmark));
        for letter in ['a', 'Z', '7', 'é', '人'] {
            assert_eq!(
                text(&format!("m {letter}")),
                Meaning::Command(Command::SetBookmark, Some(letter))
            );
        }
        for other in ["m Esc", "m -", "m Space", "m C-a", "m M-a", "m /"] {
            assert_eq!(text(other), Meaning::Nothing, "{other}");
        }
        assert_eq!(text("' '"), runs(Command::GoBack));
        assert_eq!(
            text("' a"),
            Meaning::Command(Command::GoToBookmark, Some('a'))
        );
    }

    #[test]
    fn a_chosen_key_is_taken_from_the_command_that_had_it() {
        let keymap = keymap(&[("next-theme", &["a"])]);
        assert_eq!(
            meaning(&keymap, Context::Text, "a"),
            runs(Command::NextTheme)
        );
        assert_eq!(keymap.shown(Command::AddNote, Context::Text), "");
        assert_eq!(
            keymap.conflicts(),
            ["`a` runs `next-theme`, which hides `add-note`"]
        );
    }

    #[test]
    fn one_line_of_a_config_changes_a_verb_in_every_list_and_types_in_no_filter() {
        let keymap = keymap(&[("down", &["x"]), ("list.down", &["e"])]);
        for context in [Context::Text, Context::Help, Context::Comparison] {
            assert_eq!(meaning(&keymap, context, "x"), runs(Command::Down));
            assert_ne!(meaning(&keymap, context, "j"), runs(Command::Down));
        }
        assert_eq!(meaning(&keymap, Context::List, "e"), runs(Command::Down));
        assert_eq!(meaning(&keymap, Context::List, "x"), runs(Command::Delete));
        for context in [Context::Picker, Context::NoteBox, Context::SectionFilter] {
            assert_eq!(meaning(&keymap, context, "x"), Meaning::Nothing);
            assert_eq!(meaning(&keymap, context, "↓"), runs(Command::Down));
        }
        let keymap = self::keymap(&[("down", &["C-j"])]);
        assert_eq!(
            meaning(&keymap, Context::Picker, "C-j"),
            runs(Command::Down)
        );
    }

    #[test]
    fn keys_that_hide_each_other_are_named_with_both_commands() {
        assert!(keymap(&[]).conflicts().is_empty());
        assert!(keymap(&[("down", &["C-j"])]).conflicts().is_empty());
        let twice = keymap(&[("down", &["q"])]).conflicts();
        assert!(
            twice.contains(&"`q` runs `down`, which hides `quit`".into()),
            "{twice:?}"
        );
        let cut = keymap(&[("down", &["g"])]).conflicts();
        assert!(
            cut.contains(&"`g g` runs `down`, which hides `first`".into()),
            "{cut:?}"
        );
        assert!(
            cut.contains(&"`g p` runs `down`, which hides `jump-list`".into()),
            "{cut:?}"
        );
    }

    #[test]
    fn only_keys_that_reach_a_command_are_shown_for_it() {
        let keymap = keymap(&[("down", &["g"])]);
        assert_eq!(keymap.shown(Command::First, Context::Text), "Home");
        assert_eq!(keymap.shown(Command::Down, Context::Text), "g");
        assert_eq!(keymap.shown(Command::Down, Context::Picker), "↓");
        assert_eq!(keymap.shown(Command::Undo, Context::List), "U");
        assert_eq!(keymap.shown(Command::Undo, Context::NoteBox), "C-_");
    }

    #[test]
    fn wrong_names_and_keys_are_reported() {
        for (name, key) in [
            ("no-such-thing", "j"),
            ("down", "wrong"),
            ("nowhere.down", "j"),
            ("list.search", "j"),
        ] {
            let changed = HashMap::from([(name.to_owned(), vec![key.to_owned()])]);
            let (_, problems) = Keymap::new(&changed);
            assert_eq!(problems.len(), 1, "{name} {key}: {problems:?}");
        }
    }
}
