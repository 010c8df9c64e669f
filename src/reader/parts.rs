//! The parts of a reader below its layers, and the little that several parts do together.

use std::sync::Arc;

use super::{
    effect::Effect,
    environment::Environment,
    input::Input,
    matches::Matches,
    messages::Messages,
    mode::Mode,
    notes::Notes,
    reports::Reports,
    section_pane::SectionPane,
    selection::without_blanks,
    viewport::{Room, Viewport},
};
use crate::{
    command::{Command, Context, keymap::Keymap, settings::Settings},
    edition::progress::Progress,
    notebook::annotation::Kind,
    report::{Report, place::Place, position::Passage},
};

/// The parts of a reader below its layers. A part is changed by its own methods alone.
#[derive(Debug)]
pub struct Parts {
    pub(super) report: Arc<Report>,
    pub(super) viewport: Viewport,
    pub(super) mode: Mode,
    pub(super) pane: SectionPane,
    pub(super) matches: Matches,
    pub(super) notes: Notes,
    pub(super) reports: Reports,
    pub(super) progress: Progress,
    pub(super) messages: Messages,
    pub(super) input: Input,
    pub(super) keymap: Keymap,
    pub(super) settings: Settings,
    effects: Vec<Effect>,
}

impl Parts {
    pub(super) fn new(
        report: Arc<Report>,
        place: Place,
        keymap: Keymap,
        settings: Settings,
        environment: Environment,
    ) -> Self {
        Self {
            viewport: Viewport::new(report.clone(), place),
            mode: Mode::default(),
            pane: SectionPane::default(),
            matches: Matches::default(),
            notes: Notes::new(environment),
            reports: Reports::default(),
            progress: Progress::default(),
            messages: Messages::default(),
            input: Input::default(),
            keymap,
            settings,
            effects: Vec::new(),
            report,
        }
    }

    /// Folds the section pane to what fits it.
    pub(super) fn fit_pane(&mut self) {
        let pane = self.viewport.frame().and_then(|frame| frame.sections);
        if let Some(pane) = pane {
            self.pane
                .fit(&self.report, usize::from(pane.rows_of_sections()));
        }
    }

    /// What takes room from the text while nothing lies over it.
    pub(super) fn room(&mut self) -> Room {
        Room {
            pane: self.pane.columns(&self.report),
            has_notes: self.notes.notebook().count(Kind::Note) > 0,
            ..Room::default()
        }
    }

    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.messages.say(text);
    }

    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.messages.warn(text);
    }

    /// The key of a command in the text, for messages.
    pub(super) fn key(&self, command: Command) -> String {
        self.keymap.shown(command, Context::Text)
    }

    /// Asks something of the world.
    pub(super) fn ask(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    pub(super) fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// The selected passage.
    pub(super) fn selection(&self) -> Option<Passage> {
        self.mode
            .passage(&self.report, self.viewport.place().cursor)
    }

    /// What a note or a highlight is about: the selection, else the match under the cursor, else
    /// the paragraph.
    pub(super) fn target(&self) -> Option<Passage> {
        let is_selecting = self.mode.selection().is_some();
        let found = self.match_here().filter(|_| !is_selecting);
        found.or_else(|| self.target_to_copy())
    }

    /// What a copy is about: the selection, else the paragraph. Blanks around it are left out.
    pub(super) fn target_to_copy(&self) -> Option<Passage> {
        if let Some(passage) = self.selection() {
            return Some(without_blanks(&self.report, passage));
        }
        let at = self.viewport.cursor();
        self.report
            .block(at)
            .map(|_| self.report.passage_of_block(at))
    }

    /// The match under the cursor.
    pub(super) fn match_here(&self) -> Option<Passage> {
        self.matches.under(self.viewport.cursor())
    }
}
