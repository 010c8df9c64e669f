//! The text of a notebook file: a comment, a RON value, and a checksum. Pure: accesses no file.

use ron::{extensions::Extensions, ser::PrettyConfig};
use serde::{Serialize, de::DeserializeOwned};

use crate::{edition::fingerprint, text::width};

const CHECKSUM: &str = "// checksum: ";

/// Whether a file is as the program wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Checksum {
    Good,
    /// Edited by hand, or damaged.
    Differs,
    /// Written by hand.
    Missing,
}

/// Why a file is malformed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {reason}")]
pub struct Malformed {
    pub line: usize,
    pub column: usize,
    pub reason: String,
}

impl Malformed {
    /// At the end of the text before it.
    pub fn after(before: &str, reason: impl Into<String>) -> Self {
        let last = before.rsplit('\n').next().unwrap_or_default();
        Self {
            line: before.matches('\n').count() + 1,
            column: last.chars().count() + 1,
            reason: reason.into(),
        }
    }
}

/// Writes a value below its first line, a comment that ends with a line feed.
///
/// # Errors
/// If it cannot be encoded as RON, which does not happen to values of this program.
pub fn write<T: Serialize>(first_line: &str, value: &T) -> Result<String, ron::Error> {
    let in_ron = |escapes: bool| {
        let config = PrettyConfig::new()
            .escape_strings(escapes)
            .indentor("  ")
            .extensions(Extensions::IMPLICIT_SOME);
        options().to_string_pretty(value, config)
    };
    let mut ron = in_ron(false)?;
    // A terminal or an editor would act on these; only texts with some pay with escapes everywhere.
    if ron.chars().any(acts) {
        ron = escaped(&in_ron(true)?);
    }
    let mut text = format!("{first_line}{ron}\n");
    let sum = fingerprint::checksum(text.as_bytes());
    text.push_str(&format!("{CHECKSUM}{sum}\n"));
    Ok(text)
}

/// Whether a terminal or an editor would act on a character, or hide it.
fn acts(character: char) -> bool {
    width::is_unsafe(character) && !matches!(character, '\n' | '\t')
}

/// RON with escapes, where those that RON leaves are escaped too: they stand in strings alone.
fn escaped(ron: &str) -> String {
    let mut text = String::with_capacity(ron.len());
    for character in ron.chars() {
        match acts(character) {
            true => text.extend(character.escape_unicode()),
            false => text.push(character),
        }
    }
    text
}

/// The text of a file's bytes; skips a byte order mark.
///
/// # Errors
/// If they are not UTF-8.
pub fn text(bytes: &[u8]) -> Result<&str, Malformed> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
        Malformed::after(&String::from_utf8_lossy(valid), "not UTF-8 text")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Reads the value in a text.
///
/// # Errors
/// If it is malformed, with line and column (characters, from 1).
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Malformed> {
    options().from_str(text).map_err(|error| Malformed {
        line: error.span.start.line,
        column: error.span.start.col,
        reason: error.code.to_string(),
    })
}

/// Whether a text matches its checksum.
pub fn checksum(text: &str) -> Checksum {
    let Some((body, sum)) = text.rsplit_once(CHECKSUM) else {
        return Checksum::Missing;
    };
    if sum.strip_suffix('\n') == Some(fingerprint::checksum(body.as_bytes()).as_str()) {
        Checksum::Good
    } else {
        Checksum::Differs
    }
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}
