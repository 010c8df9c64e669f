//! What people type, as it is meant: `help` for `--help`, `harbor toc` for `toc -r harbor`, and the
//! nearest command to one that is misspelt.

use std::ffi::OsString;

use clap::CommandFactory;

use super::Arguments;
use crate::text::wording;

/// How like a word has to be to a command's name, 0 to 1.
const LEAST_LIKE: f64 = 0.5;
/// Options with a value that may stand before all else.
const WITH_VALUE: [&str; 3] = ["--home", "-r", "--report"];

/// The arguments, the program's name among them, as they are meant.
pub fn meant(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let word = |arguments: &[OsString], at: usize| -> Option<String> {
        arguments.get(at)?.to_str().map(str::to_owned)
    };
    let mut first = 1;
    while word(&arguments, first).is_some_and(|word| WITH_VALUE.contains(&word.as_str())) {
        first += 2;
    }
    let Some(name) = word(&arguments, first).filter(|name| !name.starts_with('-')) else {
        return arguments;
    };
    let second = word(&arguments, first + 1);
    if name == "help" {
        arguments.remove(first);
        arguments.push("--help".into());
        return arguments;
    }
    let Some(second) = second else {
        return arguments;
    };
    match (inner(&name), inner(&second)) {
        (Some(inner), _) if !inner.is_empty() && second == "help" => {
            if let Some(help) = arguments.get_mut(first + 1) {
                *help = "--help".into();
            }
        }
        (None, Some(_)) => {
            let report = arguments.remove(first);
            arguments.splice(first + 1..first + 1, ["-r".into(), report]);
        }
        _ => {}
    }
    arguments
}

/// The commands within a command of a name; `None` where there is no such command.
fn inner(name: &str) -> Option<Vec<String>> {
    let all = Arguments::command();
    let command = all.find_subcommand(name)?;
    let inner = command.get_subcommands();
    Some(inner.map(|inner| inner.get_name().to_owned()).collect())
}

/// The command that is meant by a word that is neither one nor a report.
pub fn nearest(word: &str) -> Option<String> {
    let all = Arguments::command();
    let outer = all.get_subcommands().map(|of| of.get_name().to_owned());
    let inner = all.get_subcommands().flat_map(|of| {
        let name = of.get_name().to_owned();
        of.get_subcommands().map(move |inner| {
            (
                inner.get_name().to_owned(),
                format!("{name} {}", inner.get_name()),
            )
        })
    });
    let names: Vec<(String, String)> = outer
        .map(|name| (name.clone(), name))
        .chain(inner)
        .collect();
    let nearest = wording::nearest(
        word,
        names.iter().map(|(name, _)| name.as_str()),
        LEAST_LIKE,
    )?;
    let (_, whole) = names.iter().find(|(name, _)| name == nearest)?;
    Some(whole.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(typed: &str) -> String {
        let typed = typed.split(' ').map(OsString::from);
        let all = std::iter::once("tip-reader".into()).chain(typed);
        let meant = meant(all.collect());
        let words: Vec<String> = meant
            .into_iter()
            .skip(1)
            .filter_map(|word| word.into_string().ok())
            .collect();
        words.join(" ")
    }

    #[test]
    fn words_in_another_order_or_form_are_as_they_are_meant() {
        for (typed, meant) in [
            ("help", "--help"),
            ("help notes add", "notes add --help"),
            ("notes help", "notes --help"),
            ("harbor toc", "toc -r harbor"),
            (
                "--home x harbor search a b",
                "--home x search -r harbor a b",
            ),
            ("harbor", "harbor"),
            ("toc toc", "toc toc"),
            ("search help", "search help"),
            ("notes list", "notes list"),
            ("--at 2 harbor toc", "--at 2 harbor toc"),
        ] {
            assert_eq!(after(typed), meant, "{typed}");
        }
    }

    #[test]
    fn a_misspelt_command_has_a_nearest_one() {
        assert_eq!(nearest("tocc").as_deref(), Some("toc"));
        assert_eq!(nearest("serach").as_deref(), Some("search"));
        assert_eq!(nearest("export").as_deref(), Some("notes export"));
        assert_eq!(nearest("zzzzzz"), None);
    }
}
