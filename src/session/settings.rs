//! The settings file while reading: opened in the editor, and read again.

use std::io;

use super::{Outside, Session, Terminal};
use crate::{
    command::manual,
    disk::{durable, home::Home},
    library::config,
};

impl<T: Terminal> Session<T> {
    /// Opens the settings file in the editor; one that is not there is made, with all that it may
    /// say as comments.
    pub(super) fn edit_settings(&mut self) -> io::Result<()> {
        let Some(home) = &self.home else {
            self.reader
                .warn("There is no per-user folder for config.ron; name one with --home.");
            return Ok(());
        };
        let file = home.config();
        match made(home) {
            Ok(()) => self.lend(Outside::Settings(file)),
            Err(error) => {
                self.reader.warn(format!("config.ron: {error}."));
                Ok(())
            }
        }
    }

    /// Reads the settings file again and takes what it says; one that cannot be read changes
    /// nothing.
    pub(super) fn reload_settings(&mut self) {
        let Some(path) = self.home.as_ref().map(Home::config) else {
            return;
        };
        match config::read(&path) {
            Ok(config) => {
                let mut settings = self.reader.settings().clone();
                config.apply(&mut settings);
                let problems = [config.problems, config.keymap.conflicts()].concat();
                self.reader
                    .take_settings(settings, config.keymap, &problems);
            }
            Err(error) => self.reader.warn(format!("config.ron ignored: {error}.")),
        }
    }
}

fn made(home: &Home) -> io::Result<()> {
    durable::make_folder(home.root())?;
    let written = durable::add(home.root(), "config.ron", manual::config().as_bytes());
    match written {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}
