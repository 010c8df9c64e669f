//! What is written about keys, commands and files is made from the table or stays true.

use std::{collections::BTreeSet, fs, path::Path};

use crate::shell::{good, home};
use tip_reader::command::{Context, TABLE};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/tip-reader.1");
const HOW: &str = "`UPDATE=1 cargo test --test suite manual` writes it again";

fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

#[test]
fn the_manual_page_is_what_the_program_writes() {
    let made = good(home().path(), &["man"]);
    if is_update() {
        fs::write(PAGE, made).expect("written");
        return;
    }
    assert!(
        fs::read_to_string(PAGE).expect("the page") == made,
        "assets/tip-reader.1 is old; {HOW}"
    );
}

#[test]
fn keys_names_every_command() {
    let keys = good(home().path(), &["keys"]);
    for (context, ..) in Context::ALL {
        for row in tip_reader::command::in_context(*context) {
            let doc = row.doc_in(*context);
            assert!(keys.contains(doc), "`{}` is missing", row.name);
        }
    }
}

/// Runs what a shell is given after `$ ` in a home of its own, and holds what it prints against
/// what is written there. How many steps there were.
fn run_console(block: &str) -> usize {
    let program = Path::new(env!("CARGO_BIN_EXE_tip-reader"));
    let folder = program.parent().expect("its folder").to_string_lossy();
    let steps = format!("\n{block}");
    let steps = steps.split("\n$ ").skip(1);
    steps
        .map(|step| {
            let (line, expected) = step.split_once('\n').expect("a command");
            let path = std::env::var("PATH").unwrap_or_default();
            let output = std::process::Command::new("sh")
                .args(["-c", line])
                .env("PATH", format!("{folder}:{path}"))
                .env("TIP_READER_HOME", home().path())
                .env("LC_ALL", "C.UTF-8")
                .stdin(std::process::Stdio::null())
                .output()
                .expect("a shell");
            let said = String::from_utf8(output.stdout).expect("UTF-8");
            assert_eq!(said.trim_end(), expected.trim_end(), "{line}");
            1
        })
        .sum()
}

#[test]
fn the_console_blocks_of_the_readme_are_true() {
    let readme = fs::read_to_string(README).expect("the README");
    let blocks = readme.split("```console\n").skip(1);
    let blocks = blocks.filter_map(|rest| rest.split("```").next());
    let ran: usize = blocks.map(run_console).sum();
    assert!(ran >= 3, "README.md has lost console blocks: {ran} steps");
}

#[test]
fn the_examples_of_the_manual_page_are_true() {
    let page = fs::read_to_string(PAGE).expect("the page");
    let blocks = page.split(".EX\n").skip(1);
    let blocks = blocks.filter_map(|rest| rest.split(".EE\n").next());
    let plain = |block: &str| {
        let plain = block.replace("\\-", "-").replace("\\(ga", "`");
        plain.replace("\\e", "\\").replace("\\&", "")
    };
    let ran: usize = blocks.map(|block| run_console(&plain(block))).sum();
    assert!(ran > 0, "the manual page has no examples any more");
}

#[test]
fn the_readme_is_read_in_a_few_minutes() {
    let lines = fs::read_to_string(README).expect("the README");
    let lines = lines.lines().count();
    assert!(lines <= 150, "README.md has {lines} lines; 150 is the most");
}

/// What stands between backticks in a line, in order.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// The first and third cells of the rows of the README's table of keys.
fn keys_of_a_first_hour(readme: &str) -> BTreeSet<&str> {
    let (_, table) = readme
        .split_once("| keys | | keys | |\n|---|---|---|---|\n")
        .expect("README.md has its table of keys");
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    rows.flat_map(|row| row.split('|').skip(1).step_by(2))
        .flat_map(quoted)
        .collect()
}

#[test]
fn the_keys_of_a_first_hour_are_twenty_keys_of_the_text() {
    let readme = fs::read_to_string(README).expect("the README");
    let keys = keys_of_a_first_hour(&readme);
    assert_eq!(keys.len(), 20, "{keys:?}");
    let is_bound = |key: &&str| {
        TABLE.iter().any(|row| {
            [Context::Text, Context::Anywhere]
                .iter()
                .filter_map(|context| row.binding(*context))
                .any(|binding| binding.keys.contains(key))
        })
    };
    let unknown: Vec<&str> = keys.into_iter().filter(|key| !is_bound(key)).collect();
    assert!(unknown.is_empty(), "README.md: no command has {unknown:?}");
}

#[test]
fn the_files_that_newcomers_are_sent_to_are_there() {
    for page in ["src/lib.rs", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(Path::new(ROOT).join(page)).expect(page);
        let named = text.lines().flat_map(quoted).filter(|word| {
            let begins = ["src/", "tests/", "assets/", ".c"];
            begins.iter().any(|begin| word.starts_with(begin)) && !word.contains(' ')
        });
        let missing: Vec<&str> = named
            .filter(|file| !Path::new(ROOT).join(file).exists())
            .collect();
        assert!(missing.is_empty(), "{page} names {missing:?}, not there");
    }
}

#[test]
fn completions_are_written_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(
            good(home().path(), &["completions", shell]).contains("import"),
            "{shell}"
        );
    }
}
