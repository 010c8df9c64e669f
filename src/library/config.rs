//! The settings file `config.ron`, written by hand: theme, width, keys. Reads it; never
//! writes it.

use std::{collections::HashMap, fs, io, path::Path};

use ron::extensions::Extensions;
use serde::Deserialize;

use crate::command::{
    keymap::{Keymap, KeymapError},
    settings::{THEMES, WIDTHS, theme_named},
};

/// What the settings file says; everything may be left out.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// One of [`THEMES`].
    pub theme: Option<String>,
    /// Most columns of a line of text.
    pub width: Option<u16>,
    /// A command of the shell that also gets what is copied.
    pub copy: Option<String>,
    /// Whether the terminal is told of links, where it may know of them.
    pub hyperlinks: Option<bool>,
    /// Command names, each with all of its keys.
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
    #[error("there is no theme `{0}`; there are {1}")]
    NoTheme(String, String),
    #[error("the width {0} is not between 20 and 200")]
    BadWidth(u16),
    #[error(transparent)]
    BadKeys(#[from] KeymapError),
}

/// Reads the settings file; none is as good as an empty one.
///
/// # Errors
/// Where it is there and cannot be used, with line and column.
pub fn read(path: &Path) -> Result<(Config, Keymap), ConfigError> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => "()".to_owned(),
        other => other?,
    };
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
        return Err(ConfigError::NoTheme(theme.clone(), THEMES.join(", ")));
    }
    if let Some(width) = config.width.filter(|width| !WIDTHS.contains(width)) {
        return Err(ConfigError::BadWidth(width));
    }
    let keymap = Keymap::new(&config.keys)?;
    Ok((config, keymap))
}
