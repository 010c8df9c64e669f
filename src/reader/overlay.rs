//! What can lie over the text; at most one thing at a time.

use super::{
    Focus, Reader, choosing::Chooser, comparison::Comparison, editor::Editor, line::CommandLine,
    listing::List, noting::NoteBox, searching::SearchBox,
};
use crate::command::Context;

/// A layer over the text.
#[derive(Debug)]
pub enum Overlay {
    NoteBox(NoteBox),
    /// A note in full.
    Panel(Panel),
    CommandLine(CommandLine),
    /// All annotations.
    List(List),
    Search(SearchBox),
    Chooser(Chooser),
    /// What changed since another edition.
    Comparison(Comparison),
    /// Another report that is being opened or compared with.
    Waiting(Waiting),
    Help(Help),
}

/// Another report that was asked for.
#[derive(Debug)]
pub struct Waiting {
    pub number: u64,
    /// The other report as it was asked for.
    pub name: String,
    pub awaited: Awaited,
}

/// What a report was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    Comparison,
    /// To be read; whether that is going back.
    Report {
        is_back: bool,
    },
}

impl Waiting {
    /// What is under way: `Comparing with`, `Opening`.
    pub fn told(&self) -> &'static str {
        match self.awaited {
            Awaited::Comparison => "Comparing with",
            Awaited::Report { .. } => "Opening",
        }
    }
}

/// A note shown in full.
#[derive(Debug)]
pub struct Panel {
    /// Ids of the annotations on the passage.
    pub ids: Vec<String>,
    /// Which of them is shown.
    pub shown: usize,
    /// First line shown.
    pub scroll: usize,
    /// What lay there before, to return to.
    pub below: Option<Box<Overlay>>,
}

/// The help screen.
#[derive(Debug)]
pub struct Help {
    /// Where one was when help was called.
    pub about: Context,
    /// First line shown.
    pub scroll: usize,
    /// What lay there before, to return to.
    pub below: Option<Box<Overlay>>,
}

impl Overlay {
    /// Where keys go while it is there.
    pub fn context(&self) -> Context {
        match self {
            Self::NoteBox(_) => Context::NoteBox,
            Self::Panel(_) => Context::Panel,
            Self::CommandLine(_) => Context::CommandLine,
            Self::List(list) if list.is_filtering => Context::Filter,
            Self::List(_) => Context::List,
            Self::Search(_) => Context::SearchBox,
            Self::Chooser(_) => Context::Chooser,
            Self::Comparison(_) | Self::Waiting(_) => Context::Comparison,
            Self::Help(_) => Context::Help,
        }
    }

    /// The other report, where one is compared with.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Comparison(comparison) => comparison.name.clone(),
            Self::Waiting(waiting) => waiting.name.clone(),
            _ => String::new(),
        }
    }

    /// The note box, also where the help lies over it.
    pub fn note_box(&mut self) -> Option<&mut NoteBox> {
        match self {
            Self::NoteBox(note) => Some(note),
            Self::Help(help) => help.below.as_mut().and_then(|below| below.note_box()),
            Self::Panel(_)
            | Self::CommandLine(_)
            | Self::List(_)
            | Self::Search(_)
            | Self::Chooser(_)
            | Self::Comparison(_)
            | Self::Waiting(_) => None,
        }
    }

    /// Rows of a list that takes room from the text, also where the help lies over it.
    pub(super) fn rows_of_list(&self) -> Option<usize> {
        match self {
            Self::Chooser(chooser) => Some(chooser.rows),
            Self::Help(help) => help.below.as_ref().and_then(|below| below.rows_of_list()),
            _ => None,
        }
    }

    /// The text that is typed in it.
    pub fn editor(&mut self) -> Option<&mut Editor> {
        match self {
            Self::NoteBox(note) => Some(&mut note.editor),
            Self::CommandLine(line) => Some(&mut line.editor),
            Self::List(list) => list.is_filtering.then_some(&mut list.filter),
            Self::Search(search) => Some(&mut search.editor),
            Self::Chooser(chooser) => Some(&mut chooser.filter),
            Self::Panel(_) | Self::Help(_) | Self::Comparison(_) | Self::Waiting(_) => None,
        }
    }
}

impl Reader {
    /// Keeps what an overlay shows inside its bounds.
    pub(super) fn settle_overlay(&mut self) {
        let help_rows = self.help_rows_beyond();
        let panel_rows = self.panel_rows_beyond();
        match &mut self.overlay {
            Some(Overlay::Help(help)) => help.scroll = help.scroll.min(help_rows),
            Some(Overlay::Panel(panel)) => panel.scroll = panel.scroll.min(panel_rows),
            Some(Overlay::NoteBox(note)) => note.note_change(),
            Some(Overlay::List(_)) => self.settle_list(),
            Some(Overlay::Comparison(_)) => self.settle_comparison(),
            Some(
                Overlay::CommandLine(_)
                | Overlay::Search(_)
                | Overlay::Chooser(_)
                | Overlay::Waiting(_),
            )
            | None => {}
        }
    }

    /// The text that is being typed.
    pub(super) fn typed_text(&mut self) -> Option<&mut Editor> {
        match &mut self.overlay {
            Some(overlay) => overlay.editor(),
            None => self
                .pane
                .filter
                .as_mut()
                .filter(|_| self.focus == Focus::Sections),
        }
    }

    /// Follows what was just typed, erased or pasted.
    pub(super) fn follow_typing(&mut self) {
        match &self.overlay {
            Some(Overlay::CommandLine(_)) => self.typed_in_line(),
            Some(Overlay::Search(_)) => self.typed_in_search(),
            Some(Overlay::Chooser(_)) => self.choose(),
            None => self.typed_in_pane(),
            Some(
                Overlay::NoteBox(_)
                | Overlay::Panel(_)
                | Overlay::List(_)
                | Overlay::Help(_)
                | Overlay::Comparison(_)
                | Overlay::Waiting(_),
            ) => {}
        }
    }
}
