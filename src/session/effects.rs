//! What the reader asks of the world, done.

use std::io;

use super::{End, Outside, Session, Terminal};
use crate::{reader::Effect, text::width};

impl<T: Terminal> Session<T> {
    /// Does what the reader asked for; says how it ended, where it has.
    pub(super) fn perform(&mut self) -> io::Result<Option<End>> {
        for effect in self.reader.take_effects() {
            match effect {
                Effect::Quit => return Ok(Some(End::Quit)),
                Effect::QuickExit => return Ok(Some(End::QuickExit)),
                Effect::Suspend => self.suspend()?,
                Effect::Redraw => self.terminal.forget(),
                Effect::Copy { text, what } => self.copy(width::passed(&text), what)?,
                Effect::OpenLink(target) => {
                    let opened = self.terminal.open(&target);
                    self.reader.hear_of_link(&target, opened.err());
                }
                Effect::Pipe { command, text } => {
                    let text = width::passed(&text);
                    self.lend(Outside::Pipe { command, text })?;
                }
                Effect::EditOutside { text, quote, id } => {
                    self.lend(Outside::Editor { text, quote, id })?;
                }
                Effect::EditSettings => self.edit_settings()?,
                Effect::ReloadSettings => self.reload_settings(),
                Effect::Export(words) => {
                    let exported = self.export(&words);
                    self.reader.hear_of_export(exported);
                }
                effect => self.save(effect),
            }
        }
        Ok(None)
    }

    /// Does what the reader asked to be saved or to be worked out, and nothing else.
    pub(super) fn perform_saves(&mut self) {
        for effect in self.reader.take_effects() {
            self.save(effect);
        }
    }

    fn save(&mut self, effect: Effect) {
        self.follow_edited(&effect);
        match effect {
            Effect::ListReports => return self.list_reports(),
            Effect::LookEverywhere { number, what } => return self.look_everywhere(number, what),
            Effect::History(passage) => return self.find_history(passage),
            Effect::Open { number, name } => return self.open(number, name),
            Effect::Compare { number, name } => return self.compare(number, name),
            Effect::Follow {
                edition,
                unresolved,
            } => return self.follow(edition, unresolved),
            Effect::FindPlaces {
                edition,
                id,
                anchor,
            } => return self.find_places(edition, id, anchor),
            _ => {}
        }
        let Some(saver) = &self.saver else { return };
        match effect {
            Effect::Save(change) => {
                saver.save(change, false);
                self.save_place();
            }
            Effect::SaveTyped(change) => {
                saver.save(change, true);
                self.save_place();
            }
            Effect::SaveDraft(draft) => saver.save_draft(draft),
            Effect::DropDraft(id) => saver.drop_draft(id),
            // These are for the terminal, and asked for by a key.
            _ => {}
        }
    }

    pub(super) fn suspend(&mut self) -> io::Result<()> {
        self.save_place();
        if self.terminal.stop()? {
            return self.resume();
        }
        self.reader
            .warn("There is no shell here that could bring the reader back; it goes on.");
        Ok(())
    }
}
