//! `tip-reader` reads long reports in a terminal and keeps bookmarks, highlights and notes.
//!
//! Keys become commands by a table, commands change a [`reader::Reader`] that knows no
//! terminal, the [`view`] draws the reader and changes nothing, and a few files at the edge
//! touch the world. Arrows point down only; `tests/layers.rs` holds them to it.
//!
//! ```text
//! main.rs ── cli            argv, and one file for each verb that needs no screen
//!    │
//!    ├── terminal           tty: raw mode, input, signals, frames, suspend        ┐
//!    ├── notebook/store     disk: the notebook, drafts, places of reading         │
//!    │   (durable, keeper, rescue: how files are kept, and on which thread)       │ the edges: the
//!    ├── report/snapshot    disk: snapshots of reports                            │ only files that
//!    ├── library            disk: the bundled and the imported reports            │ do I/O
//!    ├── config             disk: the settings file                               │
//!    ├── editing            the reader's own editor, and the draft it writes      │
//!    ├── import             other people's formats -> Report                      ┘
//!    ├── export             Report and annotations -> text, Markdown, HTML, JSON, CSV, JSON-LD
//!    ├── exchange           JSON, JSON-LD -> annotations, merged with those that are there
//!    │
//!  view ─── reader          draws &Reader | Reader, Effect: all interaction
//!    │
//!  command  key  keymap  manual    the vocabulary: one table, and all that is made from it
//!    │
//!  notebook  home           annotations, undo | where the per-user folder is
//!    │
//!  report                   Report, Position, Passage, Address, Anchor, Layout, Search: pure
//! ```
//!
//! [`wording`] has the small words that messages share.

pub mod cli;
pub mod command;
pub mod config;
pub mod editing;
pub mod exchange;
pub mod export;
pub mod home;
pub mod import;
pub mod key;
pub mod keymap;
pub mod library;
pub mod manual;
pub mod notebook;
pub mod reader;
pub mod report;
pub mod terminal;
pub mod view;
pub mod wording;
