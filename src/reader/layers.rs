//! What lies over the text: a stack of layers, of which the top one gets the keys.

pub mod annotation_list;
pub mod collection;
pub mod command_line;
pub mod comparison;
pub mod help;
pub mod note_box;
pub mod note_panel;
pub mod picker;
pub mod place;
pub mod record_list;
pub mod search_box;
pub mod sections;
pub mod waiting;

use annotation_list::AnnotationList;
use collection::Collection;
use command_line::CommandLine;
use comparison::Comparison;
use help::Help;
use note_box::NoteBox;
use note_panel::NotePanel;
use picker::Picker;
use place::Placing;
use record_list::RecordList;
use search_box::SearchBox;
use sections::Sections;
use waiting::Waiting;

use super::{editor::Editor, parts::Parts};
use crate::command::{Command, Context};

/// What becomes of the layers after a command.
#[derive(Debug)]
pub(crate) enum Then {
    /// The layer has no use for the command: it is for what lies below.
    Pass,
    Stay,
    /// Closes this layer.
    Close,
    Push(Layer),
    /// Closes this layer and opens another in its place.
    Replace(Layer),
    /// Closes this layer and runs a line of the command line on what lies below.
    Run(String),
    /// Closes this layer where `closes` says so; a list or panel then shows what comes next for
    /// review.
    Reviewed {
        next: Option<String>,
        closes: bool,
    },
}

macro_rules! layers {
    ($($(#[$doc:meta])* $kind:ident)*) => {
        /// What can lie over the text.
        #[derive(Debug)]
        pub enum Layer {
            $($(#[$doc])* $kind($kind),)*
        }

        $(impl From<$kind> for Layer {
            fn from(layer: $kind) -> Self {
                Self::$kind(layer)
            }
        }

        impl Kind for $kind {
            fn of(layer: &Layer) -> Option<&Self> {
                match layer {
                    Layer::$kind(layer) => Some(layer),
                    _ => None,
                }
            }

            fn of_mut(layer: &mut Layer) -> Option<&mut Self> {
                match layer {
                    Layer::$kind(layer) => Some(layer),
                    _ => None,
                }
            }
        })*

        impl Layer {
            fn inner(&self) -> &dyn Keys {
                match self {
                    $(Self::$kind(layer) => layer,)*
                }
            }

            fn inner_mut(&mut self) -> &mut dyn Keys {
                match self {
                    $(Self::$kind(layer) => layer,)*
                }
            }
        }
    };
}

layers! {
    /// The section pane has the keys. The text below is seen.
    Sections
    /// A note being written.
    NoteBox
    /// A note in full.
    NotePanel
    /// All annotations.
    AnnotationList
    /// A list to choose from.
    Picker
    /// A note is being placed: its passage is looked for in the text, which has the keys.
    Placing
    SearchBox
    CommandLine
    /// What changed since another edition.
    Comparison
    /// All records.
    RecordList
    /// One field of all records.
    Collection
    /// Another report that is being opened or compared with.
    Waiting
    Help
}

/// A kind of layer.
pub trait Kind: Sized {
    fn of(layer: &Layer) -> Option<&Self>;
    fn of_mut(layer: &mut Layer) -> Option<&mut Self>;
}

/// What every layer does with keys.
pub(super) trait Keys {
    /// Where keys go while it is on top; `None` where that is the text's to say.
    fn context(&self) -> Option<Context>;

    /// Runs a command.
    fn run(&mut self, command: Command, count: Option<usize>, parts: &mut Parts) -> Then;

    /// Closes it on `Esc` or `q`, with all that was shown for it.
    fn cancel(&mut self, parts: &mut Parts) -> Then {
        let _ = parts;
        Then::Close
    }

    /// Brings it up to date and keeps what it shows inside its bounds.
    fn refresh(&mut self, parts: &mut Parts) {
        let _ = parts;
    }

    /// The text that is typed in it.
    fn editor(&mut self) -> Option<&mut Editor> {
        None
    }

    /// Follows what was just typed, erased or pasted.
    fn typed(&mut self, parts: &mut Parts) {
        let _ = parts;
    }

    /// Rows that it would fill as a list below the text; `None` where it takes no room from it.
    fn rows_of_list(&self) -> Option<usize> {
        None
    }
}

/// The stack of layers, the top one last.
#[derive(Debug, Default)]
pub struct Layers(Vec<Layer>);

impl Layers {
    /// Whether nothing lies over the text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The layer on top.
    pub fn top(&self) -> Option<&Layer> {
        self.0.last()
    }

    /// The layer on top, where it is of a kind.
    pub fn top_as<T: Kind>(&self) -> Option<&T> {
        T::of(self.0.last()?)
    }

    pub(super) fn top_as_mut<T: Kind>(&mut self) -> Option<&mut T> {
        T::of_mut(self.0.last_mut()?)
    }

    /// The uppermost layer of a kind, wherever in the stack.
    pub fn find<T: Kind>(&self) -> Option<&T> {
        self.0.iter().rev().find_map(T::of)
    }

    pub(super) fn find_mut<T: Kind>(&mut self) -> Option<&mut T> {
        self.0.iter_mut().rev().find_map(T::of_mut)
    }

    /// All layers, the lowest first.
    pub fn iter(&self) -> impl Iterator<Item = &Layer> {
        self.0.iter()
    }

    pub(super) fn push(&mut self, layer: impl Into<Layer>) {
        self.0.push(layer.into());
    }

    pub(super) fn pop(&mut self) -> Option<Layer> {
        self.0.pop()
    }

    /// Closes the uppermost layer of a kind and what lies over it.
    pub(super) fn close<T: Kind>(&mut self) {
        if let Some(at) = self.0.iter().rposition(|layer| T::of(layer).is_some()) {
            self.0.truncate(at);
        }
    }

    /// Puts a layer where the uppermost of a kind is; what lies over that stays.
    pub(super) fn put_for<T: Kind>(&mut self, layer: impl Into<Layer>) {
        let found = self.0.iter_mut().rfind(|layer| T::of(layer).is_some());
        if let Some(at) = found {
            *at = layer.into();
        }
    }

    /// Removes the uppermost layer of a kind; what lies over it stays.
    pub(super) fn remove<T: Kind>(&mut self) {
        if let Some(at) = self.0.iter().rposition(|layer| T::of(layer).is_some()) {
            self.0.remove(at);
        }
    }

    /// Where keys go; `None` where the text says so.
    pub(super) fn context(&self) -> Option<Context> {
        self.0.last().and_then(|layer| layer.inner().context())
    }

    /// Runs a command in the layer on top.
    pub(super) fn run(
        &mut self,
        command: Command,
        count: Option<usize>,
        parts: &mut Parts,
    ) -> Then {
        match self.0.last_mut() {
            Some(layer) => layer.inner_mut().run(command, count, parts),
            None => Then::Pass,
        }
    }

    /// What the layer on top does on `Esc`; `None` where nothing lies over the text.
    pub(super) fn cancel(&mut self, parts: &mut Parts) -> Option<Then> {
        Some(self.0.last_mut()?.inner_mut().cancel(parts))
    }

    /// Brings all layers up to date, the lowest first. A panel whose notes are gone closes.
    pub(super) fn refresh(&mut self, parts: &mut Parts) {
        for layer in &mut self.0 {
            layer.inner_mut().refresh(parts);
        }
        self.0
            .retain(|layer| NotePanel::of(layer).is_none_or(|panel| panel.id().is_some()));
    }

    /// The text that is typed in the layer on top.
    pub(super) fn editor(&mut self) -> Option<&mut Editor> {
        self.0.last_mut()?.inner_mut().editor()
    }

    /// Lets the layer on top follow what was just typed.
    pub(super) fn typed(&mut self, parts: &mut Parts) {
        if let Some(layer) = self.0.last_mut() {
            layer.inner_mut().typed(parts);
        }
    }

    /// Rows of the list that takes room from the text, also below the help.
    pub(super) fn rows_of_list(&self) -> Option<usize> {
        let mut layers = self.0.iter().rev();
        let seen = layers.find(|layer| Help::of(layer).is_none())?;
        seen.inner().rows_of_list()
    }
}

/// The number of steps of a count, downward where positive.
pub(super) fn steps(count: Option<usize>) -> isize {
    count.unwrap_or(1).min(isize::MAX as usize) as isize
}

/// How far a command moves in a list whose pages have so many rows; `None` for commands that
/// move nothing. The far ends are the largest numbers.
pub(super) fn movement(command: Command, count: Option<usize>, page: usize) -> Option<isize> {
    let (page, steps) = (page.max(1), steps(count));
    let pages = |rows: usize| (rows.max(1) as isize).saturating_mul(steps);
    Some(match command {
        Command::Down => steps,
        Command::Up => -steps,
        Command::PageDown => pages(page),
        Command::PageUp => -pages(page),
        Command::HalfPageDown => pages(page / 2),
        Command::HalfPageUp => -pages(page / 2),
        Command::First => isize::MIN,
        Command::Last => isize::MAX,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_moves_by_the_same_verbs() {
        let by = |command, count| movement(command, count, 10);
        assert_eq!(by(Command::Down, None), Some(1));
        assert_eq!(by(Command::Up, Some(3)), Some(-3));
        assert_eq!(by(Command::PageDown, Some(2)), Some(20));
        assert_eq!(by(Command::HalfPageUp, None), Some(-5));
        assert_eq!(by(Command::First, None), Some(isize::MIN));
        assert_eq!(by(Command::Down, Some(usize::MAX)), Some(isize::MAX));
        assert_eq!(by(Command::Edit, None), None);
        assert_eq!(movement(Command::HalfPageDown, None, 0), Some(1));
    }
}
