//! Keys as people write them: `j`, `C-d`, `M-←`, `PgDn`, `g g`.

use std::{fmt, str::FromStr};

/// One key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: Code,
    /// Written `C-`.
    pub control: bool,
    /// Written `M-`.
    pub alt: bool,
}

/// The key itself; characters already have Shift in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Function(u8),
}

/// Names of the keys that are no characters. The first name of a code is the one shown.
const NAMES: &[(Code, &str)] = &[
    (Code::Char(' '), "Space"),
    (Code::Enter, "Enter"),
    (Code::Esc, "Esc"),
    (Code::Tab, "Tab"),
    (Code::BackTab, "S-Tab"),
    (Code::Backspace, "Backspace"),
    (Code::Delete, "Del"),
    (Code::Up, "↑"),
    (Code::Down, "↓"),
    (Code::Left, "←"),
    (Code::Right, "→"),
    (Code::Home, "Home"),
    (Code::End, "End"),
    (Code::PageUp, "PgUp"),
    (Code::PageDown, "PgDn"),
    (Code::Up, "Up"),
    (Code::Down, "Down"),
    (Code::Left, "Left"),
    (Code::Right, "Right"),
];

/// Text that is not a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a key; keys are written like `j`, `C-d`, `M-←`, `PgDn`, `F1`")]
pub struct UnknownKey(pub String);

/// What the keys of a Russian and of a Greek keyboard have in common with those of an English one:
/// their letters, and those that stand in the same places.
const LAYOUTS: [(&str, &str); 2] = [
    (
        "йцукенгшщзхъфывапролджэячсмитьбюё",
        "qwertyuiop[]asdfghjkl;'zxcvbnm,.`",
    ),
    (
        "ςερτυθιοπασδφγηξκλζχψωβνμάέήίόύώ",
        "wertyuiopasdfghjklzxcvbnmaehioyv",
    ),
];
/// What some of them are with Shift.
const SHIFTED: (&str, &str) = ("[];',.`", "{}:\"<>~");

impl Key {
    /// The key in the same place of an English keyboard.
    pub fn twin(&self) -> Option<Self> {
        let typed = self.typed()?;
        let lower = typed.to_lowercase().next()?;
        let at = |(letters, twins): &(&str, &str)| {
            let at = letters.chars().position(|letter| letter == lower)?;
            twins.chars().nth(at)
        };
        let twin = LAYOUTS.iter().find_map(at)?;
        let (plain, shifted) = SHIFTED;
        let with_shift = || match plain.chars().position(|sign| sign == twin) {
            Some(at) => shifted.chars().nth(at),
            None => Some(twin.to_ascii_uppercase()),
        };
        let twin = match typed == lower {
            true => Some(twin),
            false => with_shift(),
        };
        twin.map(Self::letter)
    }

    pub fn new(code: Code) -> Self {
        Self {
            code,
            control: false,
            alt: false,
        }
    }

    /// The key that types a character.
    pub fn letter(character: char) -> Self {
        Self::new(Code::Char(character))
    }

    /// The character that this key types, if it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(character) if !self.control && !self.alt => Some(character),
            _ => None,
        }
    }

    /// The keys of a sequence written with blanks between them.
    ///
    /// # Errors
    /// Where one of them is not a key.
    pub fn sequence(text: &str) -> Result<Vec<Self>, UnknownKey> {
        let mut keys = Vec::with_capacity(2);
        for key in text.split_ascii_whitespace() {
            keys.push(key.parse()?);
        }
        Ok(keys)
    }
}

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(text: &str) -> Result<Self, UnknownKey> {
        // Most keys of the table are a letter, and all of them are read before the first frame.
        if let [letter @ b'!'..=b'~'] = text.as_bytes() {
            return Ok(Self::letter(char::from(*letter)));
        }
        let mut rest = text;
        let mut key = Self::new(Code::Esc);
        while let Some((modifier, after)) =
            rest.split_once('-').filter(|(_, after)| !after.is_empty())
        {
            match modifier {
                "C" => key.control = true,
                "M" => key.alt = true,
                _ => break,
            }
            rest = after;
        }
        let named = NAMES
            .iter()
            .find(|(_, name)| *name == rest)
            .map(|(code, _)| *code);
        let function = rest
            .strip_prefix('F')
            .and_then(|number| number.parse().ok())
            .map(Code::Function);
        let mut characters = rest.chars();
        let single = characters
            .next()
            .filter(|_| characters.next().is_none())
            .map(Code::Char);
        key.code = named
            .or(function)
            .or(single)
            .ok_or_else(|| UnknownKey(text.into()))?;
        Ok(key)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.control { "C-" } else { "" })?;
        f.write_str(if self.alt { "M-" } else { "" })?;
        match self.code {
            Code::Function(number) => write!(f, "F{number}"),
            code => match (NAMES.iter().find(|(named, _)| *named == code), code) {
                (Some((_, name)), _) => f.write_str(name),
                (None, Code::Char(character)) => write!(f, "{character}"),
                (None, _) => Ok(()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_read_as_it_is_written() {
        for text in [
            "j", "C-d", "M-←", "PgDn", "F1", "F12", "Space", "-", "C-M-x", "’", ":", "S-Tab",
        ] {
            let key: Key = text.parse().expect("a key");
            assert_eq!(key.to_string(), text);
        }
        assert!("".parse::<Key>().is_err() && "jj".parse::<Key>().is_err());
    }

    #[test]
    fn keys_of_other_alphabets_have_their_twins() {
        for (typed, twin) in [
            ('о', 'j'),
            ('О', 'J'),
            ('Ж', ':'),
            ('ю', '.'),
            ('Б', '<'),
            ('ξ', 'j'),
            ('Γ', 'G'),
            ('ω', 'v'),
            ('ς', 'w'),
        ] {
            assert_eq!(
                Key::letter(typed).twin(),
                Some(Key::letter(twin)),
                "{typed}"
            );
        }
        assert_eq!(Key::letter('j').twin(), None);
        assert_eq!(Key::letter('人').twin(), None);
        for (letters, twins) in LAYOUTS {
            assert_eq!(letters.chars().count(), twins.chars().count());
        }
    }
}
