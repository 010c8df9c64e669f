//! What was read: paragraphs count once their end was on the screen.

use crate::{
    edition::progress::{Progress, Reading, SavedProgress},
    reader::{Reader, parts::Parts},
    report::{layout::Row, position::Position},
    text::wording,
};

impl Parts {
    /// Takes what is seen now: in lines the paragraph at the cursor alone.
    pub(crate) fn see_text(&mut self) {
        if !self.settings.keeps_progress {
            return;
        }
        if self.settings.is_linear {
            let at = self.viewport.cursor();
            if self.report.block(at).is_some() {
                self.progress.see(at.section, at.block);
            }
            return;
        }
        for &at in self.viewport.rows() {
            if let Some(&Row::Text { block, end, .. }) = self.viewport.row(at) {
                let length = self
                    .report
                    .text_at(Position::new(at.section, block, 0))
                    .len();
                if end >= length {
                    self.progress.see(at.section, block);
                }
            }
        }
    }

    /// Goes to the next section that is not read, and says how much is left.
    pub(crate) fn next_unread(&mut self) {
        if !self.settings.keeps_progress {
            return self.say("What was read is not kept: `progress: false` in config.ron.");
        }
        let here = self.viewport.cursor().section;
        match self.progress.next_unread(here, &self.report) {
            Some(section) if section != here => {
                self.go_to_section(section);
                let path = self.report.path(section).join(" › ");
                self.say(format!(
                    "{}: {}",
                    wording::one_line(&path),
                    self.left_to_read()
                ));
            }
            Some(_) => self.say(format!(
                "Only this section is left: {}",
                self.left_to_read()
            )),
            None => self.say("Every section was read."),
        }
    }

    fn left_to_read(&self) -> String {
        let (read, all, words) = self.progress.left(&self.report);
        let words = wording::count(words, "word");
        format!(
            "{read} of {} read, {words} left.",
            wording::count(all, "section")
        )
    }
}

impl Reader {
    /// Takes what was read of the report before.
    pub fn take_progress(&mut self, saved: Option<SavedProgress>) {
        let parts = &mut self.parts;
        let saved = saved.filter(|saved| saved.report == parts.report.id);
        let read = saved.map(|saved| Progress::new(&saved, &parts.report));
        parts.progress = read.unwrap_or_default();
    }

    /// What was read, to be saved, where it has changed since the last call.
    pub fn changed_progress(&mut self) -> Option<SavedProgress> {
        let parts = &mut self.parts;
        parts.progress.take_changed(&parts.report)
    }

    /// How far a section was read; `None` where that is not kept or it has no text.
    pub fn reading(&self, section: usize) -> Option<Reading> {
        let parts = &self.parts;
        let is_kept = parts.settings.keeps_progress;
        is_kept.then(|| parts.progress.of(section, &parts.report))?
    }

    /// How much is left to read, in words; `None` where that is not kept.
    pub fn left_to_read(&self) -> Option<String> {
        let is_kept = self.parts.settings.keeps_progress;
        is_kept.then(|| self.parts.left_to_read())
    }
}
