//! Taking words out: to the clipboard, with a citation, or to a command.

use super::{Effect, Reader, line::CommandLine, overlay::Overlay};
use crate::{
    report::{Report, citation, position::Passage},
    text::{segment, wording},
};

/// Bytes of a clipboard text that all terminals that take one take: base64 makes 74,994 of them.
const SURE: usize = 56_245;

/// What became of a text that was copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Copied {
    /// Sent by OSC 52; whether the terminal took it nobody says.
    ToTerminal,
    /// The command of the settings took it.
    ToCommand(String),
    /// The command did not, and why.
    Failed(String, String),
}

impl Reader {
    /// Copies the selection, else the paragraph.
    pub(super) fn copy(&mut self) {
        self.copy_with(spaced);
    }

    /// Copies it in quotation marks, with who wrote it and where it stands.
    pub(super) fn copy_citation(&mut self) {
        self.copy_with(|report, passage| {
            format!(
                "“{}”\n{}\n",
                spaced(report, passage),
                citation::of_passage(report, passage)
            )
        });
    }

    fn copy_with(&mut self, text: impl Fn(&Report, Passage) -> String) {
        let Some(target) = self.target_to_copy() else {
            return self.say("There is no text here to copy.");
        };
        self.selection = None;
        let text = text(&self.report, target);
        self.copy_text(text);
    }

    /// Copies any text; its words are told.
    pub(super) fn copy_text(&mut self, text: String) {
        self.copy_as(wording::count(segment::word_count(&text), "word"), text);
    }

    /// Copies a text that is told by a name.
    pub(super) fn copy_as(&mut self, name: String, text: String) {
        self.copying = (name, text.len());
        self.effects.push(Effect::Copy(text));
    }

    /// Says what became of what was copied.
    pub fn hear_of_copy(&mut self, copied: Copied) {
        let (words, bytes) = self.copying.clone();
        match copied {
            Copied::ToTerminal if bytes > SURE => self.warn(format!(
                "{words} sent to the clipboard: more than many take."
            )),
            Copied::ToTerminal => self.say(format!("{words} sent to the clipboard.")),
            Copied::ToCommand(command) => {
                self.say(format!("{words} sent to the clipboard and to `{command}`."))
            }
            Copied::Failed(command, why) => self.warn(format!(
                "{words} sent to the clipboard, but `{command}` failed: {why}."
            )),
        }
    }

    /// Asks for a command that gets the selection, else the paragraph.
    pub(super) fn open_pipe_line(&mut self) {
        if self.target_to_copy().is_none() {
            return self.say("There is no text here to send.");
        }
        self.overlay = Some(Overlay::CommandLine(CommandLine::pipe()));
    }

    /// Sends the target to a command.
    pub(super) fn pipe_to(&mut self, command: &str) {
        let Some(target) = self.target_to_copy() else {
            return;
        };
        self.selection = None;
        let text = format!("{}\n", spaced(&self.report, target));
        self.effects.push(Effect::Pipe {
            command: command.to_owned(),
            text,
        });
    }

    /// Says how the command ended.
    pub fn hear_of_pipe(&mut self, command: &str, ended: Result<(), String>) {
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
