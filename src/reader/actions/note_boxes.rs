//! Writing and editing notes: which note box a command opens.

use crate::{
    command::{Command, Context},
    edition::anchor::Resolution,
    notebook::{
        Change,
        annotation::{Annotation, Kind, LONGEST_QUOTE},
    },
    reader::{
        effect::Effect,
        layers::{Layer, Then, note_box::NoteBox, note_panel::NotePanel},
        parts::Parts,
    },
    report::position::{Direction, Passage, Position},
    text::wording,
};

impl Parts {
    /// A box for a note on the target.
    pub(crate) fn add_note(&mut self) -> Option<NoteBox> {
        if self.refuses_typing() {
            return None;
        }
        let Some(passage) = self.target() else {
            self.say("There is no paragraph here to write a note on.");
            return None;
        };
        self.note_on(passage)
    }

    /// A box for a note on a section as a whole: on its first paragraph, or the first one below.
    pub(crate) fn add_note_on_section(&mut self, section: usize) -> Option<NoteBox> {
        if self.refuses_typing() {
            return None;
        }
        let has_text = |&at: &usize| {
            let of = self.report.sections.get(at);
            of.is_some_and(|of| !of.blocks.is_empty())
        };
        let Some(at) = self.report.outline().below(section).find(has_text) else {
            self.say("This section has no text to write a note on.");
            return None;
        };
        let passage = self.report.passage_of_block(Position::new(at, 0, 0));
        Some(self.note_on(passage)?.about(section))
    }

    fn note_on(&mut self, passage: Passage) -> Option<NoteBox> {
        if self.is_too_long(passage) {
            return None;
        }
        self.mode.drop_selection();
        let annotation = self.notes.new_annotation(&self.report, Kind::Note, passage);
        let is_same = |draft: &&Annotation| {
            let is_new = self.notes.notebook().entry(&draft.id).is_none();
            draft.anchor == annotation.anchor && is_new
        };
        let draft = self.notes.drafts().iter().find(is_same).cloned();
        Some(match draft {
            Some(draft) => self.draft_box(draft),
            None => NoteBox::new(annotation, None, ""),
        })
    }

    /// Says so where a passage is too long to be quoted in an annotation.
    pub(crate) fn is_too_long(&mut self, passage: Passage) -> bool {
        let is_long = self.report.text_of(passage).len() > LONGEST_QUOTE;
        if is_long {
            self.warn("This passage is longer than 1 MiB; select a shorter one.");
        }
        is_long
    }

    /// The box or panel that edits the note here.
    pub(crate) fn edit_note(&mut self) -> Option<Layer> {
        let here = self.viewport.cursor();
        let notes = self
            .notes
            .ids_at(here, |entry| entry.annotation.kind == Kind::Note);
        match notes.as_slice() {
            [] => {
                let key = self.key(Command::AddNote);
                self.say(format!("There is no note here to edit; {key} writes one."));
                None
            }
            [id] => self.note_box_for(id).map(Into::into),
            _ => {
                let [next, edit, _] = self.panel_keys();
                let hint = format!("choose with {next}, then {edit} edits it");
                Some(self.panel(notes, &hint).into())
            }
        }
    }

    /// The note here in a box that the editor outside gets; where there is none, a new one.
    pub(crate) fn edit_note_outside(&mut self) -> Option<Layer> {
        let here = self.viewport.cursor();
        let is_note = |entry: &crate::notebook::Entry| entry.annotation.kind == Kind::Note;
        let has_note = !self.notes.ids_at(here, is_note).is_empty();
        let layer = if has_note && self.mode.selection().is_none() {
            self.edit_note()
        } else {
            self.add_note().map(Into::into)
        };
        Some(match layer? {
            Layer::NoteBox(note) => note.opened_outside(self).into(),
            other => other,
        })
    }

    /// A box for an annotation of the notebook, with its draft where there is one.
    pub(crate) fn note_box_for(&mut self, id: &str) -> Option<NoteBox> {
        if self.refuses_typing() {
            return None;
        }
        let old = self.notes.annotation(id)?;
        if old.is_newer() {
            self.warn("A newer tip-reader wrote this note; only that can edit it.");
            return None;
        }
        Some(match self.notes.drafts.of(id).cloned() {
            Some(draft) => self.draft_box(draft),
            None => NoteBox::new(old.clone(), Some(old.clone()), &old.text),
        })
    }

    /// A box for the draft to resume, at its passage.
    pub(crate) fn resume_draft(&mut self) -> Option<NoteBox> {
        let Some(draft) = self.notes.drafts.resume() else {
            self.say("There is no draft.");
            return None;
        };
        if let Some(passage) = self.notes.stands(&draft, &self.report) {
            self.mode.drop_selection();
            self.viewport.jump_to(passage.start());
        }
        Some(self.draft_box(draft))
    }

    /// A box for a draft. Where its note was edited since, it becomes a note of its own.
    pub(crate) fn draft_box(&mut self, draft: Annotation) -> NoteBox {
        let old = self.notes.annotation(&draft.id);
        let save = self.keymap.shown(Command::SaveNote, Context::NoteBox);
        let was_edited = |old: &Annotation| match &draft.base {
            Some(base) => *base != old.text_sum(),
            None => draft.modified != old.modified,
        };
        if old.as_ref().is_some_and(was_edited) {
            let beside = self.beside(draft);
            self.warn(format!(
                "The note was edited since this draft; {save} saves it as a second note."
            ));
            return note_box(beside, None);
        }
        self.say(format!(
            "This is the saved draft; {save} saves it as the note."
        ));
        note_box(draft, old)
    }

    /// A draft of a note that was edited since: it becomes a note of its own that names the other.
    fn beside(&mut self, draft: Annotation) -> Annotation {
        let beside = Annotation {
            id: (self.notes.environment().new_id)(),
            conflict_of: Some(draft.id.clone()),
            base: None,
            ..draft.clone()
        };
        self.notes.drafts.put(beside.clone());
        self.ask(Effect::SaveDraft(beside.clone()));
        self.forget_draft(&draft.id);
        beside
    }

    /// Follows the selected link, or opens the notes here in full.
    pub(crate) fn accept_in_text(&mut self) -> Option<NotePanel> {
        if let Some(link) = self.selected_link() {
            self.follow_link(&link);
            return None;
        }
        if let Some(id) = self.match_without_position() {
            return Some(self.panel_of(id));
        }
        let here = self.notes.ids_at(self.viewport.cursor(), |entry| {
            !entry.annotation.text.is_empty() || !matches!(entry.resolution, Resolution::Exact(_))
        });
        if here.is_empty() {
            let add = self.key(Command::AddNote);
            self.say(format!("There is no note here to read; {add} writes one."));
            return None;
        }
        let hint = match here.len() {
            1 => self.panel_hint(),
            _ => {
                let [next, edit, delete] = self.panel_keys();
                format!("{next} shows the next, {edit} edits, {delete} deletes")
            }
        };
        Some(self.panel(here, &hint))
    }

    /// A panel that shows one annotation.
    pub(crate) fn panel_of(&mut self, id: String) -> NotePanel {
        let hint = self.panel_hint();
        self.panel(vec![id], &hint)
    }

    /// `e edits it, x deletes it`, with the keys as they are.
    pub(crate) fn panel_hint(&self) -> String {
        let [_, edit, delete] = self.panel_keys();
        format!("{edit} edits it, {delete} deletes it")
    }

    fn panel_keys(&self) -> [String; 3] {
        let shown = |command| self.keymap.shown(command, Context::Panel);
        [Command::Next, Command::Edit, Command::Delete].map(shown)
    }

    pub(crate) fn panel(&mut self, ids: Vec<String>, hint: &str) -> NotePanel {
        let panel = NotePanel::new(ids);
        self.say_of_panel(&panel, hint);
        panel
    }

    /// Says what the keys of a panel do.
    pub(crate) fn say_of_panel(&mut self, panel: &NotePanel, hint: &str) {
        let entry = panel.entry(self);
        if entry.is_some_and(crate::notebook::Entry::needs_review) {
            return self.say_review_keys();
        }
        let (_, count) = panel.number();
        self.say(format!(
            "{} here: {hint}.",
            wording::count(count, "annotation")
        ));
    }

    /// Deletes the annotation here; a panel chooses among several.
    pub(crate) fn delete_here(&mut self) -> Then {
        let here = self.notes.ids_at(self.viewport.cursor(), |_| true);
        match here.as_slice() {
            [] => self.say("There is no note, highlight or bookmark here to delete."),
            [id] => self.delete(id),
            _ => {
                let [next, _, delete] = self.panel_keys();
                let hint = format!("choose with {next}, then {delete} deletes it");
                let panel = self.panel(here, &hint);
                return Then::Push(panel.into());
            }
        }
        Then::Stay
    }

    /// Goes to the next annotation, or the one before.
    pub(crate) fn next_annotation(&mut self, direction: Direction, count: usize) {
        let here = self.viewport.cursor().block_key();
        let mut starts = self.notes.starts();
        match direction {
            Direction::Forward => starts.retain(|start| start.block_key() > here),
            Direction::Backward => {
                starts.retain(|start| start.block_key() < here);
                starts.reverse();
            }
        }
        let at = starts.get(count.saturating_sub(1)).or(starts.last());
        match at.copied().map(Position::block_start) {
            Some(at) => self.viewport.jump_to(at),
            None => self.say("There is no further note, highlight or bookmark this way."),
        }
    }

    /// Puts an edit of an annotation on another passage in its place.
    pub(crate) fn move_annotation(&mut self, old: Annotation, here: Annotation) {
        let new = Annotation {
            anchor: here.anchor,
            modified: here.modified,
            ..old.clone()
        };
        self.make(Change::Edit { old, new });
    }
}

fn note_box(draft: Annotation, old: Option<Annotation>) -> NoteBox {
    let text = draft.text.clone();
    let annotation = old.clone().unwrap_or(Annotation {
        base: None,
        ..draft
    });
    NoteBox::new(annotation, old, &text)
}
