//! `tip-reader` reads long reports in a terminal and keeps bookmarks, highlights and notes.
//!
//! Keys become commands by a table, commands change a [`reader::Reader`] that knows no
//! terminal, the [`view`] draws the reader and changes nothing, and a few files at the edge
//! touch the world. Arrows point down only; `tests/suite/layers.rs` holds them to it.
//!
//! ```text
//! main.rs  cli       argv, and one file for each verb that needs no screen
//!    |
//! session            the loop, effects, jobs beside the reading, programs that borrow the terminal
//! terminal           the tty alone: raw mode, input, mouse, frames, signals
//! view               draws &Reader and changes nothing
//! reader             all interaction: Reader, Effect
//! command            the table of commands, keys, keymap, settings, manual
//! export  exchange   report and notebook to other people's formats, and notes back in
//! import             other people's files -> Report
//! library            reports and the settings file on disk
//! store              the notebook on disk, and the thread that saves it
//! notebook           annotations, undo, filter, what the disk says: pure
//! edition            one report in two editions: hashes, anchors, alignment, comparison: pure
//! search             query, matching, matches of a report: pure
//! report             Report, Position, Passage, Address, Layout: pure
//! disk               durable writes, the names of the per-user folders
//! text               width, line breaking, segments, folding, diff, wording: pure
//! ```

pub mod cli;
pub mod command;
pub mod disk;
pub mod edition;
pub mod exchange;
pub mod export;
pub mod import;
pub mod library;
pub mod notebook;
pub mod reader;
pub mod report;
pub mod search;
pub mod session;
pub mod store;
pub mod terminal;
pub mod text;
pub mod view;
