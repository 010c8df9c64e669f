//! What the text is being used for: reading, selecting, or colouring a highlight.

use super::selection::Selection;
use crate::{
    command::Context,
    report::{
        Report,
        position::{Passage, Position},
    },
};

/// What the text is being used for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Mode {
    #[default]
    Reading,
    /// A link is selected; its keys are those of reading, until the cursor moves on.
    OnLink {
        selection: Selection,
        cursor: Position,
    },
    Selecting(Selection),
    /// The next key may choose a colour.
    Colouring(Colouring),
}

/// A highlight whose colour the next key may choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colouring {
    /// Id of the highlight.
    pub id: String,
    /// Whether it was just made: then one undo takes both back.
    pub is_new: bool,
}

impl Mode {
    /// Where keys go while nothing lies over the text.
    pub fn context(&self) -> Context {
        match self {
            Self::Reading | Self::OnLink { .. } => Context::Text,
            Self::Selecting(_) => Context::Selecting,
            Self::Colouring(_) => Context::Colouring,
        }
    }

    /// The selection, also of a link.
    pub fn selection(&self) -> Option<&Selection> {
        match self {
            Self::Selecting(selection) | Self::OnLink { selection, .. } => Some(selection),
            Self::Reading | Self::Colouring(_) => None,
        }
    }

    /// The selected passage; its other end is the cursor.
    pub fn passage(&self, report: &Report, cursor: Position) -> Option<Passage> {
        self.selection()
            .map(|selection| selection.passage(report, cursor))
    }

    /// Whether a selection is being made.
    pub fn is_selecting(&self) -> bool {
        matches!(self, Self::Selecting(_))
    }

    /// Goes back to reading; says whether it was not that already.
    pub(super) fn end(&mut self) -> bool {
        std::mem::take(self) != Self::Reading
    }

    /// Drops a selection, and nothing else.
    pub(super) fn drop_selection(&mut self) {
        if self.selection().is_some() {
            self.end();
        }
    }

    /// Ends the choice of a colour.
    pub(super) fn end_colouring(&mut self) {
        if matches!(self, Self::Colouring(_)) {
            self.end();
        }
    }

    /// Lets go of a link that the cursor has left.
    pub(super) fn leave_link(&mut self, now: Position) {
        if matches!(self, Self::OnLink { cursor, .. } if *cursor != now) {
            self.end();
        }
    }

    /// The id of the highlight whose colour is being chosen.
    pub(super) fn colouring(&self) -> Option<&Colouring> {
        match self {
            Self::Colouring(colouring) => Some(colouring),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::selection::Grain;

    #[test]
    fn a_link_is_let_go_when_the_cursor_leaves_it_and_a_selection_is_not() {
        let at = Position::new(1, 2, 3);
        let selection = Selection::new(at, Grain::Character);
        let mut mode = Mode::OnLink {
            selection: selection.clone(),
            cursor: at,
        };
        mode.leave_link(at);
        assert_eq!(mode.context(), Context::Text);
        assert!(mode.selection().is_some());
        mode.leave_link(Position::new(1, 2, 4));
        assert_eq!(mode, Mode::Reading);
        let mut mode = Mode::Selecting(selection);
        mode.leave_link(Position::default());
        mode.end_colouring();
        assert_eq!(mode.context(), Context::Selecting);
        mode.drop_selection();
        assert!(!mode.end(), "it is reading already");
    }
}
