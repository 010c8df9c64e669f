//! The program itself: its verbs in a shell, and the reader on a real terminal.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that cannot go on says why"
)]

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/pty.rs"]
mod pty;
#[path = "../common/shell.rs"]
mod shell;

mod cli;
mod compare;
mod editing;
mod everybody;
mod hands;
mod library;
mod linear;
mod opening;
mod paths;
mod screenshot;
mod terminal;
mod tour;
mod trust;
