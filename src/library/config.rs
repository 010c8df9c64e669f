//! The settings file `config.ron`: theme, text width, keys. Read, never written.

use std::{collections::HashMap, io, path::Path};

use ron::extensions::Extensions;
use serde::Deserialize;

use crate::{
    command::{
        keymap::{Keymap, KeymapError},
        settings::{THEMES, WIDTHS, theme_named},
    },
    disk::regular::{self, Links},
};

/// What a quick exit may clear.
pub const QUICK_EXITS: [&str; 2] = ["screen", "scrollback"];

/// Largest settings file that is read, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// The settings file; every field is optional.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The report that commands without `-r` mean; the bundled one by default.
    pub report: Option<String>,
    /// One of [`THEMES`].
    pub theme: Option<String>,
    /// Text width in columns.
    pub width: Option<u16>,
    /// A shell command that copied text is piped to as well.
    pub copy: Option<String>,
    /// Whether to write links to a terminal that may support them.
    pub hyperlinks: Option<bool>,
    /// What a quick exit clears: one of [`QUICK_EXITS`].
    pub quick_exit: Option<String>,
    /// All keys of a command, by its name.
    pub keys: HashMap<String, Vec<String>>,
}

/// Why the settings file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{0}")]
    Unreadable(#[from] io::Error),
    #[error("line {line}, column {column}: {reason}")]
    Malformed {
        line: usize,
        column: usize,
        reason: String,
    },
    #[error("unknown theme `{0}`; available: {1}")]
    UnknownTheme(String, String),
    #[error("text width {0} is out of range: 20 to 200 columns")]
    BadWidth(u16),
    #[error("unknown quick exit `{0}`; available: screen, scrollback")]
    UnknownQuickExit(String),
    #[error(transparent)]
    BadKeys(#[from] KeymapError),
}

/// Reads the settings file; a missing one counts as empty.
///
/// # Errors
/// If it exists and cannot be used, with line and column.
pub fn read(path: &Path) -> Result<(Config, Keymap), ConfigError> {
    let bytes = match regular::read(path, LARGEST, Links::Refuse) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => b"()".to_vec(),
        other => other?.ok_or_else(|| io::Error::other("larger than 1 MiB"))?,
    };
    let text = String::from_utf8(bytes).map_err(|_| io::Error::other("not UTF-8 text"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let config: Config = options
        .from_str(text)
        .map_err(|error| ConfigError::Malformed {
            line: error.span.start.line,
            column: error.span.start.col,
            reason: error.code.to_string(),
        })?;
    if let Some(theme) = config
        .theme
        .as_ref()
        .filter(|theme| theme_named(theme).is_none())
    {
        return Err(ConfigError::UnknownTheme(theme.clone(), THEMES.join(", ")));
    }
    if let Some(width) = config.width.filter(|width| !WIDTHS.contains(width)) {
        return Err(ConfigError::BadWidth(width));
    }
    let named = config.quick_exit.as_ref();
    if let Some(unknown) = named.filter(|name| !QUICK_EXITS.contains(&name.as_str())) {
        return Err(ConfigError::UnknownQuickExit(unknown.clone()));
    }
    let keymap = Keymap::new(&config.keys)?;
    Ok((config, keymap))
}
