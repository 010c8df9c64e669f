//! The terminal lent to another program, and what comes back of an editor.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::Ordering,
};

use super::{Event, Outside, Returned, Session, Terminal};
use crate::{notebook::news::Reply, reader::Effect, store::outside::Edited};

/// What is said where lending itself has failed.
const BROKEN: &str = "internal error; what was written is in the folder of drafts";

impl<T: Terminal> Session<T> {
    /// Gives the terminal to a program until it has ended. Signals that the terminal sends are
    /// that program's, but for those that end us.
    pub(super) fn lend(&mut self, outside: Outside) -> io::Result<()> {
        self.save_place();
        self.perform_saves();
        // First: what keys send from now on is no business of ours.
        self.is_lent.store(true, Ordering::SeqCst);
        self.terminal.release();
        let broken = match &outside {
            Outside::Editor { id, .. } => Returned::Edited(id.clone(), Err(BROKEN.into())),
            Outside::Pipe { command, .. } => Returned::Piped(command.clone(), Err(BROKEN.into())),
            Outside::Settings(_) => Returned::Settings(Err(BROKEN.into())),
        };
        let (work, sender) = (self.terminal.outside(outside), self.sender.clone());
        let work = move || {
            let returned = catch_unwind(AssertUnwindSafe(work)).unwrap_or(broken);
            drop(sender.send(Event::Returned(returned)));
        };
        std::thread::Builder::new()
            .name("lending".into())
            .spawn(work)
            .map(drop)
    }

    /// Takes the terminal again, and what the program gave back.
    pub(super) fn take_returned(&mut self, returned: Returned) -> io::Result<()> {
        match returned {
            Returned::Edited(id, Ok(edited)) => {
                self.reader.take_edited(Ok(edited.text.clone()));
                self.edited.push((id, edited));
            }
            Returned::Edited(_, Err(why)) => self.reader.take_edited(Err(why)),
            Returned::Unfinished(id, edited, why) => {
                self.reader.take_unfinished(&edited.text, &why);
                self.edited.push((id, edited));
            }
            Returned::Piped(command, ended) => self.reader.hear_of_pipe(&command, ended),
            Returned::Settings(Ok(())) => self.reload_settings(),
            Returned::Settings(Err(why)) => self.reader.warn(format!("config.ron: {why}.")),
        }
        let resumed = self.resume();
        self.is_lent.store(false, Ordering::SeqCst);
        resumed
    }

    /// Removes the editor's file of a note once the note is on disk.
    pub(super) fn drop_edited(&mut self, reply: &Reply) {
        if let Reply::Saved { change, .. } = reply {
            let saved = change.annotation();
            self.drop_those(|id, edited| id == saved.id && edited.text == saved.text);
        }
    }

    /// Follows the text of an editor to where it is saved or given up.
    pub(super) fn follow_edited(&mut self, effect: &Effect) {
        match effect {
            // It was taken into the note box, and may have been changed there.
            Effect::SaveTyped(change) => {
                let typed = change.annotation();
                for (_, edited) in self.edited.iter_mut().filter(|(id, _)| *id == typed.id) {
                    edited.text.clone_from(&typed.text);
                }
            }
            Effect::DropDraft(dropped) => self.drop_those(|id, _| id == dropped),
            _ => {}
        }
    }

    fn drop_those(&mut self, is_done: impl Fn(&str, &Edited) -> bool) {
        let (done, open): (Vec<_>, Vec<_>) = std::mem::take(&mut self.edited)
            .into_iter()
            .partition(|(id, edited)| is_done(id, edited));
        self.edited = open;
        done.into_iter().for_each(|(_, edited)| edited.drop_draft());
    }
}
