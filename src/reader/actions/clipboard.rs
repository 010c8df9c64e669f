//! Taking words out: to the clipboard, with a citation, or to a shell command.

use crate::{
    notebook::{annotation::Kind, passage},
    reader::{effect::Effect, parts::Parts, selection::without_blanks},
    report::{
        Report,
        address::Address,
        citation,
        position::{Passage, Position},
    },
    text::{segment, wording},
};

/// Bytes of a clipboard text that every terminal takes that takes one: base64 makes 74,994 of them.
const SURE: usize = 56_245;

/// What became of a text that was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copied {
    /// Sent by OSC 52; no terminal says whether it took it. How many bytes.
    ToTerminal(usize),
    /// The command of the settings took it.
    ToCommand(String),
    /// The command did not, and why.
    Failed(String, String),
}

impl Parts {
    /// Copies the selection, else the paragraph.
    pub(crate) fn copy(&mut self) {
        let target = self.target_to_copy();
        self.copy_with(target, spaced);
    }

    /// Copies the selection, else the sentence or the highlight at the cursor, else the paragraph, in
    /// quotation marks, with who wrote it and where it stands.
    pub(crate) fn copy_citation(&mut self) {
        let target = self
            .sentence_or_highlight()
            .or_else(|| self.target_to_copy());
        self.copy_with(target, |report, passage| {
            format!(
                "“{}”\n{}\n",
                spaced(report, passage),
                citation::of_passage(report, passage)
            )
        });
    }

    /// What the cursor stands for where that is less than the paragraph and nothing is selected.
    fn sentence_or_highlight(&self) -> Option<Passage> {
        let at = self.viewport.cursor();
        if self.mode.selection().is_some() {
            return None;
        }
        if self.viewport.is_at_sentence() {
            let text = self.report.text_at(at);
            let next = segment::grapheme_after(text, at.byte);
            let sentence = segment::sentences_of(text, at.byte..next);
            let position = |byte| Position { byte, ..at };
            let passage = Passage::new(position(sentence.start), position(sentence.end));
            return Some(without_blanks(&self.report, passage));
        }
        let here = self.notes.notebook().in_block(at);
        let highlights = here.filter(|entry| entry.annotation.kind == Kind::Highlight);
        let holds = |passage: &Passage| passage.start() <= at && at < passage.end();
        highlights.filter_map(passage).find(holds)
    }

    fn copy_with(&mut self, target: Option<Passage>, text: impl Fn(&Report, Passage) -> String) {
        let Some(target) = target else {
            return self.say("There is no text here to copy.");
        };
        self.mode.drop_selection();
        let text = text(&self.report, target);
        self.copy_text(text);
    }

    /// Copies the address of the selection, else of the paragraph.
    pub(crate) fn copy_address(&mut self) {
        let report = &self.report;
        let (start, end) = match self.selection() {
            Some(passage) => (passage.start(), passage.end()),
            None => (self.viewport.cursor(), self.viewport.cursor()),
        };
        let name = Address::of(start).name(report);
        let last = report.number(end).filter(|_| start.section == end.section);
        let address = match last {
            Some(last) if report.number(start) != Some(last) => format!("{name}-{last}"),
            _ => name,
        };
        self.mode.drop_selection();
        self.ask(Effect::Copy {
            what: format!("`{address}`"),
            text: address,
        });
    }

    /// Copies any text.
    pub(crate) fn copy_text(&mut self, text: String) {
        self.ask(Effect::Copy {
            what: wording::count(segment::word_count(&text), "word"),
            text,
        });
    }

    /// Says what became of what was copied.
    pub(crate) fn hear_of_copy(&mut self, what: &str, copied: Copied) {
        let sent = format!("{what} sent to the terminal's clipboard");
        match copied {
            Copied::ToTerminal(bytes) if bytes > SURE => {
                self.warn(format!("{sent}; large, some terminals drop it."))
            }
            Copied::ToTerminal(_) => self.say(format!("{sent}.")),
            Copied::ToCommand(command) => self.say(format!("{what} copied by `{command}`.")),
            Copied::Failed(command, why) => {
                self.warn(format!("{sent}, but `{command}` did not take it: {why}."))
            }
        }
    }

    /// Says what became of an export: how many notes, and where.
    pub(crate) fn hear_of_export(&mut self, exported: Result<(usize, String), String>) {
        match exported {
            Ok((count, path)) => {
                let notes = wording::count(count, "annotation");
                self.say(format!("{notes} exported to `{path}`."));
            }
            Err(why) => self.warn(format!("Nothing was exported: {why}.")),
        }
    }

    /// Whether there is text to send to a shell command; says so where there is none.
    pub(crate) fn has_text_to_pipe(&mut self) -> bool {
        let has = self.target_to_copy().is_some();
        if !has {
            self.say("There is no text here to send.");
        }
        has
    }

    /// Sends the selection, else the paragraph, to a shell command.
    pub(crate) fn pipe_to(&mut self, command: &str) {
        let Some(target) = self.target_to_copy() else {
            return;
        };
        self.mode.drop_selection();
        self.ask(Effect::Pipe {
            command: command.to_owned(),
            text: format!("{}\n", spaced(&self.report, target)),
        });
    }

    /// Says how the shell command ended.
    pub(crate) fn hear_of_pipe(&mut self, command: &str, ended: Result<(), String>) {
        match ended {
            Ok(()) => self.say(format!("Sent to `{command}`.")),
            Err(why) => self.warn(format!("`{command}`: {why}.")),
        }
    }
}

/// Paragraphs stand apart where they are pasted.
fn spaced(report: &Report, passage: Passage) -> String {
    report.pieces_of(passage).collect::<Vec<_>>().join("\n\n")
}
