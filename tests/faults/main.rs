//! What the notebook survives: a kill or an error at every system call, power cuts, full and
//! read-only disks, crowds, clocks, and any bytes as keys.
//!
//! Some of it needs root and tools. Where they are missing a test says so and is skipped; with
//! `CI_STRICT` set it fails. `TIP_READER_CUTS` (power cuts a disk) and `TIP_READER_SECONDS` (of
//! random input) make it thorough: see `.ci/soak`.
#![cfg(target_os = "linux")]
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::string_slice,
    reason = "a test that cannot go on says why"
)]

#[path = "../common/pty.rs"]
mod pty;

mod book;
mod calls;
mod clocks;
mod crowds;
mod cuts;
mod disks;
mod drafts;
mod keys;
mod systems;
mod tools;
