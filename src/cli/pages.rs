//! `man` and `completions`: made from the argument definitions and the command table.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Arguments, Failure, Outcome, put};
use crate::command::{keymap::Keymap, manual};

#[derive(Debug, clap::Args)]
pub struct CompletionsArguments {
    #[arg(value_enum)]
    shell: Shell,
}

pub fn man() -> Result<Outcome, Failure> {
    put(&page()?)?;
    Ok(Outcome::Done)
}

/// The manual page, in roff.
fn page() -> Result<String, Failure> {
    let mut command = Arguments::command();
    command.build();
    let mut bytes = Vec::new();
    let man = clap_mangen::Man::new(command.clone()).date("");
    man.render_title(&mut bytes)?;
    man.render_name_section(&mut bytes)?;
    man.render_synopsis_section(&mut bytes)?;
    man.render_description_section(&mut bytes)?;
    man.render_options_section(&mut bytes)?;
    bytes.extend_from_slice(b".SH COMMANDS\n");
    for verb in command.get_subcommands() {
        verbs(verb, "", &mut bytes);
    }
    let keymap = Keymap::default();
    bytes.extend_from_slice(manual::roff(&keymap).as_bytes());
    bytes.extend_from_slice(manual::examples().as_bytes());
    bytes.extend_from_slice(manual::everybody::roff().as_bytes());
    bytes.extend_from_slice(manual::files().as_bytes());
    String::from_utf8(bytes)
        .map_err(|error| Failure::Words(format!("could not make the manual page: {error}")))
}

/// An entry for a command and each of its subcommands.
fn verbs(verb: &clap::Command, before: &str, bytes: &mut Vec<u8>) {
    let name = format!("{before}{}", verb.get_name());
    let usage = verb.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace('-', "\\-");
    let about = verb
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default();
    bytes.extend_from_slice(format!(".TP\n{usage}\n{}\n", about.replace('-', "\\-")).as_bytes());
    for inner in verb.get_subcommands() {
        verbs(inner, &format!("{name} "), bytes);
    }
}

pub fn completions(given: &CompletionsArguments) -> Result<Outcome, Failure> {
    let mut bytes = Vec::new();
    clap_complete::generate(
        given.shell,
        &mut Arguments::command(),
        "tip-reader",
        &mut bytes,
    );
    put(&String::from_utf8_lossy(&bytes))?;
    Ok(Outcome::Done)
}
