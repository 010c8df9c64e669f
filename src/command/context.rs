//! Where keys go: what lies on top, else what is being done in the text.

/// A place in which keys have a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// Reading the text.
    Text,
    /// A selection is being made in the text.
    Selecting,
    /// Right after a highlight: the next key may choose its colour.
    Colouring,
    /// A note is being placed: its passage is looked for in the text.
    Place,
    Sections,
    /// The filter of the section pane.
    SectionFilter,
    /// A note shown in full.
    Panel,
    /// The list of annotations.
    List,
    /// The filter of a list or of the help.
    Filter,
    Comparison,
    /// The list of records.
    Records,
    /// One field of all records.
    Collection,
    /// A list to choose from: matches, sections, jumps, reports, candidates.
    Picker,
    SearchBox,
    NoteBox,
    CommandLine,
    Help,
    /// All contexts in which no text is typed.
    Anywhere,
    /// All contexts in which text is typed.
    Typing,
}

impl Context {
    /// All contexts, in the order in which they are shown: name in `config.ron` and title.
    pub const ALL: &[(Self, &str, &str)] = &[
        (Self::Text, "text", "In the text"),
        (Self::Selecting, "selecting", "While selecting"),
        (Self::Colouring, "colouring", "Right after a highlight"),
        (Self::Place, "place", "While placing a note"),
        (Self::Sections, "sections", "In the section pane"),
        (
            Self::SectionFilter,
            "section-filter",
            "In the filter of the section pane",
        ),
        (Self::Panel, "panel", "In a note"),
        (Self::List, "list", "In the list of notes"),
        (
            Self::Filter,
            "filter",
            "In the filter of a list or of the help",
        ),
        (Self::Comparison, "comparison", "In a comparison"),
        (Self::Records, "records", "In the list of records"),
        (
            Self::Collection,
            "collection",
            "In one field of all records",
        ),
        (
            Self::Picker,
            "picker",
            "In lists of matches, sections, jumps and reports",
        ),
        (Self::SearchBox, "search-box", "In the search box"),
        (Self::NoteBox, "note-box", "In the note box"),
        (Self::CommandLine, "command-line", "On the command line"),
        (Self::Help, "help", "In the help"),
        (Self::Anywhere, "anywhere", "Everywhere"),
        (Self::Typing, "typing", "While typing"),
    ];

    /// The contexts whose keys count here, the nearest first.
    pub fn chain(self) -> &'static [Self] {
        match self {
            Self::Text => &[Self::Text, Self::Anywhere],
            Self::Selecting => &[Self::Selecting, Self::Text, Self::Anywhere],
            Self::Colouring => &[Self::Colouring, Self::Text, Self::Anywhere],
            Self::Place => &[Self::Place, Self::Text, Self::Anywhere],
            Self::Sections => &[Self::Sections, Self::Anywhere],
            Self::SectionFilter => &[Self::SectionFilter, Self::Typing],
            Self::Panel => &[Self::Panel, Self::Anywhere],
            Self::List => &[Self::List, Self::Anywhere],
            Self::Filter => &[Self::Filter, Self::Typing],
            Self::Records => &[Self::Records, Self::Anywhere],
            Self::Collection => &[Self::Collection, Self::Anywhere],
            Self::Comparison => &[Self::Comparison, Self::Anywhere],
            Self::Picker => &[Self::Picker, Self::Typing],
            Self::SearchBox => &[Self::SearchBox, Self::Typing],
            Self::NoteBox => &[Self::NoteBox, Self::Typing],
            Self::CommandLine => &[Self::CommandLine, Self::Typing],
            Self::Help => &[Self::Help, Self::Anywhere],
            Self::Anywhere => &[Self::Anywhere],
            Self::Typing => &[Self::Typing],
        }
    }

    /// The chain while a note is being placed: its keys come before those of the text.
    pub fn chain_while_placing(self) -> &'static [Self] {
        match self {
            Self::Selecting => &[Self::Selecting, Self::Place, Self::Text, Self::Anywhere],
            Self::Colouring => &[Self::Colouring, Self::Place, Self::Text, Self::Anywhere],
            other => other.chain(),
        }
    }

    /// Whether keys that are no command type text here.
    pub fn is_typing(self) -> bool {
        self.chain().contains(&Self::Typing)
    }

    /// The name in `config.ron`.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(context, ..)| *context == self)
            .map_or("", |(_, name, _)| name)
    }

    /// The title over its keys.
    pub fn title(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(context, ..)| *context == self)
            .map_or("", |(.., title)| title)
    }
}
