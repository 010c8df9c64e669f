//! Programs that have the terminal meanwhile, and what they give back.

use crate::store::outside::Edited;

/// A program that has the terminal meanwhile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outside {
    /// The editor of the environment, with a text below what it is about; the id names its
    /// annotation.
    Editor {
        text: String,
        quote: String,
        id: String,
    },
    /// A shell command that gets text.
    Pipe { command: String, text: String },
    /// The editor of the environment, with the settings file.
    Settings(std::path::PathBuf),
}

/// What such a program gave back.
#[derive(Debug)]
pub enum Returned {
    /// The id of the annotation, and the text of the editor.
    Edited(String, Result<Edited, String>),
    /// The same of an editor that failed after it had written, and how it ended.
    Unfinished(String, Edited, String),
    /// A command and how it ended.
    Piped(String, Result<(), String>),
    /// How the editor of the settings file ended.
    Settings(Result<(), String>),
}
