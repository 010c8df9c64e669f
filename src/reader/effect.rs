//! What the reader asks of the world. It performs none of it.

use crate::{
    edition::{Edition, anchor::Anchor},
    notebook::{Change, annotation::Annotation, resolution::Unresolved},
    report::position::Passage,
    search::Query,
};

/// What is looked for in every report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Everywhere {
    Notes,
    Matches(Query),
}

/// What the reader asks of the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Save a change of the notebook.
    Save(Change),
    /// Save a change whose text was typed: its draft goes once it is on disk.
    SaveTyped(Change),
    /// Save text that is being typed.
    SaveDraft(Annotation),
    /// Drop the draft of that id: its text is saved or was given up on purpose.
    DropDraft(String),
    /// Give text to the clipboard; `what` says what it is.
    Copy {
        text: String,
        what: String,
    },
    /// Open a web or e-mail address with the system's program.
    OpenLink(String),
    /// Give text to a shell command, which gets the terminal.
    Pipe {
        command: String,
        text: String,
    },
    /// Open text in the editor of the environment, below what it is about; the id names its
    /// annotation.
    EditOutside {
        text: String,
        quote: String,
        id: String,
    },
    /// Follow annotations that may not be where their anchors say; `edition` is the report's.
    Follow {
        edition: Edition,
        unresolved: Vec<Unresolved>,
    },
    /// List the reports that there are.
    ListReports,
    /// Open the report of a name or path, to be read in place of this one.
    Open {
        number: u64,
        name: String,
    },
    /// Compare the report, as the new one, with the one of a name or path.
    Compare {
        number: u64,
        name: String,
    },
    /// Look through every report.
    LookEverywhere {
        number: u64,
        what: Everywhere,
    },
    /// Find a passage in all editions of the report.
    History(Passage),
    /// Search for every position that could be an annotation's.
    FindPlaces {
        edition: Edition,
        id: String,
        anchor: Anchor,
    },
    /// Write the notes to a file: a format and a name, as they were typed.
    Export(String),
    /// Open the settings file in the editor of the environment, and take what it says then.
    EditSettings,
    /// Take what the settings file says.
    ReloadSettings,
    Redraw,
    /// Leave at once, and leave nothing on the screen.
    QuickExit,
    Suspend,
    Quit,
}
