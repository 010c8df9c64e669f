//! The options of every command, and what they open.

use std::path::PathBuf;

use super::{Failure, say};
use crate::{
    disk::home::Home,
    library::{self, config},
    report::Report,
};

/// Options of every command.
#[derive(Debug, Default, clap::Args)]
pub struct GlobalOptions {
    /// Report: an id, or the path of a snapshot
    #[arg(short, long, global = true, value_name = "REPORT")]
    pub report: Option<String>,
    /// Per-user folder (default: the platform's config folder)
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "TIP_READER_HOME",
        hide_env_values = true
    )]
    pub home: Option<PathBuf>,
}

impl GlobalOptions {
    /// The per-user folder; `None` where the platform has none.
    pub fn home(&self) -> Option<Home> {
        match &self.home {
            Some(root) => Some(Home::new(root.clone())),
            None => Home::of_platform(),
        }
    }

    /// The per-user folder, for commands that need one.
    pub fn needed_home(&self) -> Result<Home, Failure> {
        self.home().ok_or_else(|| {
            Failure::Words("no per-user folder: HOME is not set; name one with `--home DIR`".into())
        })
    }

    /// The report that is asked for, else the usual one.
    pub fn report(&self) -> Result<Report, Failure> {
        let name = self.report.clone().or_else(|| self.usual_report());
        Ok(library::open(name.as_deref(), self.home().as_ref())?)
    }

    /// The report that `config.ron` names for commands without `-r`.
    pub fn usual_report(&self) -> Option<String> {
        // Reading no settings would make all keys, before the first frame.
        let settings = self.home()?.config();
        match config::read(Some(&settings).filter(|of| of.exists())?) {
            Ok(config) => {
                for problem in &config.problems {
                    say(&format!("config.ron: {problem}"));
                }
                config.report
            }
            Err(error) => {
                say(&format!("config.ron ignored: {error}"));
                None
            }
        }
    }
}
