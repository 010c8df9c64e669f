//! The note panel: a note in full, where it can be edited, deleted and reviewed.

use super::{Keys, Then, movement};
use crate::{
    command::{Command, Context},
    edition::anchor::Resolution,
    notebook::{Entry, passage},
    reader::{actions::reviews::what_became_of, parts::Parts, viewport::frame::Area},
    text::wrap,
};

/// Rows of a box around its text: the border, and the quote with an empty row.
pub(super) const AROUND: usize = 4;

/// A note shown in full.
#[derive(Debug)]
pub struct NotePanel {
    /// Ids of the annotations on the passage.
    ids: Vec<String>,
    /// Which of them is shown.
    shown: usize,
    /// First line shown.
    scroll: usize,
    /// Ids in the list that it lies over: then the text behind it only follows, the place stays.
    list: Option<Vec<String>>,
}

impl NotePanel {
    pub(crate) fn new(ids: Vec<String>) -> Self {
        Self {
            ids,
            shown: 0,
            scroll: 0,
            list: None,
        }
    }

    /// A panel over a list of ids, with the passage of its note shown behind it.
    pub(super) fn over_list(id: String, list: Vec<String>, parts: &mut Parts) -> Self {
        let panel = Self {
            list: Some(list),
            ..Self::new(vec![id])
        };
        panel.show_behind(parts);
        panel
    }

    /// Which of the annotations on the passage is shown, from 1, and how many there are.
    pub fn number(&self) -> (usize, usize) {
        (self.shown + 1, self.ids.len())
    }

    pub(crate) fn id(&self) -> Option<&String> {
        self.ids.get(self.shown)
    }

    /// The annotation that is shown.
    pub fn entry<'a>(&self, parts: &'a Parts) -> Option<&'a Entry> {
        parts.notes.notebook().entry(self.id()?)
    }

    /// Where it stands: as high as what is in it as far as there is room.
    pub fn area(&self, parts: &Parts) -> Option<Area> {
        let lines = self.all_lines(parts, parts.viewport.columns_in_box()).len();
        parts.viewport.box_area(lines + AROUND)
    }

    /// The lines of text at a width, from the first one shown on.
    pub fn lines(&self, parts: &Parts, width: usize) -> Vec<String> {
        let mut lines = self.all_lines(parts, width);
        lines.split_off(self.scroll.min(lines.len()))
    }

    fn all_lines(&self, parts: &Parts, width: usize) -> Vec<String> {
        let Some(entry) = self.entry(parts) else {
            return Vec::new();
        };
        let became = what_became_of(entry, &parts.report);
        let note = Some(entry.annotation.text.clone()).filter(|text| !text.is_empty());
        // What changed and needs review goes first.
        let is_doubtful = entry.needs_review() && entry.resolution != Resolution::Orphaned;
        let order = if is_doubtful {
            [became, note]
        } else {
            [note, became]
        };
        let text = order.into_iter().flatten().collect::<Vec<_>>().join("\n\n");
        let line = |line: &wrap::Line| {
            let text = text.get(line.start..line.end).unwrap_or_default();
            text.trim_end().to_owned()
        };
        wrap::lines(&text, width, "").iter().map(line).collect()
    }

    /// Lines of text that are shown at once, at least one.
    fn page(&self, parts: &Parts) -> usize {
        let height = self.area(parts).map_or(0, |area| area.inner().height);
        usize::from(height - quote_rows(height)).max(1)
    }

    /// Shows the passage of its note behind it; the place of reading stays.
    pub(crate) fn show_behind(&self, parts: &mut Parts) {
        if self.list.is_some() {
            let shown = self.entry(parts).and_then(passage);
            let place = shown.map(|passage| parts.viewport.place_of_passage(passage));
            parts.viewport.preview(place);
        }
    }

    /// Shows another annotation, and its passage behind.
    pub(crate) fn show(&mut self, id: String, parts: &mut Parts) {
        let shown = parts.notes.notebook().entry(&id).and_then(passage);
        *self = Self {
            list: self.list.take(),
            ..Self::new(vec![id])
        };
        match shown {
            _ if self.list.is_some() => self.show_behind(parts),
            Some(passage) => parts.viewport.jump_to(passage.start()),
            None => {}
        }
    }

    /// The note for review that follows this one.
    fn next_to_review(&self, parts: &Parts) -> Option<String> {
        let all;
        let order = match &self.list {
            Some(list) => list,
            None => {
                all = parts.notes.ids();
                &all
            }
        };
        parts.notes.next_to_review(self.id()?, order)
    }

    fn close(&self, parts: &mut Parts) -> Then {
        if self.list.is_some() {
            parts.viewport.preview(None);
        }
        Then::Close
    }
}

impl Keys for NotePanel {
    fn context(&self) -> Option<Context> {
        Some(Context::Panel)
    }

    fn run(&mut self, command: Command, count: Option<usize>, parts: &mut Parts) -> Then {
        if let Some(by) = movement(command, count, self.page(parts)) {
            self.scroll = self.scroll.saturating_add_signed(by);
            return Then::Stay;
        }
        let Some(id) = self.id().cloned() else {
            return Then::Close;
        };
        match command {
            Command::Next | Command::Previous => {
                let by = if command == Command::Next { 1 } else { -1 };
                let count = self.ids.len().max(1) as isize;
                self.shown = (self.shown as isize + by).rem_euclid(count) as usize;
                self.scroll = 0;
                self.show_behind(parts);
                Then::Stay
            }
            Command::Accept => self.close(parts),
            Command::Edit => {
                self.close(parts);
                parts
                    .note_box_for(&id)
                    .map_or(Then::Close, |note| Then::Replace(note.into()))
            }
            Command::Delete => {
                parts.delete(&id);
                self.close(parts)
            }
            Command::Review if self.list.is_some() => self.close(parts),
            Command::Review => Then::Replace(parts.review_list()),
            _ => {
                let next = self.next_to_review(parts);
                parts.review(command, &id, next)
            }
        }
    }

    fn cancel(&mut self, parts: &mut Parts) -> Then {
        self.close(parts)
    }

    fn refresh(&mut self, parts: &mut Parts) {
        let notebook = parts.notes.notebook();
        self.ids.retain(|id| notebook.entry(id).is_some());
        self.shown = self.shown.min(self.ids.len().saturating_sub(1));
        if self.ids.is_empty() {
            self.close(parts);
        }
        if let Some(area) = self.area(parts) {
            let lines = self.all_lines(parts, usize::from(area.inner().width)).len();
            self.scroll = self.scroll.min(lines.saturating_sub(self.page(parts)));
        }
    }
}

/// Rows for the quote above the text in a box of so many rows inside: none, one, or one and an
/// empty one.
pub fn quote_rows(height: u16) -> u16 {
    match height {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    }
}
