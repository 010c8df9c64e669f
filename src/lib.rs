//! `tip-reader` reads long reports in a terminal and keeps bookmarks, highlights and notes.
//!
//! Keys become commands by a table, commands change a [`reader::Reader`] made of parts that know
//! no terminal and no disk, the [`view`] draws it and changes nothing, and one [`session`] at the
//! edge touches the world.
//!
//! # Rooms
//!
//! A room is a module of this file. It uses itself, the rooms named here, and nothing else;
//! `tests/suite/layers.rs` refuses the rest.
//!
//! | room | what it is | may use |
//! |---|---|---|
//! | `main.rs`, [`cli`] | arguments, and one file for each verb that needs no screen | everything |
//! | [`session`] | the loop, effects, jobs beside the reading, programs that borrow the terminal | all below |
//! | [`terminal`] | the tty alone: raw mode, input, mouse, frames, signals | view, reader, command, report, text |
//! | [`linear`] | says a `&Reader` in lines of plain text | reader, command, notebook, edition, search, report, text |
//! | [`view`] | draws a `&Reader`, one file for each layer | reader, command, notebook, edition, search, report, text |
//! | [`reader`] | all interaction: parts and a stack of layers; says what it wants as `Effect`s | command, notebook, edition, search, report, text |
//! | [`command`] | the table of commands, contexts, keys, keymap, settings, manual | report, text |
//! | [`export`], [`exchange`] | report and notebook to other formats; notes back in | notebook, edition, report, text |
//! | [`import`] | files of other programs become a [`report::Report`] | report, text |
//! | [`library`] | reports and `config.ron` on disk | report, edition, command, text, disk |
//! | [`store`] | the notebook on disk, and the thread that saves it | notebook, edition, report, text, disk |
//! | [`notebook`] | annotations, changes with undo, filter, status and review in an edition; pure | edition, search, report, text |
//! | [`edition`] | one report in two editions: hashes, anchors, alignment, comparison; pure | search, report, text |
//! | [`search`] | query, matching, matches of a report; pure | report, text |
//! | [`report`] | sections, blocks, positions, addresses, layout, citation; pure | text |
//! | [`disk`] | durable writes, the names of the per-user folders | nothing |
//! | [`text`] | width, line breaking, segments, folding, diff, wording; pure | nothing |
//!
//! # Where to look
//!
//! | to change | go to |
//! |---|---|
//! | the key of a verb, its words in help | `src/command/table.rs` |
//! | what `n` does | the table says `Next`; its arm in `src/reader/dispatch.rs` calls `next_match` in `src/reader/actions/search.rs`. In a layer: `run` of its file in `src/reader/layers/` |
//! | how a note is saved | `save` in `src/reader/layers/note_box.rs` makes a `Change`, `Effect::SaveTyped` takes it to `src/session.rs`, `src/store/saver.rs` to its thread, and `src/store.rs` and its files to the disk |
//! | a colour of a theme | `src/view/palette.rs`; which style means what: `src/view/theme.rs` |
//! | which edition of a report opens | `src/library/reports.rs`; how an import is taken in: `src/cli/import/edition.rs` |
//! | a message of the importer | why a file is refused: `ImportError` in `src/import.rs`; why text was left out: where its format is read in `src/import/`; the lines around both: `src/cli/import.rs` |
//! | a message in the status line | `say` or `warn` in `src/reader/actions/` and `src/reader/layers/`; of the saver: `src/reader/notes/news.rs` |
//! | an option of a verb | its file in `src/cli/` |
//! | what is drawn where | `src/view.rs`, then a file for each layer |
//! | what `--linear` says; how a typed line is understood | `src/linear.rs`; `src/reader/lines.rs`; the loop: `src/session/linear.rs` |
//! | a short word of `--linear` | `= "word"` after a binding in `src/command/table.rs` |
//! | what counts as read | `src/edition/progress.rs`, `src/reader/actions/progress.rs` |
//!
//! # Core types
//!
//! | type | what it is | what always holds |
//! |---|---|---|
//! | [`report::Report`], `Section`, `Block` | metadata; sections in reading order with their level; flat blocks of text with spans | section ids are unique; blocks never nest; spans are byte ranges on character boundaries |
//! | [`report::position::Position`], `Passage` | section, block and byte; two of them | on a character boundary; `Ord` is reading order; independent of width |
//! | [`report::address::Address`], `Stretch` | what people type and cite: `2`, `2:5`, `ghana/protection:5`, `p61`, `2:3-5` | prints and parses to the same value; one that fits several is refused |
//! | `Outline`, `Records` (`report/`) | sections as a tree with keys, paths, ids; siblings that share their children's titles | made of levels and titles alone |
//! | `Alignment` (`edition/`) | which section and block of one edition is which of another | linear; works on hashes |
//! | [`report::layout::Layout`] | the rows of what is seen, at one width | a row number never outlives a call |
//! | [`edition::anchor::Anchor`] | what is saved in place of a position: ids, hashes, quote, context | resolves to exact, moved, changed, unsure or orphaned; never says sure where it is not |
//! | [`notebook::Notebook`] | the annotations of the open report, with undo | every change can be undone; merging drops no word of either side |
//! | [`command::Command`] | a verb; its row has name, words, and keys for each context | one arm in `src/reader/dispatch.rs`, by an exhaustive `match` |
//! | [`reader::Parts`] | report, viewport, mode, matches, notes, messages, ... | a part is changed by its own methods alone |
//! | [`reader::layers::Layers`] | what lies over the text, the top one last | the top one is asked first; `Then` says what becomes of the stack |
//! | [`edition::progress::Progress`] | the paragraphs that were read | saved by section and hash: text that changed is unread |
//! | [`reader::Effect`] | what the reader asks of the world | plain data; the reader performs none |
//!
//! # How to add
//!
//! **A command.** Add a row to `src/command/table.rs`: name, words, and keys for each context. The
//! compiler asks for an arm in `run_in_text` of `src/reader/dispatch.rs`: one line that calls a
//! method of `Parts` in `src/reader/actions/`. A command of a layer gets its arm in that layer's
//! `run`, and its name in the last arm of `run_in_text`. Help, hints, `keys` and completion
//! follow; `UPDATE=1 cargo test --test suite manual` writes the manual page again, and the
//! snapshot of the help changes. Add a journey in keys to `tests/suite/journeys.rs`.
//!
//! **A layer.** A file in `src/reader/layers/` with a type that implements `Keys`, and its name in
//! `layers!` of `src/reader/layers.rs`; a context in `src/command/context.rs` (variant, row of
//! `ALL`, chain) and its keys in the table; a file in `src/view/` and an arm of `draw_layer`. A
//! command opens it with `Then::Push`.
//!
//! **An import format.** A variant and a row of `FORMATS` in `src/import/source.rs`, a file in
//! `src/import/` that makes a `Document`, an arm of `read_bytes` in `src/import.rs`, and a file of
//! that format in `tests/golden/` with a test in `tests/import/`.
//!
//! **An export format.** A variant and an arm of `write` in `src/export.rs` (reports) or
//! `src/export/notes.rs` (notes), and a file beside the others. Help, completions and manual page
//! follow; `tests/suite/export.rs` looks at the output.
//!
//! **A theme colour.** A field of `Theme` named by meaning, its style in `plain` and `coloured`
//! (`src/view/theme.rs`), its colour for each theme in `src/view/palette.rs`. Give it a modifier
//! too: nothing is said by colour alone. **A theme**: an arm in the palette, and its name in
//! `THEMES` of `src/command/settings.rs` and in the help of `--theme` (`src/cli/read.rs`).
//!
//! **A message.** `parts.say` for what was done and how to undo it, `parts.warn` for what must not
//! be missed. An error is a variant of the room's error enum; its `Display` has the words.
//!
//! # Glossary
//!
//! | word | means |
//! |---|---|
//! | report, edition, snapshot | a text with an id; one version of it; the RON file that holds a version |
//! | path, facet | the titles of a section and of those that hold it; what a title has in brackets at its end |
//! | record, field | a section that shares the titles of its subheads with its siblings; such a subhead |
//! | section, block, passage | a titled part; a paragraph, list item or heading in it; a stretch of text |
//! | position, place, address | a byte in the text; position and top row of a reader; what people type and cite |
//! | annotation | a note, highlight or bookmark |
//! | match, match under the cursor | what a search found; the one that `n` went to last |
//! | review, orphaned | to decide where a note is in a new edition; without a position there |
//! | draft | text typed and not saved yet |
//! | layer, context, mode | what lies over the text; where keys have a meaning; what the text is used for |
//! | jump list | the places that jumps left, for `C-o` |
//! | text width, viewport | the most columns of a line of text; the window on the report |
//! | boilerplate | menus, banners and other text of a page that is not the report |
//!
//! # Rules that keep it small
//!
//! 1. A place is a byte, never a line: nothing has to be mended when the window changes.
//! 2. Drawing reads: no clamping, caching or change in it.
//! 3. Search, selection and notes work on the report's text, never on rows of the screen.
//! 4. One table makes everything that is written about keys.
//! 5. Only the store writes the notebook, and it never replaces a file that it could not read.
//! 6. No ticks: an idle reader uses no processor, and all waiting input is drawn as one frame.
//! 7. No panic from input, and nothing that was in a file is dropped silently.
//! 8. Rooms use what is below them. A room's root declares, re-exports and dispatches; its files
//!    form no circle.
//! 9. The clock, the environment and the disk are handed in from the edge.

pub mod cli;
pub mod command;
pub mod disk;
pub mod edition;
pub mod exchange;
pub mod export;
pub mod import;
pub mod library;
pub mod linear;
pub mod notebook;
pub mod reader;
pub mod report;
pub mod search;
pub mod session;
pub mod store;
pub mod terminal;
pub mod text;
pub mod view;
