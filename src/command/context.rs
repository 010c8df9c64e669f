//! Where a command's keys count: each place with its title, and the places around it.

/// Where a command's keys count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The reading pane.
    Reading,
    /// The reading pane while text is being selected.
    Selecting,
    /// The reading pane right after `H`, for one key.
    Colouring,
    /// The section pane.
    Sections,
    /// A note shown in full.
    Panel,
    /// The list of annotations.
    List,
    /// The list of annotations while its filter is typed.
    Filter,
    /// What changed since another edition.
    Comparison,
    /// The help screen.
    Help,
    /// Everywhere but where one types.
    Anywhere,
    /// The note box and the command line.
    Typing,
    /// The note box alone.
    NoteBox,
    /// The command line alone.
    CommandLine,
    /// The search box alone.
    SearchBox,
    /// A list from which one chooses where to go.
    Chooser,
    /// The filter of the section pane.
    PaneFilter,
}

impl Context {
    /// All contexts with a title for the help screen, in the order in which they are shown.
    pub const ALL: &[(Self, &str)] = &[
        (Self::Reading, "In the text"),
        (Self::Selecting, "While selecting"),
        (Self::Colouring, "Right after a highlight"),
        (Self::Sections, "In the section pane"),
        (Self::Panel, "In a note"),
        (Self::List, "In the list of notes"),
        (Self::Filter, "While a filter is typed"),
        (Self::Comparison, "In a comparison"),
        (Self::Help, "In the help"),
        (Self::Anywhere, "Everywhere"),
        (Self::NoteBox, "In the note box"),
        (Self::CommandLine, "On the command line"),
        (Self::SearchBox, "In the search box"),
        (
            Self::Chooser,
            "In the lists of matches, sections and places",
        ),
        (Self::PaneFilter, "In the filter of the section pane"),
        (Self::Typing, "While typing"),
    ];

    /// The contexts whose keys count here, the nearest first.
    pub fn chain(self) -> &'static [Self] {
        match self {
            Self::Reading => &[Self::Reading, Self::Anywhere],
            Self::Selecting => &[Self::Selecting, Self::Reading, Self::Anywhere],
            Self::Colouring => &[Self::Colouring, Self::Reading, Self::Anywhere],
            Self::Sections => &[Self::Sections, Self::Anywhere],
            Self::Panel => &[Self::Panel, Self::Anywhere],
            Self::List => &[Self::List, Self::Anywhere],
            Self::Filter => &[Self::Filter, Self::Typing],
            Self::Comparison => &[Self::Comparison, Self::Anywhere],
            Self::Help => &[Self::Help, Self::Anywhere],
            Self::Anywhere => &[Self::Anywhere],
            Self::Typing => &[Self::Typing],
            Self::NoteBox => &[Self::NoteBox, Self::Typing],
            Self::CommandLine => &[Self::CommandLine, Self::Typing],
            Self::SearchBox => &[Self::SearchBox, Self::Typing],
            Self::Chooser => &[Self::Chooser, Self::Typing],
            Self::PaneFilter => &[Self::PaneFilter, Self::Typing],
        }
    }

    /// Whether keys that are no command type text here.
    pub fn is_typing(self) -> bool {
        matches!(
            self,
            Self::Typing
                | Self::NoteBox
                | Self::CommandLine
                | Self::Filter
                | Self::SearchBox
                | Self::Chooser
                | Self::PaneFilter
        )
    }
}
