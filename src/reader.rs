//! All interaction: keys and commands change a [`Reader`], which knows no terminal and no disk.
//! What it wants of the world it says as [`Effect`]s.

pub mod bookmarks;
pub mod choosing;
mod closing;
pub mod copying;
pub mod editor;
pub mod finding;
mod following;
pub mod frame;
pub mod help;
pub mod highlighting;
pub mod hits;
mod keeping;
pub mod line;
mod links;
pub mod listing;
pub mod moving;
pub mod noting;
mod outside;
pub mod overlay;
pub mod panel;
mod pointing;
mod pressing;
pub mod searching;
pub mod sections;
mod seeking;
pub mod selecting;
pub mod settings;
mod showing;
pub mod titles;
pub mod trail;

use std::{
    collections::{BTreeMap, HashSet, VecDeque},
    sync::Arc,
};

use finding::{Finding, Mark};
use frame::Frame;
use highlighting::Colouring;
use listing::Tab;
use overlay::Overlay;
use searching::Meant;
use sections::SectionPane;
use selecting::{Selection, Step, Unit};
use settings::{Environment, Settings};
use trail::Trail;

use crate::{
    command::{Command, Context},
    key::Key,
    keymap::Keymap,
    notebook::{
        Change, Notebook,
        annotation::{Annotation, Color},
        following::Astray,
        place::Place,
        store::Problem,
    },
    report::{
        Report,
        edition::Edition,
        extent::Extent,
        layout::{Layout, RowAt},
        position::Position,
        scrolling::Walk,
    },
};

/// What the reader asks of the world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Keep a change of the notebook.
    Keep(Change),
    /// Keep a change whose text was typed: the draft of it goes once it is on disk.
    KeepTyped(Change),
    /// Keep text that is being typed.
    KeepDraft(Annotation),
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

/// What the status line says of what was just done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub text: String,
    pub is_warning: bool,
}

/// What is on the screen now, worked out after each command. For drawing.
#[derive(Debug, Default)]
pub struct Screen {
    pub rows: Vec<RowAt>,
    /// The paragraph cursor: as kept where it can be seen, else the first paragraph here.
    pub cursor: Position,
    /// Hits of a search that are on it.
    pub marks: Vec<Mark>,
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
    /// How many annotations have vanished from disk without being deleted.
    pub vanished: usize,
    /// Why no note can be kept, where none can.
    pub read_only: Option<String>,
    /// Why changes are not on disk yet, by the ids of their annotations.
    failing: BTreeMap<String, String>,
    pub message: Option<Message>,
    pub lines_run: Vec<String>,
    /// Commands of the shell that got text, the last one last.
    pub pipes_run: Vec<String>,
    edition: Option<Edition>,
    /// Words, as they are told, and bytes of what was copied last.
    copying: (String, usize),
    /// Ids of the annotations that are being looked for.
    followed: HashSet<String>,
    interrupted: bool,
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
    pub fn new(report: Arc<Report>, place: Place, keymap: Keymap, settings: Settings, environment: Environment) -> Self {
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
            typed: Typed::default(),
            trail: Trail::default(),
            finding: Finding::default(),
            notebook: Notebook::default(),
            drafts: Vec::new(),
            resumed: None,
            problems: Vec::new(),
            vanished: 0,
            read_only: None,
            failing: BTreeMap::new(),
            message: None,
            lines_run: Vec::new(),
            pipes_run: Vec::new(),
            edition: None,
            copying: (String::new(), 0),
            followed: HashSet::new(),
            interrupted: false,
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
            (None, Focus::Text) if self.selection.is_some() => Context::Selecting,
            (None, Focus::Sections) if self.pane.filter.is_some() => Context::PaneFilter,
            (None, Focus::Text) => Context::Reading,
            (None, Focus::Sections) => Context::Sections,
        }
    }

    /// Takes a new window size, in columns and rows.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.size = (columns, rows);
        self.holds_cursor |= !self.screen.rows.is_empty() && self.screen.cursor == self.place.cursor;
        self.settle();
    }

    /// Runs a command. A count is taken where the command has a use for it.
    pub fn run(&mut self, command: Command, count: Option<usize>, letter: Option<char>) {
        use crate::report::position::Direction::{Backward, Forward};
        use Command as C;
        if command != C::Interrupt {
            self.interrupted = false;
        }
        match command {
            C::LineDown => self.scroll(count.unwrap_or(1) as isize),
            C::LineUp => self.scroll(-(count.unwrap_or(1) as isize)),
            C::PageDown => self.scroll(self.page(count)),
            C::PageUp => self.scroll(-self.page(count)),
            C::HalfPageDown => self.scroll(self.half_page(count)),
            C::HalfPageUp => self.scroll(-self.half_page(count)),
            C::GoToStart => self.go_to_start(count),
            C::GoToEnd => self.go_to_end(count),
            C::GoToPercent => self.go_to_percent(count),
            C::NextSection => self.next_section(count.unwrap_or(1)),
            C::PreviousSection => self.previous_section(count.unwrap_or(1)),
            C::NextParagraph => self.move_paragraphs(count.unwrap_or(1) as isize),
            C::PreviousParagraph => self.move_paragraphs(-(count.unwrap_or(1) as isize)),
            C::NextSentence => self.move_sentences(count.unwrap_or(1) as isize),
            C::PreviousSentence => self.move_sentences(-(count.unwrap_or(1) as isize)),
            C::Select | C::SelectAnew => self.select(Unit::Character),
            C::SelectParagraphs | C::SelectParagraphsAnew => self.select(Unit::Paragraph),
            C::SelectLeft => self.extend(Step::Character, Backward, count),
            C::SelectRight => self.extend(Step::Character, Forward, count),
            C::SelectDown => self.extend_rows(count.unwrap_or(1) as isize),
            C::SelectUp => self.extend_rows(-(count.unwrap_or(1) as isize)),
            C::SelectWord => self.extend(Step::Word, Forward, count),
            C::SelectWordBack => self.extend(Step::Word, Backward, count),
            C::SelectWordEnd => self.extend(Step::WordEnd, Forward, count),
            C::SelectLineStart => self.extend_in_row(Backward),
            C::SelectLineEnd => self.extend_in_row(Forward),
            C::SelectSentence => self.extend(Step::Sentence, Forward, count),
            C::SelectSentenceBack => self.extend(Step::Sentence, Backward, count),
            C::SelectParagraph => self.extend(Step::Paragraph, Forward, count),
            C::SelectParagraphBack => self.extend(Step::Paragraph, Backward, count),
            C::SwapEnds => self.swap_ends(),
            C::Highlight => self.highlight(),
            C::Yellow => self.colour_highlight(Color::Yellow),
            C::Green => self.colour_highlight(Color::Green),
            C::Blue => self.colour_highlight(Color::Blue),
            C::Red => self.colour_highlight(Color::Red),
            C::Purple => self.colour_highlight(Color::Purple),
            C::RemoveHighlight => self.remove_highlight(),
            C::Search => self.open_search(Forward),
            C::SearchBackward => self.open_search(Backward),
            C::NextHit => self.next_hit(false, count.unwrap_or(1)),
            C::PreviousHit => self.next_hit(true, count.unwrap_or(1)),
            C::SearchWord => self.search_word(count.unwrap_or(1)),
            C::AddNote => self.add_note(),
            C::EditNote => self.edit_note(),
            C::EditOutside => self.edit_outside(),
            C::HandNoteOver => self.hand_note_over(),
            C::Copy => self.copy(),
            C::CopyCitation => self.copy_citation(),
            C::Pipe => self.open_pipe_line(),
            C::ResumeDraft => self.resume_draft(),
            C::ReadNote => self.read_note(),
            C::DeleteAnnotation => self.delete_annotation(),
            C::Undo => self.undo(count.unwrap_or(1)),
            C::Redo => self.redo(count.unwrap_or(1)),
            C::ListAnnotations => self.open_list(Tab::All),
            C::ListBookmarks => self.open_list(Tab::Bookmarks),
            C::ListOpen => self.open_listed(),
            C::ListDown | C::FilterDown => self.move_in_list(count.unwrap_or(1) as isize),
            C::ListUp | C::FilterUp => self.move_in_list(-(count.unwrap_or(1) as isize)),
            C::ListPageDown => self.move_in_list(self.list_page(count)),
            C::ListPageUp => self.move_in_list(-self.list_page(count)),
            C::ListFirst => self.move_in_list(isize::MIN),
            C::ListLast => self.move_in_list(isize::MAX),
            C::ListFilter => self.filter_list(true),
            C::FilterDone => self.filter_list(false),
            C::FilterDrop => self.drop_filter(),
            C::ListEdit => self.edit_listed(),
            C::ListDelete => self.delete_listed(),
            C::ListNextTab => self.change_tab(1),
            C::ListPreviousTab => self.change_tab(-1),
            C::ListSort => self.sort_list(),
            C::NextAnnotation => self.next_annotation(count.unwrap_or(1)),
            C::PreviousAnnotation => self.previous_annotation(count.unwrap_or(1)),
            C::ToggleBookmark => self.toggle_bookmark(),
            C::SetBookmark => self.set_bookmark(letter),
            C::GoToBookmark => self.go_to_bookmark(letter),
            C::GoBack => self.go_back(),
            C::BackThroughPlaces => self.back_through_places(count.unwrap_or(1)),
            C::ForwardThroughPlaces => self.forward_through_places(count.unwrap_or(1)),
            C::FocusSections => self.focus_sections(),
            C::ToggleSections | C::HideSections => self.toggle_sections(),
            C::ToggleNumbers => self.toggle_numbers(),
            C::Widen => self.change_measure(count.unwrap_or(1) as isize * 2),
            C::Narrow => self.change_measure(-(count.unwrap_or(1) as isize * 2)),
            C::DefaultMeasure => self.default_measure(),
            C::NextTheme => self.next_theme(),
            C::ToggleTextOnly => self.toggle_text_only(),
            C::CommandLine => self.open_command_line(count),
            C::Go | C::SetTheme | C::SetMeasure => self.say_what_it_takes(command),
            C::SectionDown => self.select_section(count.unwrap_or(1) as isize),
            C::SectionUp => self.select_section(-(count.unwrap_or(1) as isize)),
            C::FirstSection => self.select_section(isize::MIN),
            C::LastSection => self.select_section(isize::MAX),
            C::OpenSection => self.open_section(),
            C::FoldSection => self.fold_section(),
            C::UnfoldSection => self.unfold_section(),
            C::LeaveSections => self.leave_sections(),
            C::PanelDown => self.scroll_panel(count.unwrap_or(1) as isize),
            C::PanelUp => self.scroll_panel(-(count.unwrap_or(1) as isize)),
            C::PanelNext => self.next_in_panel(),
            C::PanelEdit => self.edit_in_panel(),
            C::PanelDelete => self.delete_in_panel(),
            C::PanelClose => self.overlay = None,
            C::HelpDown => self.scroll_help(count.unwrap_or(1) as isize),
            C::HelpUp => self.scroll_help(-(count.unwrap_or(1) as isize)),
            C::HelpPageDown => self.scroll_help(self.page(count)),
            C::HelpPageUp => self.scroll_help(-self.page(count)),
            C::HelpStart => self.scroll_help(isize::MIN),
            C::HelpEnd => self.scroll_help(isize::MAX),
            C::Help | C::TypingHelp => self.toggle_help(),
            C::Quit => self.close_or_quit(),
            C::Cancel => self.cancel(),
            C::Redraw | C::RedrawTyping => self.effects.push(Effect::Redraw),
            C::Suspend | C::SuspendTyping => self.suspend(),
            C::Interrupt => self.interrupt(),
            C::SaveNote => self.save_note(),
            C::KeepDraft => self.close_note_box(),
            C::NewLine => self.type_character('\n'),
            C::LineAbove => self.move_caret_lines(-1),
            C::LineBelow => self.move_caret_lines(1),
            C::RunLine => self.run_line(),
            C::Complete => self.complete_line(),
            C::EarlierLine => self.recall_line(-1),
            C::LaterLine => self.recall_line(1),
            C::LeaveLine => self.overlay = None,
            C::ListHits => self.list_hits(),
            C::NextLink => self.next_link(Forward, count.unwrap_or(1)),
            C::PreviousLink => self.next_link(Backward, count.unwrap_or(1)),
            C::OpenLink => self.open_link(),
            C::CopyLink => self.copy_link(),
            C::ListFromSearch => self.list_from_search(),
            C::FindSection => self.find_section(),
            C::ListPlaces => self.list_places(),
            C::ChooserGo => self.accept_choice(),
            C::ChooserLeave => self.close_chooser(),
            C::ChooserDown => self.move_choice(1),
            C::ChooserUp => self.move_choice(-1),
            C::ChooserPageDown => self.move_choice(self.page_of_choices()),
            C::ChooserPageUp => self.move_choice(-self.page_of_choices()),
            C::ChooserFirst => self.move_choice(isize::MIN),
            C::ChooserLast => self.move_choice(isize::MAX),
            C::FilterSections => self.filter_sections(),
            C::PaneFilterGo => self.open_section(),
            C::PaneFilterDrop => self.drop_pane_filter(),
            C::PaneFilterDown => self.select_section(1),
            C::PaneFilterUp => self.select_section(-1),
            C::AcceptSearch => self.enter_search(),
            C::LeaveSearch => self.leave_search(),
            C::EarlierSearch => self.recall_search(-1),
            C::LaterSearch => self.recall_search(1),
            C::StepForward => self.step_in_search(false),
            C::StepBackward => self.step_in_search(true),
            C::ToggleRegex => self.toggle_meant(Meant::AsExpression),
            C::ToggleCase => self.toggle_meant(Meant::WithCase),
            C::ToggleWord => self.toggle_meant(Meant::AsWord),
            C::CaretLeft
            | C::CaretRight
            | C::CaretWordLeft
            | C::CaretWordRight
            | C::CaretHome
            | C::CaretEnd
            | C::EraseLeft
            | C::EraseRight
            | C::EraseWord
            | C::EraseToStart
            | C::EraseToEnd
            | C::UndoTyping => self.edit_typed(command),
        }
    }

    /// Says something in the status line.
    pub fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), is_warning: false });
    }

    /// Says something that the reader should not miss.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.message = Some(Message { text: text.into(), is_warning: true });
    }

    /// The hashes that new anchors carry, made when first needed.
    fn edition(&mut self) -> &Edition {
        self.edition.get_or_insert_with(|| Edition::of(&self.report))
    }

    /// The report and its layout, for walking.
    fn walk(&mut self) -> Walk<'_> {
        Walk { report: &self.report, layout: &mut self.layout }
    }
}
