//! The settings file `config.ron`: settings, keys, the usual report. Read, and written by nobody but
//! its reader. What is wrong in it costs one field, not the file.

use std::{collections::HashMap, io, path::Path};

use ron::{Value, extensions::Extensions};

use crate::{
    command::{keymap::Keymap, settings::Settings},
    disk::regular::{self, Links},
};

/// Largest settings file that is read, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// What the settings file says; all of it is optional.
#[derive(Debug, Default)]
pub struct Config {
    /// The report that commands without `-r` mean; the bundled one by default.
    pub report: Option<String>,
    /// Fields of [`crate::command::settings::FIELDS`] with their values.
    pub values: Vec<(String, String)>,
    pub keymap: Keymap,
    /// What of it cannot be used, and what to type, each as a sentence without a full stop.
    pub problems: Vec<String>,
}

/// Why the settings file cannot be used at all.
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
}

/// Reads the settings file; a missing one counts as empty. A field that cannot be used is named in
/// `problems`.
///
/// # Errors
/// If it exists and cannot be read, with line and column where it is no RON.
pub fn read(path: &Path) -> Result<Config, ConfigError> {
    let bytes = match regular::read(path, LARGEST, Links::Refuse) {
        // Most have none, and all start with this.
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Config::default()),
        other => other?.ok_or_else(|| io::Error::other("larger than 1 MiB"))?,
    };
    let text = String::from_utf8(bytes).map_err(|_| io::Error::other("not UTF-8 text"))?;
    parse(text.strip_prefix('\u{feff}').unwrap_or(&text))
}

fn parse(text: &str) -> Result<Config, ConfigError> {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let value: Value = options
        .from_str(text)
        .map_err(|error| ConfigError::Malformed {
            line: error.span.start.line,
            column: error.span.start.col,
            reason: error.code.to_string(),
        })?;
    let mut config = Said::default();
    let mut keys = HashMap::new();
    let fields = match value {
        Value::Map(fields) => fields,
        Value::Unit => ron::Map::new(),
        Value::Seq(none) if none.is_empty() => ron::Map::new(),
        _ => {
            let form = "the file is not of the form `(theme: \"dark\")`".to_owned();
            config.problems.push(form);
            ron::Map::new()
        }
    };
    for (name, value) in fields.iter() {
        let Value::String(name) = name else {
            config.problems.push(format!("{name:?} is no field's name"));
            continue;
        };
        match (name.as_str(), value) {
            ("report", Value::String(report)) => config.report = Some(report.clone()),
            ("report", _) => config
                .problems
                .push("`report` takes an id: \"tip-2021\"".to_owned()),
            ("keys", value) => keys = config.keys(value),
            (name, value) => config.take(name, value),
        }
    }
    let (keymap, problems) = Keymap::new(&keys);
    config.problems.extend(problems);
    Ok(Config {
        report: config.report,
        values: config.values,
        problems: config.problems,
        keymap,
    })
}

/// What was read of the file, but for the keys.
#[derive(Default)]
struct Said {
    report: Option<String>,
    values: Vec<(String, String)>,
    problems: Vec<String>,
}

impl Said {
    /// Takes a field of the settings, where its value fits.
    fn take(&mut self, name: &str, value: &Value) {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Bool(is) => is.to_string(),
            Value::Number(number) => number.into_f64().to_string(),
            _ => String::new(),
        };
        match Settings::default().set(name, &text) {
            Ok(()) => self.values.push((name.to_owned(), text)),
            Err(error) => self.problems.push(error.to_string()),
        }
    }

    /// The keys of commands, but for those that are no list of keys.
    fn keys(&mut self, value: &Value) -> HashMap<String, Vec<String>> {
        let Value::Map(keys) = value else {
            let form = "`keys` takes lists of keys by command: {\"down\": [\"j\"]}".to_owned();
            self.problems.push(form);
            return HashMap::new();
        };
        let mut good = HashMap::new();
        for (name, value) in keys.iter() {
            let text = |value: &Value| match value {
                Value::String(text) => Some(text.clone()),
                _ => None,
            };
            let list = match value {
                Value::Seq(list) => list.iter().map(text).collect(),
                _ => None,
            };
            match (text(name), list) {
                (Some(name), Some(list)) => drop(good.insert(name, list)),
                (name, _) => self.problems.push(format!(
                    "the keys of `{}` take a list of keys: [\"j\"]",
                    name.unwrap_or_default()
                )),
            }
        }
        good
    }
}

impl Config {
    /// The settings that it makes of others.
    pub fn apply(&self, settings: &mut Settings) {
        for (name, value) in &self.values {
            // What does not fit was left out.
            let _ = settings.set(name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Command, Context, manual, settings::FIELDS};

    #[test]
    fn what_is_wrong_costs_one_field() {
        let config = parse(
            r#"(
                report: "harbor", theme: "sepia", width: 500, colour: true, mouse: false,
                copy: 3.5, quick_exit: "all",
                keys: {"down": ["J"], "up": "k", "dwon": ["x"], "list.delete": ["X"], "next": ["nope"]},
            )"#,
        )
        .expect("it is RON");
        assert_eq!(config.report.as_deref(), Some("harbor"));
        let mut settings = Settings::default();
        config.apply(&mut settings);
        assert_eq!((settings.theme, settings.width), ("sepia", 72));
        assert!(!settings.has_mouse);
        let shown = |command, context| config.keymap.shown(command, context);
        assert_eq!(shown(Command::Down, Context::Text), "J");
        assert_eq!(shown(Command::Up, Context::Text), "k");
        assert_eq!(shown(Command::Delete, Context::List), "X");
        let problems = config.problems.join("\n");
        for part in [
            "`width` cannot be `500`; it takes text width in columns, 20 to 200",
            "there is no field `colour`",
            "`quick_exit` cannot be `all`; it takes screen, scrollback",
            "the keys of `up` take a list of keys: [\"j\"]",
            "unknown command `dwon`; did you mean `down`?",
            "nope",
        ] {
            assert!(problems.contains(part), "{part}\n{problems}");
        }
        assert_eq!(config.problems.len(), 6, "{problems}");
    }

    #[test]
    fn the_file_that_is_offered_says_what_counts_anyway() {
        let offered = manual::config();
        assert_eq!(parse(&offered).expect("RON").problems, Vec::<String>::new());
        // Lines with a value, and no words about them.
        let is_value = |line: &str| line.contains(": ") && line.trim_end().ends_with(',');
        let counted = offered.lines().map(|line| match is_value(line) {
            true => line.replacen("// ", "", 1),
            false => line.to_owned(),
        });
        let counted = counted.collect::<Vec<_>>().join("\n");
        let config = parse(&counted).expect("RON");
        assert_eq!(config.problems, Vec::<String>::new(), "{counted}");
        assert_eq!(config.values.len(), FIELDS.len());
        assert_eq!(config.report.as_deref(), Some("tip-2021"));
        let table = manual::plain(&Keymap::default());
        assert_eq!(manual::plain(&config.keymap), table);
    }

    #[test]
    fn a_file_that_is_no_ron_is_refused_with_its_line() {
        let error = parse("(\n  theme: dark,\n  width 3,\n)").expect_err("no RON");
        assert!(error.to_string().starts_with("line "), "{error}");
        for text in ["", "()", "( )", "// nothing\n()"] {
            let config = parse(text);
            let is_empty = config.as_ref().is_ok_and(|of| of.problems.is_empty());
            assert!(is_empty || text.is_empty(), "{text}: {config:?}");
        }
        assert_eq!(parse("[1]").expect("RON").problems.len(), 1);
    }
}
