//! What holds of the reader without a terminal: journeys in keys, screens, search, notes, editions,
//! exports, and the layers of the house.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    reason = "a test that cannot go on says why"
)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/invariants.rs"]
mod invariants;
#[path = "../../benches/made/mod.rs"]
mod made;
#[path = "../common/shell.rs"]
mod shell;

mod anchoring;
mod choosing;
mod comparing;
mod editions;
mod export;
mod journeys;
mod keymap;
mod layers;
mod lines;
mod links;
mod listing;
mod look;
mod manual;
mod notebook;
mod outlines;
mod paths;
mod printing;
mod report;
mod screens;
mod search;
mod searching;
mod selecting;
mod session;
mod stack;
mod store;
