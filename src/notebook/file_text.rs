//! The text of a file of the notebook: a line that says what it is, a RON value, and a last line
//! with a checksum. Pure: no file is touched here.

use ron::{extensions::Extensions, ser::PrettyConfig};
use serde::{Serialize, de::DeserializeOwned};

use crate::edition::fingerprint;

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

/// Why a file does not hold what it should.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {reason}")]
pub struct Malformed {
    pub line: usize,
    pub column: usize,
    pub reason: String,
}

/// Writes a value below its first line, a comment that ends with a line feed.
///
/// # Errors
/// Where it cannot be written as RON, which nothing of this program is.
pub fn write<T: Serialize>(first_line: &str, value: &T) -> Result<String, ron::Error> {
    let config = PrettyConfig::new()
        .escape_strings(false)
        .indentor("  ")
        .extensions(Extensions::IMPLICIT_SOME);
    let mut text = format!(
        "{first_line}{}\n",
        options().to_string_pretty(value, config)?
    );
    let sum = fingerprint::checksum(text.as_bytes());
    text.push_str(&format!("{CHECKSUM}{sum}\n"));
    Ok(text)
}

/// The text of a file's bytes; a byte order mark is passed over.
///
/// # Errors
/// Where they are no UTF-8 text.
pub fn text(bytes: &[u8]) -> Result<&str, Malformed> {
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Reads the value in a text.
///
/// # Errors
/// Where it holds another, with line and column (characters, from 1).
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Malformed> {
    options().from_str(text).map_err(|error| Malformed {
        line: error.span.start.line,
        column: error.span.start.col,
        reason: error.code.to_string(),
    })
}

/// Whether a text is as it was written.
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

fn not_utf8(bytes: &[u8], valid: usize) -> Malformed {
    let before = String::from_utf8_lossy(bytes.get(..valid).unwrap_or_default());
    let line = before.matches('\n').count() + 1;
    let column = before
        .rsplit('\n')
        .next()
        .map_or(0, |last| last.chars().count())
        + 1;
    Malformed {
        line,
        column,
        reason: "not UTF-8 text".into(),
    }
}
