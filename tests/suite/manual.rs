//! What is written about keys and commands is made from the table and stays true.

use std::fs;

use crate::shell::{good, home};

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
    for (context, ..) in tip_reader::command::Context::ALL {
        for row in tip_reader::command::in_context(*context) {
            let doc = row.doc_in(*context);
            assert!(keys.contains(doc), "`{}` is missing", row.name);
        }
    }
}

#[test]
fn the_console_blocks_of_the_readme_are_true() {
    let readme = fs::read_to_string(README).expect("the README");
    let mut ran = 0;
    for block in readme
        .split("```console\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
    {
        for step in block.split("$ tip-reader ").skip(1) {
            let (arguments, expected) = step.split_once('\n').expect("a command");
            let arguments: Vec<&str> = arguments.split_whitespace().collect();
            assert_eq!(
                good(home().path(), &arguments),
                expected,
                "tip-reader {arguments:?}"
            );
            ran += 1;
        }
    }
    assert!(ran > 0, "README.md has no console blocks any more");
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
