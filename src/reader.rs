//! All interaction: keys and commands change a [`Reader`], which knows no terminal and no disk.
//! What it wants of the world it says as [`Effect`]s.

pub mod bookmarks;
pub mod boxing;
mod candidates;
mod changing;
pub mod choosing;
mod closing;
mod comparing;
pub mod comparison;
pub mod copying;
mod deciding;
pub mod editor;
pub mod finding;
mod following;
pub mod frame;
pub mod help;
pub mod highlighting;
mod keeping;
pub mod line;
pub mod links;
pub mod listing;
pub mod matches;
pub mod moving;
pub mod noting;
pub mod opening;
mod outside;
pub mod overlay;
pub mod panel;
mod pointing;
mod pressing;
mod running;
pub mod saying;
pub mod searching;
pub mod sections;
mod seeking;
pub mod selecting;
pub mod settings;
pub mod shelf;
mod showing;
pub mod titles;
pub mod trail;

use crate::command::settings::Settings;
use settings::Environment;
use std::{
    collections::{BTreeMap, HashSet, VecDeque},
    sync::Arc,
};

use comparison::Comparison;
use deciding::Placing;
use finding::{Finding, Mark};
use frame::Frame;
use highlighting::Colouring;
use links::SeenLinks;
use overlay::Overlay;
use saying::{Message, Said};
use sections::SectionPane;
use selecting::Selection;
use shelf::{Purpose, Shelved};
use trail::Trail;

use crate::{
    command::{Context, key::Key, keymap::Keymap},
    edition::{Edition, anchor::Anchor},
    notebook::{
        Change, Notebook,
        annotation::{Annotation, Color},
        news::Problem,
        resolution::Astray,
        review::Decision,
    },
    report::{
        Report,
        extent::Extent,
        layout::{Layout, RowAt},
        place::Place,
        position::Position,
        scroll::Walk,
    },
};

/// What the reader asks of the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Keep a change of the notebook.
    Save(Change),
    /// Keep a change whose text was typed: the draft of it goes once it is on disk.
    SaveTyped(Change),
    /// Keep text that is being typed.
    SaveDraft(Annotation),
    /// Forget the draft of that id: its text is saved or was thrown away on purpose.
    DropDraft(String),
    /// Give text to the clipboard.
    Copy(String),
    /// Hand a web or e-mail address to the system's opener.
    OpenLink(String),
    /// Give text to a command of the shell, which gets the terminal.
    Pipe {
        command: String,
        text: String,
    },
    /// Open text in the editor of the environment; the id names its annotation.
    EditOutside {
        text: String,
        id: String,
    },
    /// Look for annotations that may not be where their anchors say; `edition` is that of the report.
    Follow {
        edition: Edition,
        astray: Vec<Astray>,
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
    /// Look for every place that could be an annotation's.
    FindPlaces {
        edition: Edition,
        id: String,
        anchor: Anchor,
    },
    Redraw,
    Suspend,
    Quit,
}

/// Which pane keys go to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    Text,
    Sections,
}

/// How a change of the notebook came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Made,
    Undone,
    Redone,
}

/// What is on the screen now, worked out after each command. For drawing.
#[derive(Debug, Default)]
pub struct Screen {
    pub rows: Vec<RowAt>,
    /// The paragraph cursor: as kept where it can be seen, else the first paragraph here.
    pub cursor: Position,
    /// Matches of a search that are on it.
    pub marks: Vec<Mark>,
    pub links: SeenLinks,
}

/// Keys typed that are no command yet.
#[derive(Debug, Default)]
pub struct Typed {
    pub count: Option<usize>,
    pub keys: Vec<Key>,
}

/// Largest count that is taken from keys.
const LARGEST_COUNT: usize = 1_000_000_000;
/// Most links that a count goes over.
const MOST_LINKS: usize = 10_000;

/// A report being read.
#[derive(Debug)]
pub struct Reader {
    pub report: Arc<Report>,
    /// What opens it.
    pub name: String,
    /// The reports that one came from, the last one last.
    came_from: Vec<opening::Left>,
    pub extent: Extent,
    pub layout: Layout,
    pub keymap: Keymap,
    pub settings: Settings,
    pub environment: Environment,
    /// `None` where the window is too small to read in.
    pub frame: Option<Frame>,
    /// Columns and rows of the window.
    pub size: (u16, u16),
    pub place: Place,
    /// What is shown in place of `place`, which stays: a hit while a search is typed.
    pub preview: Option<Place>,
    pub screen: Screen,
    /// Whether the cursor stands for a sentence, shown by a caret.
    pub at_sentence: bool,
    /// What is being selected; its other end is the cursor.
    pub selection: Option<Selection>,
    pub colouring: Option<Colouring>,
    /// The colour used last.
    pub colour: Color,
    pub focus: Focus,
    pub pane: SectionPane,
    pub overlay: Option<Overlay>,
    /// The annotation whose passage is being looked for in the text.
    pub placing: Option<Placing>,
    pub typed: Typed,
    pub trail: Trail,
    pub finding: Finding,
    pub notebook: Notebook,
    /// Text that was typed and not saved, the newest last.
    pub drafts: Vec<Annotation>,
    /// Id of the draft that was gone on with last.
    resumed: Option<String>,
    /// Files of the notebook that cannot be read.
    pub problems: Vec<Problem>,
    /// Ids of annotations that have vanished from disk without being deleted, and how many of them
    /// are shown.
    pub vanished: (Vec<String>, usize),
    /// Why no note can be kept, where none can.
    pub read_only: Option<String>,
    /// Why changes are not on disk yet, by the ids of their annotations.
    failing: BTreeMap<String, String>,
    pub message: Option<Message>,
    /// What was said before.
    said: Said,
    /// The comparison that was read last, to come back to.
    compared: Option<Comparison>,
    /// How many times another report was asked for.
    asked: u64,
    /// The other reports that there are, the nearest first; as they were when last asked for.
    pub shelf: Vec<Shelved>,
    /// What one of them is to be chosen for, until they are known.
    choosing_for: Option<Purpose>,
    pub lines_run: Vec<String>,
    /// Commands of the shell that got text, the last one last.
    pub pipes_run: Vec<String>,
    edition: Option<Edition>,
    /// What was read of decisions, for any edition.
    decisions: Vec<Decision>,
    /// What was copied last, as it is told, and its bytes.
    copying: (String, usize),
    /// Ids of the annotations that are being looked for.
    followed: HashSet<String>,
    interrupted: bool,
    /// Whether a note was refused and what is typed may be meant for it.
    refuses: bool,
    /// Whether the cursor stays in sight whatever the size: from a resize to the next key.
    holds_cursor: bool,
    /// Whether that moved the screen away from the kept top.
    is_top_moved: bool,
    /// How the changes that are being kept came about, in their order.
    under_way: VecDeque<(String, Way)>,
    /// Whether the drafts that were there at the start are known. Later ones are other readers'.
    knows_drafts: bool,
    effects: Vec<Effect>,
}

impl Reader {
    /// A reader of a report at a place, in a window that is not known yet.
    pub fn new(
        report: Arc<Report>,
        place: Place,
        keymap: Keymap,
        settings: Settings,
        environment: Environment,
    ) -> Self {
        let extent = Extent::new(&report);
        let layout = Layout::new(&report, 1);
        Self {
            extent,
            layout,
            keymap,
            settings,
            environment,
            frame: None,
            size: (0, 0),
            place,
            preview: None,
            screen: Screen::default(),
            at_sentence: false,
            selection: None,
            colouring: None,
            colour: Color::default(),
            focus: Focus::Text,
            pane: SectionPane::default(),
            overlay: None,
            placing: None,
            typed: Typed::default(),
            trail: Trail::default(),
            finding: Finding::default(),
            notebook: Notebook::default(),
            drafts: Vec::new(),
            resumed: None,
            problems: Vec::new(),
            vanished: (Vec::new(), 0),
            read_only: None,
            failing: BTreeMap::new(),
            message: None,
            said: Said::default(),
            compared: None,
            asked: 0,
            name: String::new(),
            came_from: Vec::new(),
            shelf: Vec::new(),
            choosing_for: None,
            lines_run: Vec::new(),
            pipes_run: Vec::new(),
            edition: None,
            decisions: Vec::new(),
            copying: (String::new(), 0),
            followed: HashSet::new(),
            interrupted: false,
            refuses: false,
            holds_cursor: place != Place::default(),
            is_top_moved: false,
            under_way: VecDeque::new(),
            knows_drafts: false,
            effects: Vec::new(),
            report,
        }
    }

    /// What is asked of the world since the last call.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Where keys go now.
    pub fn context(&self) -> Context {
        match (&self.overlay, self.focus) {
            (Some(overlay), _) => overlay.context(),
            (None, Focus::Text) if self.colouring.is_some() => Context::Colouring,
            (None, Focus::Text)
                if self
                    .selection
                    .is_some_and(|selection| selection.is_being_made()) =>
            {
                Context::Selecting
            }
            (None, Focus::Sections) if self.pane.filter.is_some() => Context::PaneFilter,
            (None, Focus::Text) => Context::Reading,
            (None, Focus::Sections) => Context::Sections,
        }
    }

    /// Takes a new window size, in columns and rows.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        self.holds_cursor |=
            !self.screen.rows.is_empty() && self.screen.cursor == self.place.cursor;
        self.settle();
    }

    /// The hashes that new anchors carry, made when first needed.
    fn edition(&mut self) -> &Edition {
        self.edition
            .get_or_insert_with(|| Edition::of(&self.report))
    }

    /// The report and its layout, for walking.
    fn walk(&mut self) -> Walk<'_> {
        Walk {
            report: &self.report,
            layout: &mut self.layout,
        }
    }
}
