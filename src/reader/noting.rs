//! Notes: writing and editing them, and the drafts of what is not saved.

use super::{
    Effect, Reader,
    editor::Editor,
    overlay::{Overlay, Panel},
};
use crate::{
    command::Command,
    edition::anchor::Anchor,
    notebook::{
        Change, Entry,
        annotation::{Annotation, FORMAT, Kind, LONGEST_QUOTE},
        passage,
    },
    report::{
        layout::Row,
        position::{Passage, Position},
    },
    text::wording,
};

/// Keys after which a draft is kept even while typing goes on.
const KEYS_BETWEEN_DRAFTS: usize = 40;

/// A note being written.
#[derive(Debug)]
pub struct NoteBox {
    /// The annotation as it will be saved, but for its text.
    pub annotation: Annotation,
    /// The annotation that is edited; `None` for a new note.
    pub old: Option<Annotation>,
    pub editor: Editor,
    /// What lay there before, to return to.
    pub below: Option<Box<Overlay>>,
    /// Whether what comes back from the editor outside is saved at once.
    pub saves_on_return: bool,
    /// Text of the last draft that was kept.
    drafted: String,
    changes: usize,
}

impl NoteBox {
    /// Whether there is text that no draft has.
    pub fn has_undrafted(&self) -> bool {
        self.editor.text() != self.drafted
    }

    /// Counts a key towards the next draft.
    pub(super) fn note_change(&mut self) {
        self.changes += 1;
    }

    fn draft(&self) -> Annotation {
        let base = self.old.as_ref().map(Annotation::text_sum);
        Annotation {
            text: self.editor.text().to_owned(),
            base,
            ..self.annotation.clone()
        }
    }
}

impl Reader {
    pub(super) fn add_note(&mut self) {
        if self.refuses_typing() {
            return;
        }
        let Some(passage) = self.target() else {
            return self.say("There is no paragraph here to write a note on.");
        };
        if self.is_too_long(passage) {
            return;
        }
        self.selection = None;
        let annotation = self.new_annotation(Kind::Note, passage);
        let kept = self.drafts.iter().find(|draft| {
            draft.anchor == annotation.anchor && self.notebook.entry(&draft.id).is_none()
        });
        match kept.cloned() {
            Some(draft) => self.open_draft(draft),
            None => self.open_note_box(annotation, None, ""),
        }
    }

    /// Says so where a passage is too long to be quoted in an annotation.
    pub(super) fn is_too_long(&mut self, passage: Passage) -> bool {
        let is_long = self.report.text_of(passage).len() > LONGEST_QUOTE;
        if is_long {
            self.warn("This passage is longer than 1 MiB; choose a shorter one.");
        }
        is_long
    }

    /// A new annotation of a passage, not in the notebook yet.
    pub(super) fn new_annotation(&mut self, kind: Kind, passage: Passage) -> Annotation {
        let edition = self.edition().clone();
        let now = (self.environment.now)();
        Annotation {
            format: FORMAT,
            id: (self.environment.new_id)(),
            report: self.report.id.clone(),
            kind,
            anchor: Anchor::new(&self.report, &edition, passage),
            text: String::new(),
            color: None,
            letter: None,
            created: now.clone(),
            modified: now,
            conflict_of: None,
            base: None,
        }
    }

    fn open_note_box(&mut self, annotation: Annotation, old: Option<Annotation>, text: &str) {
        let editor = Editor::new(text);
        self.overlay = Some(Overlay::NoteBox(NoteBox {
            annotation,
            old,
            editor,
            below: None,
            saves_on_return: false,
            drafted: text.to_owned(),
            changes: 0,
        }));
    }

    pub(super) fn edit_note(&mut self) {
        let notes = self.ids_here(|entry| entry.annotation.kind == Kind::Note);
        match notes.as_slice() {
            [] => {
                let key = self.keymap.shown(Command::AddNote);
                self.say(format!("There is no note here to edit; {key} writes one."));
            }
            [id] => self.edit(&id.clone()),
            _ => self.open_panel(notes, "choose with n, then e edits it"),
        }
    }

    /// Opens an annotation of the notebook in the note box, with its draft where one is kept.
    pub(super) fn edit(&mut self, id: &str) {
        if self.refuses_typing() {
            return;
        }
        let Some(old) = self
            .notebook
            .entry(id)
            .map(|entry| entry.annotation.clone())
        else {
            return;
        };
        if old.is_newer() {
            return self.warn("A newer tip-reader wrote this note; only that can edit it.");
        }
        match self.drafts.iter().find(|draft| draft.id == id).cloned() {
            Some(draft) => self.open_draft(draft),
            None => self.open_note_box(old.clone(), Some(old.clone()), &old.text),
        }
    }

    pub(super) fn resume_draft(&mut self) {
        let newest = self.drafts.iter().rev();
        let after = newest
            .clone()
            .skip_while(|draft| self.resumed.as_ref() != Some(&draft.id))
            .nth(1);
        match after.or(newest.clone().next()).cloned() {
            Some(draft) => {
                self.resumed = Some(draft.id.clone());
                if let Some(passage) = self.stands(&draft) {
                    self.selection = None;
                    self.leave_place();
                    self.go_to(passage.start());
                }
                self.open_draft(draft);
            }
            None => self.say("There is no draft."),
        }
    }

    pub(super) fn open_draft(&mut self, draft: Annotation) {
        let old = self
            .notebook
            .entry(&draft.id)
            .map(|entry| entry.annotation.clone());
        let was_edited = old
            .as_ref()
            .is_some_and(|old| was_edited_since(&draft, old));
        let (draft, old) = if was_edited {
            (self.beside(draft), None)
        } else {
            (draft, old)
        };
        let text = draft.text.clone();
        let annotation = old.clone().unwrap_or(Annotation {
            base: None,
            ..draft
        });
        self.open_note_box(annotation, old, &text);
        if was_edited {
            return self
                .warn("The note was edited since this draft; C-s saves it beside the note.");
        }
        self.say("This is the draft that was kept; C-s saves it.");
    }

    /// A draft of a note that was edited since: it becomes a note of its own that names the other.
    fn beside(&mut self, draft: Annotation) -> Annotation {
        let beside = Annotation {
            id: (self.environment.new_id)(),
            conflict_of: Some(draft.id.clone()),
            base: None,
            ..draft.clone()
        };
        self.drafts.push(beside.clone());
        self.effects.push(Effect::SaveDraft(beside.clone()));
        self.forget_draft(&draft.id);
        beside
    }

    pub(super) fn save_note(&mut self) {
        let Some(Overlay::NoteBox(mut note)) = self.overlay.take() else {
            return;
        };
        let text = note.editor.text().trim_end().to_owned();
        if text.is_empty() && note.old.is_some() {
            let delete = self.keymap.shown(Command::DeleteAnnotation);
            self.warn(format!(
                "A note needs some text; Esc leaves it as it was, then {delete} deletes it."
            ));
            self.overlay = Some(Overlay::NoteBox(note));
            return;
        }
        self.overlay = note.below.take().map(|below| *below);
        let is_same = note.old.as_ref().is_some_and(|old| old.text == text);
        if text.is_empty() || is_same {
            self.forget_draft(&note.annotation.id);
            return self.say(if is_same {
                "The note is as it was."
            } else {
                "Nothing was typed, so there is no note."
            });
        }
        // The draft on disk goes once the note is on disk.
        self.drafts.retain(|draft| draft.id != note.annotation.id);
        let new = Annotation {
            text,
            modified: (self.environment.now)(),
            ..note.annotation
        };
        match note.old {
            Some(old) => self.change_typed(Change::Edit { old, new }),
            None => self.change_typed(Change::Add(new)),
        }
    }

    /// Closes the note box; what was typed and not saved stays as a draft.
    pub(super) fn close_note_box(&mut self) {
        self.save_draft_now();
        let Some(Overlay::NoteBox(mut note)) = self.overlay.take() else {
            return;
        };
        self.overlay = note.below.take().map(|below| *below);
        let before = note.old.as_ref().map_or("", |old| old.text.as_str());
        if note.editor.text().trim().is_empty() || note.editor.text() == before {
            self.forget_draft(&note.annotation.id);
            return self.say("Closed; nothing was changed.");
        }
        // On another passage than the cursor's `a` would begin a new note.
        let is_here = || note.annotation.anchor.at_its_place(&self.report) == self.target();
        let (command, here) = match note.old {
            Some(_) => (Command::EditNote, " here"),
            None if is_here() => (Command::AddNote, " here"),
            None => (Command::ResumeDraft, ""),
        };
        self.say(format!(
            "Not saved; the draft is kept, {}{here} goes on with it.",
            self.keymap.shown(command)
        ));
    }

    /// Keeps what is being typed as a draft, where it has changed since the last one.
    pub fn save_draft_now(&mut self) {
        if self
            .overlay
            .as_mut()
            .and_then(Overlay::note_box)
            .is_some_and(|note| note.has_undrafted())
        {
            self.save_draft();
        }
    }

    /// Keeps what is in the note box as a draft, also where nothing was typed yet.
    pub(super) fn save_draft(&mut self) {
        let Some(note) = self.overlay.as_mut().and_then(Overlay::note_box) else {
            return;
        };
        note.drafted = note.editor.text().to_owned();
        note.changes = 0;
        let draft = note.draft();
        self.drafts.retain(|kept| kept.id != draft.id);
        self.drafts.push(draft.clone());
        self.effects.push(Effect::SaveDraft(draft));
    }

    /// Whether text is being typed that no draft has; and keeps it once enough was typed.
    pub fn has_undrafted_text(&mut self) -> bool {
        match self.overlay.as_mut().and_then(Overlay::note_box) {
            Some(note) if note.has_undrafted() => {
                let due = note.changes >= KEYS_BETWEEN_DRAFTS;
                if due {
                    self.save_draft_now();
                }
                !due
            }
            _ => false,
        }
    }

    fn forget_draft(&mut self, id: &str) {
        if self.drafts.iter().any(|draft| draft.id == id) {
            self.drafts.retain(|draft| draft.id != id);
            self.effects.push(Effect::DropDraft(id.to_owned()));
        }
    }

    pub(super) fn move_caret_lines(&mut self, by: isize) {
        let width = self
            .note_box_area()
            .map_or(1, |area| usize::from(area.inner().width).max(1));
        if let Some(editor) = self.overlay.as_mut().and_then(Overlay::editor) {
            editor.move_lines(by, width);
        }
    }

    /// Ids of the annotations in the paragraph at the cursor that are wanted.
    pub(super) fn ids_here(&self, wanted: impl Fn(&Entry) -> bool) -> Vec<String> {
        let here = self
            .notebook
            .in_block(self.screen.cursor)
            .filter(|entry| wanted(entry));
        here.map(|entry| entry.annotation.id.clone()).collect()
    }

    pub(super) fn delete_annotation(&mut self) {
        let here = self.ids_here(|_| true);
        match here.as_slice() {
            [] => self.say("There is no note, highlight or bookmark here to delete."),
            [id] => self.delete(&id.clone()),
            _ => self.open_panel(here, "choose with n, then x deletes it"),
        }
    }

    pub(super) fn open_panel(&mut self, ids: Vec<String>, hint: &str) {
        let count = ids.len();
        self.overlay = Some(Overlay::Panel(Panel {
            ids,
            shown: 0,
            scroll: 0,
            below: None,
        }));
        if self.shows_doubt() {
            let keys = [
                Command::PanelAccept,
                Command::PanelPick,
                Command::PanelOrphan,
            ]
            .map(|command| self.keymap.shown(command));
            let [accept, pick, orphan] = keys;
            return self.say(format!(
                "{accept} accept, {pick} pick a place, {orphan} orphan"
            ));
        }
        self.say(format!(
            "{} here: {hint}.",
            wording::count(count, "annotation")
        ));
    }

    pub(super) fn next_annotation(&mut self, count: usize) {
        let here = self.screen.cursor;
        let starts = self.annotation_starts();
        let after: Vec<Position> = starts
            .into_iter()
            .filter(|start| start.block_key() > here.block_key())
            .collect();
        self.go_to_annotation(after.get(count.saturating_sub(1)).or(after.last()).copied());
    }

    pub(super) fn previous_annotation(&mut self, count: usize) {
        let here = self.screen.cursor;
        let starts = self.annotation_starts();
        let before: Vec<Position> = starts
            .into_iter()
            .rev()
            .filter(|start| start.block_key() < here.block_key())
            .collect();
        self.go_to_annotation(
            before
                .get(count.saturating_sub(1))
                .or(before.last())
                .copied(),
        );
    }

    /// Where annotations begin, one position a paragraph, in reading order.
    fn annotation_starts(&self) -> Vec<Position> {
        let mut starts: Vec<Position> = self
            .notebook
            .entries()
            .iter()
            .filter_map(passage)
            .map(Passage::start)
            .collect();
        starts.dedup_by_key(|start| start.block_key());
        starts
    }

    fn go_to_annotation(&mut self, at: Option<Position>) {
        match at {
            Some(at) => {
                self.leave_place();
                self.go_to(at.block_start());
            }
            None => self.say("There is no further note, highlight or bookmark this way."),
        }
    }

    /// Whether the cursor stands in a row.
    pub fn is_cursor_row(&self, section: usize, row: usize) -> bool {
        let cursor = self.screen.cursor;
        matches!(self.layout.made(section).get(row), Some(&Row::Text { block, start, end, .. })
            if (section, block) == cursor.block_key()
                && (start..end.max(start + 1)).contains(&cursor.byte.min(self.report.text_at(cursor).len().saturating_sub(1))))
    }
}

/// Whether a note says something else than when its draft was begun: edited here, or by hand.
fn was_edited_since(draft: &Annotation, note: &Annotation) -> bool {
    match &draft.base {
        Some(base) => *base != note.text_sum(),
        None => draft.modified != note.modified,
    }
}
