//! The reader: opens the report where it was left, or prints it if standard output is not a
//! terminal.

use crate::reader::Environment;
use std::{
    io::{IsTerminal, stdin, stdout},
    sync::Arc,
};

use super::{
    Failure, GlobalOptions, Outcome,
    import::once::{self, Once},
    put, typed,
};
use crate::{
    command::settings::{Ground, Settings},
    disk::home::Home,
    export::{self, Format},
    library::{
        self, LibraryError,
        config::{self, Config},
        last,
    },
    reader::Reader,
    report::{
        Report,
        address::{Address, Stretch},
        place::Place,
    },
    session::{self, linear::Lines},
    store::{self, Store},
    terminal::tty,
    text::wording,
};

#[derive(Debug, Default, clap::Args)]
pub struct ReadArguments {
    /// Report: an id, the path of a snapshot, or a file to import and read
    #[arg(value_name = "REPORT")]
    name: Option<String>,
    /// Open at a section (`2`, `ghana`), paragraph (`2:5`) or printed page (`p61`)
    #[arg(long, value_name = "ADDRESS")]
    at: Option<String>,
    /// Theme: terminal, dark, light, sepia, high-contrast or mono
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Text width in columns
    #[arg(long, value_name = "COLUMNS")]
    width: Option<u16>,
    /// Read in lines, for screen readers, braille and dumb terminals: no screen is drawn
    #[arg(long)]
    linear: bool,
    /// Show the terminal's cursor at the text, and move it by lines
    #[arg(long)]
    cursor: bool,
}

impl ReadArguments {
    /// The first argument that was given, as typed.
    pub fn given(&self) -> Option<String> {
        let option = |name: &str, is_given: bool| is_given.then(|| name.to_owned());
        let name = self
            .name
            .clone()
            .or_else(|| option("--at", self.at.is_some()));
        name.or_else(|| option("--theme", self.theme.is_some()))
            .or_else(|| option("--width", self.width.is_some()))
            .or_else(|| option("--linear", self.linear))
            .or_else(|| option("--cursor", self.cursor))
    }
}

pub fn run(global: GlobalOptions, given: ReadArguments) -> Result<Outcome, Failure> {
    let home = global.home();
    let is_linear = given.linear || is_dumb();
    let is_read = is_linear || stdout().is_terminal();
    let given_name = given.name.clone().or(global.report.clone());
    let begun = begin(&global, home.as_ref(), given_name, is_read)?;
    let at = given
        .at
        .as_deref()
        .map(|text| Address::parse(text, &begun.report))
        .transpose();
    let at = at.map_err(|error| {
        Failure::Words(format!(
            "could not open the report at that address: {error}"
        ))
    })?;
    if !is_read {
        return print(&begun.report, &given);
    }
    if !is_linear && !stdin().is_terminal() {
        return Err(Failure::Words("could not read keys: standard input is not a terminal; run tip-reader without `<` or a pipe before it".into()));
    }
    let name = begun.name.clone();
    let is_first = home.as_ref().is_some_and(|home| !home.state().exists());
    if let Some(home) = &home {
        last::remember(home, &name);
    }
    let begun = match (is_first, &begun.message) {
        (true, None) if !is_linear => begun.introduced(),
        _ => begun,
    };
    let given = ReadArguments {
        linear: is_linear,
        ..given
    };
    let done = open(begun, home.clone(), at, &given);
    // At the first start there was no folder for it.
    if let Some(home) = home.filter(|home| last::read(home).is_none()) {
        last::remember(&home, &name);
    }
    done
}

/// The report that is to be read: the one of a name, a file that is imported first, else the one that
/// was read last.
fn begin(
    global: &GlobalOptions,
    home: Option<&Home>,
    given_name: Option<String>,
    is_read: bool,
) -> Result<Begun, Failure> {
    // A pipe gets what it always gets.
    let last = home.filter(|_| is_read && given_name.is_none());
    let last = last.and_then(last::read).and_then(|name| {
        let report = library::open(Some(&name), home).ok()?;
        Some(Begun::new(name, report))
    });
    Ok(match (last, given_name) {
        (Some(last), _) => last,
        (None, Some(name)) if once::is_importable(&name) => {
            let Once {
                name: kept,
                report,
                message,
            } = once::open(&name, home)?;
            Begun {
                message,
                ..Begun::new(kept.unwrap_or(name), report)
            }
        }
        (None, given_name) => {
            let name = given_name.or_else(|| global.usual_report());
            let report = library::open(name.as_deref(), home).map_err(unknown)?;
            Begun::new(name.unwrap_or_else(|| library::BUNDLED.to_owned()), report)
        }
    })
}

/// Prints the report, or what an address names of it.
fn print(report: &Report, given: &ReadArguments) -> Result<Outcome, Failure> {
    // A wrong option is wrong in a pipe too.
    settings(&Config::default(), given)?;
    let at = given.at.as_deref();
    let stretch: Option<Stretch> = at.and_then(|text| Stretch::parse(text, report).ok());
    put(&export::write(
        Format::Text,
        report,
        &export::parts(report, stretch.as_slice()),
        Some(72),
    ))?;
    Ok(Outcome::Done)
}

/// A name that is no report may be a misspelt command.
fn unknown(error: LibraryError) -> Failure {
    let nearest = match &error {
        LibraryError::Unknown(name) => typed::nearest(name),
        _ => None,
    };
    match nearest {
        Some(command) => Failure::Words(format!("{error}; did you mean `tip-reader {command}`?")),
        None => error.into(),
    }
}

/// Words of the bundled report. A test counts them: that takes as long as a part of the first frame.
const WORDS: usize = 994;

/// A report to be read.
struct Begun {
    /// What opens it.
    name: String,
    report: Report,
    /// What to say on the first screen.
    message: Option<String>,
}

impl Begun {
    fn new(name: String, report: Report) -> Self {
        Self {
            name,
            report,
            message: None,
        }
    }

    /// Of the bundled report, with what a new reader has to know: how much of the report it is, how
    /// to read the rest, and where the keys are.
    fn introduced(self) -> Self {
        if self.name != library::BUNDLED && self.name != library::BUNDLED_ID {
            return self;
        }
        let sections = &self.report.sections;
        let message = format!(
            "This is the front of the report ({}, {}). To read the rest: tip-reader import FILE.  ? shows the keys.",
            wording::count(sections.len(), "section"),
            wording::count(WORDS, "word")
        );
        Self {
            message: Some(message),
            ..self
        }
    }
}

fn open(
    begun: Begun,
    home: Option<Home>,
    at: Option<Address>,
    given: &ReadArguments,
) -> Result<Outcome, Failure> {
    let config = settings_file(home.as_ref());
    let settings = settings(&config, given)?;
    let report = begun.report;
    let store = home.map(Store::new);
    let saved = store.as_ref().and_then(|store| store.place(&report.id));
    let progress = store.as_ref().and_then(|store| store.progress(&report.id));
    let is_hidden = saved.as_ref().is_some_and(|saved| saved.is_hidden);
    let left = saved.as_ref().map(|saved| saved.find(&report));
    let left = left.unwrap_or_default();
    let place = match at {
        Some(address) => Place {
            cursor: address.position(),
            ..Place::default()
        },
        None if is_hidden => Place::default(),
        None => left,
    };
    let environment = Environment {
        now: super::now,
        new_id: store::new_id,
    };
    let report = (begun.name, Arc::new(report));
    let problems = [config.problems, config.keymap.conflicts()].concat();
    let (keymap, lines) = match given.linear {
        true => (config.keymap.by_names(), Some(lines(&settings, given))),
        false => (config.keymap, None),
    };
    let mut reader = Reader::new(report, place, keymap, settings, environment);
    reader.take_progress(progress);
    if let Some(saved) = &saved {
        reader.go_on_from(saved);
    }
    at.into_iter().for_each(|at| reader.open_at(at));
    if is_hidden {
        reader.hide(left);
    }
    if let Some(message) = begun.message {
        reader.say(message);
    }
    if store.is_none() {
        reader.set_read_only(
            "there is no per-user folder (HOME is not set); name one with `--home DIR`",
        );
        reader.warn("Notes cannot be saved: HOME is not set; name a folder with --home.");
    }
    if let [first, more @ ..] = problems.as_slice() {
        let more = match more.len() {
            0 => String::new(),
            more => format!(" (and {more} more; `tip-reader keys` names them)"),
        };
        reader.warn(format!("config.ron: {first}{more}."));
    }
    let home = store.map(|store| store.home().clone());
    match lines {
        Some(lines) => session::linear::run(reader, home, lines)?,
        None => session::run(reader, home)?,
    }
    Ok(Outcome::Done)
}

/// Whether the terminal is one that nothing can be drawn on: then lines are read.
fn is_dumb() -> bool {
    std::env::var("TERM").is_ok_and(|term| term == "dumb") && stdout().is_terminal()
}

/// How lines are printed: broken on a terminal, which would break words; else a paragraph a line.
fn lines(settings: &Settings, given: &ReadArguments) -> Lines {
    let columns = stdout().is_terminal().then(|| tty::size().0);
    let width = columns.map(|columns| columns.saturating_sub(1).min(settings.width).max(1));
    Lines {
        width: given.width.or(width).map(usize::from),
        is_ascii: session::is_ascii_wanted(),
    }
}

/// The settings file. One that cannot be used is left alone; that is a problem of it.
pub(super) fn settings_file(home: Option<&Home>) -> Config {
    let path = home.map(Home::config);
    let read = path.as_deref().map(config::read);
    match read {
        Some(Ok(config)) => config,
        Some(Err(error)) => Config {
            problems: vec![format!("ignored: {error}")],
            ..Config::default()
        },
        None => Config::default(),
    }
}

/// Settings by the environment, the settings file and the options, each before the one before it.
fn settings(config: &Config, given: &ReadArguments) -> Result<Settings, Failure> {
    let has_colour = has_colour();
    let mut settings = Settings {
        theme: if has_colour { "terminal" } else { "mono" },
        has_colour,
        has_true_colour: has_true_colour(),
        ground: ground(),
        may_ask_ground: may_ask_ground(),
        is_linear: given.linear,
        keeps_progress: true,
        ..Settings::default()
    };
    config.apply(&mut settings);
    settings.has_hyperlinks &= knows_hyperlinks();
    settings.has_cursor |= given.cursor || given.linear;
    let width = given.width.map(|width| width.to_string());
    for (name, value) in [("theme", &given.theme), ("width", &width)] {
        if let Some(value) = value {
            settings
                .set(name, value)
                .map_err(|error| Failure::Words(format!("--{name}: {error}")))?;
        }
    }
    Ok(settings)
}

/// Whether the terminal ignores links (OSC 8) if it does not support them: the Linux console and a
/// few simple terminals would print them.
fn knows_hyperlinks() -> bool {
    let term = std::env::var("TERM").unwrap_or_default();
    let prints_links = |name: &&str| term.starts_with(name);
    !term.is_empty()
        && ![
            "dumb", "linux", "cons", "eterm", "vt1", "vt2", "vt5", "sun", "wyse",
        ]
        .iter()
        .any(prints_links)
}

/// Whether the terminal says that it shows colours of 24 bits.
fn has_true_colour() -> bool {
    std::env::var("COLORTERM").is_ok_and(|value| matches!(value.as_str(), "truecolor" | "24bit"))
}

/// The ground by the last number of `COLORFGBG`, as rxvt and others set it.
fn ground() -> Option<Ground> {
    let value = std::env::var("COLORFGBG").ok()?;
    match value.rsplit(';').next()?.parse() {
        Ok(7 | 15) => Some(Ground::Light),
        Ok(0..=6 | 8..=14) => Some(Ground::Dark),
        _ => None,
    }
}

/// Whether the terminal answers a question for its ground, or at least swallows it: consoles and
/// `screen` print it or keep it.
fn may_ask_ground() -> bool {
    let term = std::env::var("TERM").unwrap_or_default();
    let is_screen = term.starts_with("screen") && std::env::var_os("TMUX").is_none();
    knows_hyperlinks() && !is_screen
}

/// Whether to use colours: not under `NO_COLOR` (no-color.org), not on monochrome terminals.
fn has_colour() -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let term = std::env::var("TERM").unwrap_or_default();
    let has_none = term.is_empty()
        || term == "dumb"
        || term.starts_with("vt1")
        || term.starts_with("vt2")
        || term.ends_with("-mono")
        || term.ends_with("-m");
    !is_set("NO_COLOR") && !has_none
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_report_has_so_many_words() {
        let report = crate::report::snapshot::bundled();
        let words: usize = report.sections.iter().map(crate::cli::toc::words).sum();
        assert_eq!(words, WORDS);
    }
}
