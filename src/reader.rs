//! All interaction: keys become commands, commands change a [`Reader`], which knows no terminal
//! and no disk. What it wants of the world it says as [`Effect`]s.

mod actions;
mod dispatch;
mod editor;
mod effect;
mod environment;
mod input;
pub mod layers;
pub mod lines;
mod matches;
mod messages;
mod mode;
mod notes;
mod parts;
mod pointer;
mod reports;
mod section_pane;
mod selection;
mod turn;
pub mod viewport;

use std::sync::Arc;

pub use actions::{
    Copied,
    reviews::{what_became_in_short, what_became_of},
};
pub use editor::Editor;
pub use effect::{Effect, Everywhere};
pub use environment::Environment;
use input::Pressed;
use layers::{Layers, Then, note_box::NoteBox, picker::Picker, place::Placing, sections::Sections};
pub use matches::{Mark, Matches};
pub use messages::{Message, Messages};
pub use mode::Mode;
pub use notes::Notes;
pub use parts::Parts;
pub use reports::{Gathered, Opened, OtherReport};
pub use section_pane::{INDENTED, SectionPane, has_parts, name_and_facet, row_of};
use viewport::{Room, Viewport};

use crate::{
    command::{
        Command, Context,
        key::{Code, Key},
        keymap::Keymap,
        settings::{Ground, Settings},
    },
    notebook::{news::Reply, passage, resolution::Found},
    report::{
        Report,
        address::Address,
        place::{Place, SavedJump, SavedPlace},
        position::Passage,
    },
};

/// Jumps that are saved with a place.
const MOST_JUMPS: usize = 50;

/// A report being read.
#[derive(Debug)]
pub struct Reader {
    parts: Parts,
    layers: Layers,
}

impl Reader {
    /// A reader of a report at a place, in a window that is not known yet. `name` is what opens
    /// the report.
    pub fn new(
        (name, report): (String, Arc<Report>),
        place: Place,
        keymap: Keymap,
        settings: Settings,
        environment: Environment,
    ) -> Self {
        let mut parts = Parts::new(report, place, keymap, settings, environment);
        parts.reports.name = name;
        Self {
            parts,
            layers: Layers::default(),
        }
    }

    pub fn parts(&self) -> &Parts {
        &self.parts
    }

    pub fn report(&self) -> &Arc<Report> {
        &self.parts.report
    }

    pub fn viewport(&self) -> &Viewport {
        &self.parts.viewport
    }

    pub fn mode(&self) -> &Mode {
        &self.parts.mode
    }

    pub fn section_pane(&self) -> &SectionPane {
        &self.parts.pane
    }

    pub fn matches(&self) -> &Matches {
        &self.parts.matches
    }

    pub fn notes(&self) -> &Notes {
        &self.parts.notes
    }

    pub fn messages(&self) -> &Messages {
        &self.parts.messages
    }

    pub fn keymap(&self) -> &Keymap {
        &self.parts.keymap
    }

    pub fn settings(&self) -> &Settings {
        &self.parts.settings
    }

    pub fn layers(&self) -> &Layers {
        &self.layers
    }

    /// The count and the keys typed so far, as they are shown.
    pub fn pending(&self) -> String {
        self.parts.input.pending()
    }

    /// What is asked of the world since the last call.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        self.parts.take_effects()
    }

    /// Where keys go now.
    pub fn context(&self) -> Context {
        let of_text = match (self.parts.mode.context(), self.layers.top()) {
            (Context::Text, Some(_)) => Context::Place,
            (context, _) => context,
        };
        self.layers.context().unwrap_or(of_text)
    }

    /// The contexts whose keys count now, the nearest first.
    fn chain(&self) -> &'static [Context] {
        match self.layers.top_as::<Placing>() {
            Some(_) => self.context().chain_while_placing(),
            None => self.context().chain(),
        }
    }

    /// The passage that is shown as chosen: the selection, else the candidate of a list, else what
    /// a note is being written on.
    pub fn chosen(&self) -> Option<Passage> {
        let candidate = self.layers.top_as::<Picker>().and_then(Picker::candidate);
        let noted = || {
            let annotation = self.layers.top_as::<NoteBox>()?.annotation();
            self.parts.notes.stands(annotation, &self.parts.report)
        };
        candidate.or_else(|| self.parts.selection()).or_else(noted)
    }

    /// How many words are selected.
    pub fn selected_words(&self) -> usize {
        let selection = self.parts.selection();
        selection.map_or(0, |passage| {
            let pieces = self.parts.report.pieces_of(passage);
            pieces.map(|piece| piece.split_whitespace().count()).sum()
        })
    }

    /// What to do while a note is placed, with the first words of its passage.
    pub fn placing_hint(&self) -> Option<String> {
        self.layers.top_as::<Placing>()?.hint(&self.parts)
    }

    /// What the match is in: a section by its path, or a note.
    pub fn site_of_match(&self) -> String {
        self.parts.site_of_match()
    }

    pub fn say(&mut self, text: impl Into<String>) {
        self.parts.say(text);
    }

    /// Says something that must not be missed.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.parts.warn(text);
    }

    /// Says once that the terminal lacks characters, where nothing else is said; whether it did.
    pub fn say_lacking(&mut self) -> bool {
        let messages = &mut self.parts.messages;
        if messages.current().is_some() || messages.has_said_lacking() {
            return false;
        }
        messages.warn(
            "Some characters cannot be shown and are `?`: set LC_ALL to a UTF-8 locale (C.UTF-8).",
        );
        true
    }

    /// Says why no note can be saved, for as long as nothing else is known.
    pub fn set_read_only(&mut self, why: &str) {
        self.parts.notes.set_read_only(Some(why.to_owned()));
    }

    /// Begins at the first page after a quick exit: the place is one step back, and drafts are not
    /// mentioned.
    pub fn hide(&mut self, place: Place) {
        self.parts.viewport.leave_at(place);
        self.parts.notes.are_drafts_quiet = true;
    }

    /// Puts an address on the first screen: a section at the top, a paragraph in sight.
    pub fn open_at(&mut self, address: Address) {
        self.parts.viewport.open_at(address);
    }

    /// The place as it is on the screen, to be saved.
    pub fn place_here(&mut self) -> Place {
        self.parts.viewport.place_here()
    }

    /// The place as it is on the screen, with all that goes on from there: the jump list, the folds,
    /// what was searched for.
    pub fn saved_place(&mut self) -> SavedPlace {
        let place = self.place_here();
        let (parts, report) = (&self.parts, &self.parts.report);
        let jumps = parts.viewport.left();
        let jumps = jumps.iter().skip(jumps.len().saturating_sub(MOST_JUMPS));
        let searches = parts.matches.earlier().iter();
        SavedPlace {
            jumps: jumps.map(|place| SavedJump::new(report, *place)).collect(),
            folded: parts.pane.folded_ids(report),
            searches: searches.map(|query| query.text.clone()).collect(),
            ..SavedPlace::new(report, place)
        }
    }

    /// Goes on from what was saved, but for the place itself.
    pub fn go_on_from(&mut self, saved: &SavedPlace) {
        let parts = &mut self.parts;
        let report = parts.report.clone();
        let jumps = saved.jumps.iter().filter_map(|jump| jump.find(&report));
        parts.viewport.take_left(jumps.collect());
        if let Some(folded) = &saved.folded {
            parts.pane.fold_ids(&report, folded);
        }
        parts.matches.take_earlier(&saved.searches);
    }

    /// Takes what the terminal says of its ground.
    pub fn set_ground(&mut self, ground: Ground) {
        self.parts.settings.ground = Some(ground);
    }

    /// Takes a new window size, in columns and rows.
    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.parts.viewport.resize(columns, rows);
        self.refresh();
    }

    /// Works out what is on the screen; laid out is only what is seen.
    fn refresh(&mut self) {
        let parts = &mut self.parts;
        let room = Room {
            has_pane_focus: self.layers.find::<Sections>().is_some(),
            list: self.layers.rows_of_list(),
            ..parts.room()
        };
        parts.viewport.fit(&parts.settings, room);
        parts.fit_pane();
        parts.matches.mark(&parts.report, &parts.viewport);
        parts.viewport.see_links();
        self.layers.refresh(parts);
        let is_text = self.layers.is_empty() && parts.viewport.previewed().is_none();
        if is_text {
            parts.see_text();
        }
    }

    /// Takes a key press.
    pub fn press(&mut self, key: Key) {
        self.parts.messages.clear();
        if self.is_refused(key) {
            return;
        }
        let (context, chain) = (self.context(), self.chain());
        let (input, keymap) = (&mut self.parts.input, &self.parts.keymap);
        match input.press(key, chain, context.is_typing(), keymap) {
            Pressed::Waiting => return,
            Pressed::Count(number) => {
                if let Some(pane) = self.layers.top_as_mut::<Sections>() {
                    let then = pane.take_number(number, &mut self.parts);
                    self.follow(then);
                }
            }
            Pressed::Command {
                command,
                count,
                letter,
            } => {
                self.moving(|reader| reader.run(command, count, letter));
                let parts = &mut self.parts;
                parts.mode.leave_link(parts.viewport.place().cursor);
                if command != Command::Highlight {
                    parts.mode.end_colouring();
                }
            }
            Pressed::Cancelled => {
                self.parts.mode.end_colouring();
                self.say("Cancelled.");
            }
            Pressed::Unbound(keys) => {
                self.parts.mode.end_colouring();
                self.type_key(key, &keys);
            }
        }
        self.refresh();
    }

    /// Types a key that is no command, or says that it does nothing here.
    fn type_key(&mut self, key: Key, keys: &[Key]) {
        if self.context().is_typing() {
            let character = key.typed();
            if let Some((editor, character)) = self.layers.editor().zip(character) {
                editor.type_character(character);
                self.layers.typed(&mut self.parts);
            }
            return;
        }
        let help = self.parts.key(Command::Help);
        let keys: Vec<String> = keys.iter().map(Key::to_string).collect();
        let keys = keys.join(" ");
        self.say(format!("{keys} does nothing here; {help} shows the keys."));
    }

    /// Takes text that was pasted. Where nothing is typed it does nothing but say so.
    pub fn paste(&mut self, text: &str) {
        self.parts.messages.clear();
        self.parts.mode.end_colouring();
        match self.layers.editor() {
            Some(editor) => match editor.paste(text) {
                Ok(()) => self.layers.typed(&mut self.parts),
                Err(most) => self.warn(format!(
                    "Nothing was pasted: it is larger than {most} KiB. Paste it in parts."
                )),
            },
            None => self.say("Nothing is being typed here; a note begins with a."),
        }
        self.refresh();
    }

    /// Whether a key is typed into a note that was refused, and so does nothing.
    fn is_refused(&mut self, key: Key) -> bool {
        let is_typed = key.typed().is_some() || matches!(key.code, Code::Enter | Code::Backspace);
        if !std::mem::take(&mut self.parts.input.refuses) {
            return false;
        }
        (is_typed && self.parts.refuses_typing()) || key.code == Code::Esc
    }

    /// Runs what may move: it begins on the screen as it is seen, and a reader who went elsewhere
    /// is not taken to a match later.
    fn moving(&mut self, run: impl FnOnce(&mut Self)) {
        let held = self.parts.viewport.begin_move();
        run(self);
        if self.parts.viewport.end_move(held) {
            self.parts.matches.forget_seek();
        }
    }

    /// Whether more of the report has to be searched.
    pub fn has_work(&self) -> bool {
        self.parts.matches.has_work(self.parts.notes.notebook())
    }

    /// Searches some more of the report.
    pub fn work(&mut self) {
        self.parts.search_more();
        self.parts.go_to_sought();
        self.refresh();
        self.parts.say_match_again();
        self.refresh();
    }

    /// Takes what the saver says.
    pub fn hear(&mut self, reply: Reply) {
        self.parts.hear(reply, self.layers.is_empty());
        self.refresh();
    }

    /// Takes where annotations of another edition were found.
    pub fn take_found(&mut self, found: Vec<Found>) {
        self.parts.take_found(found, self.layers.is_empty());
        self.refresh();
    }

    /// Takes the positions that could be an annotation's, where one still chooses from them. The
    /// one where it is shown is among them.
    pub fn take_places(&mut self, id: &str, mut places: Vec<Passage>) {
        let shown = self.parts.notes.notebook().entry(id).and_then(passage);
        places.splice(0..0, shown.filter(|shown| !places.contains(shown)));
        if let Some(picker) = self.layers.find_mut::<Picker>() {
            picker.take_places(id, places, &mut self.parts);
        }
        self.refresh();
    }

    /// Says what became of what was copied.
    pub fn hear_of_copy(&mut self, what: &str, copied: Copied) {
        self.parts.hear_of_copy(what, copied);
    }

    /// Says what became of an export: how many notes, and where; or why not.
    pub fn hear_of_export(&mut self, exported: Result<(usize, String), String>) {
        self.parts.hear_of_export(exported);
        self.refresh();
    }

    /// Takes what the settings file says now; `problems` are what of it cannot be used.
    pub fn take_settings(&mut self, settings: Settings, keymap: Keymap, problems: &[String]) {
        self.parts.take_settings(settings, keymap, problems);
        self.refresh();
    }

    /// Says what became of a link that was to be opened.
    pub fn hear_of_link(&mut self, target: &str, error: Option<String>) {
        self.parts.hear_of_link(target, error);
    }

    /// Says how a shell command ended.
    pub fn hear_of_pipe(&mut self, command: &str, ended: Result<(), String>) {
        self.parts.hear_of_pipe(command, ended);
    }

    /// Takes the text back from the editor outside. Where that failed the note box stays as it was.
    pub fn take_edited(&mut self, edited: Result<String, String>) {
        if let Some(note) = self.layers.top_as_mut::<NoteBox>() {
            let then = note.take_edited(edited, &mut self.parts);
            self.follow(then);
            self.refresh();
        }
    }

    /// Takes what an editor had written before it failed into the note box, and saves nothing.
    pub fn take_unfinished(&mut self, text: &str, why: &str) {
        if let Some(note) = self.layers.top_as_mut::<NoteBox>() {
            note.take_unfinished(text, why, &mut self.parts);
            self.refresh();
        }
    }

    /// Saves what is being typed as a draft, where it has changed since the last one.
    pub fn save_draft_now(&mut self) {
        if let Some(note) = self.layers.find_mut::<NoteBox>() {
            note.save_draft_now(&mut self.parts);
        }
    }

    /// Whether text is being typed that no draft has; it is saved once enough was typed.
    pub fn has_undrafted_text(&mut self) -> bool {
        match self.layers.find::<NoteBox>().and_then(NoteBox::is_due) {
            Some(true) => {
                self.save_draft_now();
                false
            }
            Some(false) => true,
            None => false,
        }
    }

    /// What becomes of the layers after a command.
    fn follow(&mut self, then: Then) {
        match then {
            Then::Pass | Then::Stay => {}
            Then::Close => self.close_top(),
            Then::Push(layer) => self.layers.push(layer),
            Then::Replace(layer) => {
                self.close_top();
                self.layers.push(layer);
            }
            Then::Run(line) => {
                self.close_top();
                self.run_line(&line);
            }
            Then::Reviewed { next, closes } => {
                if closes {
                    self.close_top();
                }
                self.show_reviewed(next);
            }
        }
    }
}
