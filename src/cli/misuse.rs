//! Turns the argument parser's report of misuse into one line in the program's own style.

use clap::error::{ContextKind, ContextValue};

/// One line: what is wrong, what is available, and which help to read.
pub fn line(error: &clap::Error) -> String {
    let text = quoted(error);
    let mut line = String::new();
    let mut is_list = false;
    for part in messages(&text) {
        let joint = match () {
            () if line.is_empty() => "",
            () if line.ends_with(':') => " ",
            () if is_list => ", ",
            () => "; ",
        };
        is_list = line.ends_with(':') || is_list;
        line.push_str(joint);
        line.push_str(part);
    }
    format!("{line}; `{} --help` lists the options", verb(&text))
}

/// The parser's text, names and values in backticks.
fn quoted(error: &clap::Error) -> String {
    let mut text = error.render().to_string();
    let mut quote = |value: &str| {
        for (from, to) in [
            (format!("'{value}'"), format!("`{value}`")),
            (format!("'-- {value}'"), format!("`-- {value}`")),
        ] {
            text = text.replace(&from, &to);
        }
    };
    for (kind, value) in error.context() {
        match value {
            ContextValue::String(value) if kind != ContextKind::ValidValue => quote(value),
            ContextValue::Strings(values) if kind != ContextKind::ValidValue => {
                values.iter().for_each(|value| quote(value))
            }
            _ => {}
        }
    }
    text
}

/// The lines with a message, without their markup.
fn messages(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let lines = lines.take_while(|line| {
        !line.starts_with("Usage:") && !line.starts_with("For more information")
    });
    lines.map(|line| {
        let line = line
            .strip_prefix("error: ")
            .or_else(|| line.strip_prefix("tip: "))
            .unwrap_or(line);
        line.strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
            .unwrap_or(line)
    })
}

/// The command that was misused, from the usage line.
fn verb(text: &str) -> String {
    let usage = text
        .lines()
        .find_map(|line| line.strip_prefix("Usage: "))
        .unwrap_or("tip-reader");
    let words = usage.split_whitespace().take_while(|word| {
        word.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !word.starts_with('-')
    });
    words.collect::<Vec<_>>().join(" ")
}
