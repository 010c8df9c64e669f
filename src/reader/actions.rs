//! What commands do in the text, where they need several parts; one file a subject.

mod bookmarks;
mod changes;
mod clipboard;
mod highlights;
mod inbox;
mod links;
mod movement;
mod note_boxes;
mod other_reports;
mod progress;
mod records;
pub(super) mod reviews;
mod search;
mod selections;
mod settings;

pub use clipboard::Copied;
