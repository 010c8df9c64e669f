//! The note box: a note being written.

use super::{Keys, Then};
use crate::{
    command::{Command, Context},
    notebook::{Change, annotation::Annotation},
    reader::{editor::Editor, effect::Effect, parts::Parts, viewport::frame::Area},
};

/// Keys after which a draft is saved even while typing goes on.
const KEYS_BETWEEN_DRAFTS: usize = 40;

/// A note being written.
#[derive(Debug)]
pub struct NoteBox {
    /// The annotation as it will be saved, but for its text.
    annotation: Annotation,
    /// The annotation that is edited; `None` for a new note.
    old: Option<Annotation>,
    editor: Editor,
    /// The section that it is about as a whole.
    section: Option<usize>,
    /// Whether what comes back from the editor outside is saved at once.
    saves_on_return: bool,
    /// What it said when it was opened.
    opened_with: String,
    /// Text of the last draft that was saved.
    drafted: String,
    /// Keys typed since.
    keys: usize,
}

impl NoteBox {
    pub(crate) fn new(annotation: Annotation, old: Option<Annotation>, text: &str) -> Self {
        Self {
            annotation,
            old,
            editor: Editor::new(text),
            section: None,
            saves_on_return: false,
            opened_with: text.to_owned(),
            drafted: text.to_owned(),
            keys: 0,
        }
    }

    /// Says that it is about a section as a whole.
    pub(crate) fn about(mut self, section: usize) -> Self {
        self.section = Some(section);
        self
    }

    /// The section that it is about as a whole.
    pub fn section(&self) -> Option<usize> {
        self.section
    }

    /// The annotation that is written or edited.
    pub fn annotation(&self) -> &Annotation {
        &self.annotation
    }

    /// Whether a note of the notebook is edited.
    pub fn is_edit(&self) -> bool {
        self.old.is_some()
    }

    /// What it said when it was opened: a note or a draft; empty for a new one.
    pub fn opened_with(&self) -> &str {
        &self.opened_with
    }

    /// Whether it edits a note and still says what that says.
    pub(crate) fn is_untouched(&self) -> bool {
        let old = self.old.as_ref();
        old.is_some_and(|old| old.text == self.editor.text())
    }

    pub fn text(&self) -> &Editor {
        &self.editor
    }

    /// Where it stands: as high as what is in it as far as there is room.
    pub fn area(&self, parts: &Parts) -> Option<Area> {
        let lines = self.editor.lines(parts.viewport.columns_in_box()).len();
        parts.viewport.box_area(lines + super::note_panel::AROUND)
    }

    /// Whether there is text that no draft has, so much of it that it waits no longer.
    pub(crate) fn is_due(&self) -> Option<bool> {
        let is_undrafted = self.editor.text() != self.drafted;
        is_undrafted.then_some(self.keys >= KEYS_BETWEEN_DRAFTS)
    }

    /// Saves what is in it as a draft, where it has changed since the last one.
    pub(crate) fn save_draft_now(&mut self, parts: &mut Parts) {
        if self.is_due().is_some() {
            self.save_draft(parts);
        }
    }

    /// Saves what is in it as a draft, also where nothing was typed yet.
    fn save_draft(&mut self, parts: &mut Parts) {
        self.drafted = self.editor.text().to_owned();
        self.keys = 0;
        let draft = Annotation {
            text: self.drafted.clone(),
            base: self.old.as_ref().map(Annotation::text_sum),
            ..self.annotation.clone()
        };
        parts.notes.drafts.put(draft.clone());
        parts.ask(Effect::SaveDraft(draft));
    }

    /// Saves the note; what waits for it lies below.
    fn save(&mut self, parts: &mut Parts) -> Then {
        let text = self.editor.text().trim_end().to_owned();
        if text.is_empty() && self.is_edit() {
            let delete = parts.key(Command::Delete);
            let leave = parts.keymap.shown(Command::Cancel, Context::NoteBox);
            parts.warn(format!(
                "A note needs some text; {leave} leaves it as it was, then {delete} deletes it."
            ));
            return Then::Stay;
        }
        let is_same = self.old.as_ref().is_some_and(|old| old.text == text);
        if text.is_empty() || is_same {
            parts.forget_draft(&self.annotation.id);
            parts.say(if is_same {
                "The note is unchanged."
            } else {
                "Nothing was typed, so there is no note."
            });
            return Then::Close;
        }
        // The draft on disk goes once the note is on disk.
        parts.notes.drafts.remove(&self.annotation.id);
        let new = Annotation {
            text,
            modified: (parts.notes.environment().now)(),
            ..self.annotation.clone()
        };
        parts.make_typed(match self.old.take() {
            Some(old) => Change::Edit { old, new },
            None => Change::Add(new),
        });
        Then::Close
    }

    /// Gives the text to the editor outside. A draft says from now on what the editor's file is
    /// about.
    fn edit_outside(&mut self, parts: &mut Parts) {
        self.save_draft(parts);
        parts.ask(Effect::EditOutside {
            text: self.editor.text().to_owned(),
            quote: self.annotation.anchor.quote.clone(),
            id: self.annotation.id.clone(),
        });
    }

    /// Gives the text to the editor outside as soon as it is opened, and saves what comes back.
    pub(crate) fn opened_outside(mut self, parts: &mut Parts) -> Self {
        self.saves_on_return = true;
        self.edit_outside(parts);
        self
    }

    /// Takes the text back. Where the editor failed it stays as it was.
    pub(crate) fn take_edited(
        &mut self,
        edited: Result<String, String>,
        parts: &mut Parts,
    ) -> Then {
        let saves = std::mem::take(&mut self.saves_on_return);
        match edited {
            Ok(text) => {
                self.editor.set(&text);
                if saves {
                    return self.save(parts);
                }
                let save = parts.keymap.shown(Command::SaveNote, Context::NoteBox);
                parts.say(format!("Text taken from the editor; {save} saves it."));
            }
            Err(why) => parts.warn(format!("Nothing taken from the editor: {why}.")),
        }
        Then::Stay
    }

    /// Takes what an editor had written before it failed, and saves nothing.
    pub(crate) fn take_unfinished(&mut self, text: &str, why: &str, parts: &mut Parts) {
        self.editor.set(text);
        self.saves_on_return = false;
        let save = parts.keymap.shown(Command::SaveNote, Context::NoteBox);
        parts.warn(format!(
            "Not saved: {why}. What it wrote is here; {save} saves it."
        ));
    }

    /// How to resume the draft from the text.
    fn resume_key(&self, parts: &Parts) -> String {
        // On another passage than the cursor's `a` would begin a new note.
        let is_here = || self.annotation.anchor.at_selector(&parts.report) == parts.target();
        let (command, here) = match self.old {
            Some(_) => (Command::Edit, " here"),
            None if is_here() => (Command::AddNote, " here"),
            None => (Command::ResumeDraft, ""),
        };
        format!("{}{here}", parts.key(command))
    }
}

impl Keys for NoteBox {
    fn context(&self) -> Option<Context> {
        Some(Context::NoteBox)
    }

    fn run(&mut self, command: Command, _: Option<usize>, parts: &mut Parts) -> Then {
        match command {
            Command::SaveNote => return self.save(parts),
            Command::EditOutside => self.edit_outside(parts),
            Command::NewLine => {
                self.editor.type_character('\n');
                self.keys += 1;
            }
            Command::Up | Command::Down => {
                let by = if command == Command::Up { -1 } else { 1 };
                self.editor.move_lines(by, parts.viewport.columns_in_box());
            }
            _ => return Then::Pass,
        }
        Then::Stay
    }

    /// Closes the box; what was typed and not saved stays as a draft.
    fn cancel(&mut self, parts: &mut Parts) -> Then {
        self.save_draft_now(parts);
        let before = self.old.as_ref().map_or("", |old| old.text.as_str());
        if self.editor.text().trim().is_empty() || self.editor.text() == before {
            parts.forget_draft(&self.annotation.id);
            parts.say("Closed; nothing was changed.");
        } else {
            let key = self.resume_key(parts);
            parts.say(format!("Not saved; the draft is kept, {key} resumes it."));
        }
        Then::Close
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        Some(&mut self.editor)
    }

    fn typed(&mut self, _: &mut Parts) {
        self.keys += 1;
    }
}
