//! The reader: opens the report where it was left, or prints it if standard output is not a
//! terminal.

use crate::reader::Environment;
use std::{
    io::{IsTerminal, stdin, stdout},
    sync::Arc,
};

use super::{Failure, GlobalOptions, Outcome, put};
use crate::{
    command::{
        keymap::Keymap,
        settings::{Settings, THEMES, WIDTHS, theme_named},
    },
    disk::home::Home,
    export::{self, Format},
    library::{
        self,
        config::{self, Config},
        last,
    },
    reader::Reader,
    report::{
        Report,
        address::{Address, Stretch},
        place::Place,
    },
    session,
    store::{self, Store},
};

#[derive(Debug, Default, clap::Args)]
pub struct ReadArguments {
    /// Report: an id, or the path of a snapshot
    #[arg(value_name = "REPORT")]
    name: Option<String>,
    /// Open at a section (`2`, `ghana`), paragraph (`2:5`) or printed page (`p61`)
    #[arg(long, value_name = "ADDRESS")]
    at: Option<String>,
    /// Theme: terminal, dark, light, sepia or mono
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Text width in columns
    #[arg(long, value_name = "COLUMNS")]
    width: Option<u16>,
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
    }
}

pub fn run(global: GlobalOptions, given: ReadArguments) -> Result<Outcome, Failure> {
    let home = global.home();
    let is_read = stdout().is_terminal();
    let given_name = given.name.clone().or(global.report.clone());
    // A pipe gets what it always gets.
    let last = home.as_ref().filter(|_| is_read && given_name.is_none());
    let last = last.and_then(last::read).and_then(|name| {
        let report = library::open(Some(&name), home.as_ref()).ok()?;
        Some((Some(name), report))
    });
    let (name, report) = match last {
        Some(last) => last,
        None => {
            let name = given_name.or_else(|| global.usual_report());
            let report = library::open(name.as_deref(), home.as_ref())?;
            (name, report)
        }
    };
    let at = given
        .at
        .as_deref()
        .map(|text| Address::parse(text, &report))
        .transpose();
    let at = at.map_err(|error| {
        Failure::Words(format!(
            "could not open the report at that address: {error}"
        ))
    })?;
    if !is_read {
        let addresses: Option<Stretch> = given
            .at
            .as_deref()
            .and_then(|text| Stretch::parse(text, &report).ok());
        put(&export::write(
            Format::Text,
            &report,
            &export::parts(&report, addresses.as_slice()),
            Some(72),
        ))?;
        return Ok(Outcome::Done);
    }
    if !stdin().is_terminal() {
        return Err(Failure::Words("could not read keys: standard input is not a terminal; run tip-reader without `<` or a pipe before it".into()));
    }
    let name = name.unwrap_or_else(|| library::BUNDLED.to_owned());
    if let Some(home) = &home {
        last::remember(home, &name);
    }
    let done = open((name.clone(), report), home.clone(), at, &given);
    // At the first start there was no folder for it.
    if let Some(home) = home.filter(|home| last::read(home).is_none()) {
        last::remember(&home, &name);
    }
    done
}

fn open(
    (name, report): (String, Report),
    home: Option<Home>,
    at: Option<Address>,
    given: &ReadArguments,
) -> Result<Outcome, Failure> {
    let (config, keymap, complaint) = settings_file(home.as_ref())?;
    let settings = settings(&config, given)?;
    let store = home.map(Store::new);
    let saved = store.as_ref().and_then(|store| store.place(&report.id));
    let is_hidden = saved.as_ref().is_some_and(|saved| saved.is_hidden);
    let left = saved.map(|saved| saved.find(&report)).unwrap_or_default();
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
    let report = (name, Arc::new(report));
    let conflicts = keymap.conflicts();
    let mut reader = Reader::new(report, place, keymap, settings, environment);
    at.into_iter().for_each(|at| reader.open_at(at));
    if is_hidden {
        reader.hide(left);
    }
    if store.is_none() {
        reader.set_read_only(
            "there is no per-user folder (HOME is not set); name one with `--home DIR`",
        );
        reader.warn("Notes cannot be saved: HOME is not set; name a folder with --home.");
    }
    if let [first, more @ ..] = conflicts.as_slice() {
        let more = match more.len() {
            0 => String::new(),
            more => format!(" (and {more} more; `tip-reader keys` shows what is in force)"),
        };
        reader.warn(format!("config.ron: {first}{more}."));
    }
    if let Some(complaint) = complaint {
        reader.warn(complaint);
    }
    session::run(reader, store.map(|store| store.home().clone()))?;
    Ok(Outcome::Done)
}

/// The settings file; one that cannot be used is said on the screen and left alone.
pub(super) fn settings_file(
    home: Option<&Home>,
) -> Result<(Config, Keymap, Option<String>), Failure> {
    let path = home.map(Home::config);
    let read = path.as_deref().map_or_else(
        || {
            Keymap::new(&Default::default())
                .map(|keymap| (Config::default(), keymap))
                .map_err(Into::into)
        },
        config::read,
    );
    match read {
        Ok((config, keymap)) => Ok((config, keymap, None)),
        Err(error) => {
            let keymap = Keymap::new(&Default::default())
                .map_err(|error| Failure::Words(error.to_string()))?;
            Ok((
                Config::default(),
                keymap,
                Some(format!("config.ron ignored: {error}")),
            ))
        }
    }
}

fn settings(config: &Config, given: &ReadArguments) -> Result<Settings, Failure> {
    let has_colour = has_colour();
    let fallback = if has_colour { "terminal" } else { "mono" };
    let name = given
        .theme
        .as_deref()
        .or(config.theme.as_deref())
        .unwrap_or(fallback);
    let theme = theme_named(name).ok_or_else(|| {
        Failure::Words(format!(
            "unknown theme `{name}`; available: {}",
            THEMES.join(", ")
        ))
    })?;
    let width = given
        .width
        .or(config.width)
        .unwrap_or(Settings::default().width);
    if !WIDTHS.contains(&width) {
        return Err(Failure::Words(format!(
            "text width {width} is out of range: {} to {} columns",
            WIDTHS.start(),
            WIDTHS.end()
        )));
    }
    Ok(Settings {
        width,
        default_width: width,
        theme,
        has_colour,
        has_hyperlinks: config.hyperlinks.unwrap_or(true) && knows_hyperlinks(),
        copy_command: config.copy.clone(),
        clears_scrollback: config.quick_exit.as_deref() == Some("scrollback"),
        ..Settings::default()
    })
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
