//! A reader on a screen of its own, driven by keys: `open(80, 24).press("} a")`.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::sync::Arc;
use tip_reader::reader::Environment;

use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Modifier},
};
use tempfile::TempDir;
use tip_reader::{
    command::{key::Key, keymap::Keymap, settings::Settings},
    disk::home::Home,
    edition::Edition,
    notebook::{Change, news::Reply, resolution},
    reader::{Effect, Reader},
    report::{Report, place::SavedPlace, snapshot},
    session,
    store::{Store, new_id},
    view,
};

/// A reader, its window and its per-user folder.
pub struct Desk {
    pub reader: Reader,
    pub home: Arc<TempDir>,
    /// Effects other than those of the notebook, in order.
    pub effects: Vec<Effect>,
}

/// The bundled report in a window, with an empty notebook.
pub fn open(columns: u16, rows: u16) -> Desk {
    Desk::open(
        snapshot::bundled(),
        Arc::new(tempfile::tempdir().expect("a folder")),
        columns,
        rows,
        Settings::default(),
    )
}

impl Desk {
    pub fn open(
        report: Report,
        home: Arc<TempDir>,
        columns: u16,
        rows: u16,
        settings: Settings,
    ) -> Self {
        let store = Store::new(Home::new(home.path().to_owned()));
        let place = store
            .place(&report.id)
            .map(|kept| kept.find(&report))
            .unwrap_or_default();
        let keymap = Keymap::default();
        let environment = Environment {
            now: || "2026-01-02T03:04:05Z".into(),
            new_id,
        };
        let report = ("here".to_owned(), Arc::new(report));
        let mut reader = Reader::new(report, place, keymap, settings, environment);
        reader.resize(columns, rows);
        let mut desk = Self {
            reader,
            home,
            effects: Vec::new(),
        };
        desk.load();
        desk
    }

    /// Tells the reader of its notebook, as the keeper does at a start.
    fn load(&mut self) {
        let mut store = self.store();
        let writable = store.check_writable().map_err(|error| error.to_string());
        let drafts = store.drafts_of(&self.reader.report().id);
        self.reader.hear(Reply::Loaded {
            loaded: store.load(),
            drafts,
            writable,
        });
        self.reader
            .hear(Reply::Edition(Edition::of(self.reader.report())));
        self.perform();
    }

    /// Changes the notebook on disk, as another reader does, and lets this one hear of it.
    pub fn change_on_disk(&mut self, change: &Change) {
        self.store()
            .save(change, Some(&Edition::of(self.reader.report())))
            .expect("kept");
        self.load();
    }

    /// Turns to a report that was asked for, as the terminal does.
    fn open_in_place(&mut self, number: u64, name: &str) {
        let opened = session::opened(Some(Home::new(self.home.path().to_owned())), name);
        let Some(opened) = self.reader.hear_of_report(number, opened) else {
            return;
        };
        self.reader.save_draft_now();
        self.perform();
        let place = self.reader.place_here();
        self.store()
            .save_place(&SavedPlace::new(self.reader.report(), place))
            .expect("a place");
        self.reader.turn_to(opened);
        self.load();
    }

    /// Closes the program and starts it again, in a window of the same size.
    pub fn start_again(mut self) -> Self {
        self.reader.save_draft_now();
        self.perform();
        let place = self.reader.place_here();
        self.store()
            .save_place(&SavedPlace::new(self.reader.report(), place))
            .expect("a place");
        let (columns, rows) = self.reader.viewport().size();
        Self::open(
            (**self.reader.report()).clone(),
            self.home,
            columns,
            rows,
            self.reader.settings().clone(),
        )
    }

    pub fn store(&self) -> Store {
        Store::new(Home::new(self.home.path().to_owned()))
    }

    /// A store that works on all drafts, as the keeper's does that lives as long as the reader.
    fn drafts(&self) -> Store {
        let mut store = self.store();
        store.drafts();
        store
    }

    /// Presses keys written with blanks between them. `"text"` in quotes is typed.
    pub fn press(mut self, keys: &str) -> Self {
        for (index, part) in keys.split('"').enumerate() {
            if index % 2 == 1 {
                part.chars().for_each(|character| {
                    self.reader
                        .press(Key::new(tip_reader::command::key::Code::Char(character)))
                });
            } else {
                Key::sequence(part)
                    .expect("keys")
                    .into_iter()
                    .for_each(|key| self.reader.press(key));
            }
            self.perform();
        }
        self
    }

    pub fn resize(mut self, columns: u16, rows: u16) -> Self {
        self.reader.resize(columns, rows);
        self
    }

    pub fn perform(&mut self) {
        while self.reader.has_work() {
            self.reader.work();
        }
        for effect in self.reader.take_effects() {
            match effect {
                Effect::Save(change) => self.keep(change),
                Effect::SaveTyped(change) => {
                    let id = change.annotation().id.clone();
                    self.keep(change);
                    let _ = self.drafts().drop_draft(&id);
                }
                Effect::SaveDraft(draft) => self.drafts().save_draft(&draft).expect("a draft"),
                Effect::DropDraft(id) => self.drafts().drop_draft(&id).expect("no draft"),
                Effect::Follow {
                    edition,
                    unresolved,
                } => {
                    let mut found = Vec::new();
                    resolution::find(
                        &self.store().editions(),
                        self.reader.report(),
                        &edition,
                        unresolved,
                        |some| found.extend(some),
                    );
                    self.reader.take_found(found);
                }
                Effect::ListReports => {
                    let reports = session::others(
                        Some(&Home::new(self.home.path().to_owned())),
                        self.reader.report(),
                    );
                    self.reader.hear_of_reports(reports);
                }
                Effect::Open { number, name } => self.open_in_place(number, &name),
                Effect::Compare { number, name } => {
                    let home = Home::new(self.home.path().to_owned());
                    let annotations = self
                        .reader
                        .notes()
                        .notebook()
                        .entries()
                        .iter()
                        .map(|entry| entry.annotation.clone())
                        .collect();
                    let compared = session::compared(
                        Some(home),
                        self.reader.report().clone(),
                        &name,
                        annotations,
                    );
                    self.reader.hear_of_comparison(number, compared);
                }
                Effect::FindPlaces {
                    edition,
                    id,
                    anchor,
                } => {
                    let places = resolution::places(
                        &self.store().editions(),
                        self.reader.report(),
                        &edition,
                        &anchor,
                    );
                    self.reader.take_places(&id, places);
                }
                other => self.effects.push(other),
            }
        }
    }

    fn keep(&mut self, change: Change) {
        let saved_as = self
            .store()
            .save(&change, Some(&Edition::of(self.reader.report())))
            .expect("saved_as");
        self.reader.hear(Reply::Saved { change, saved_as });
    }

    pub fn buffer(&self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(
            0,
            0,
            self.reader.viewport().size().0,
            self.reader.viewport().size().1,
        ));
        view::draw(&self.reader, &mut buffer);
        buffer
    }

    /// The row of the screen from the terminal's cursor on, and whether the cursor is seen.
    pub fn at_cursor(&self) -> (String, bool) {
        let mut buffer = Buffer::empty(Rect::new(
            0,
            0,
            self.reader.viewport().size().0,
            self.reader.viewport().size().1,
        ));
        let cursor = view::draw(&self.reader, &mut buffer).expect("a cursor");
        let row: String = (cursor.x..buffer.area.width)
            .map(|x| buffer[(x, cursor.y)].symbol())
            .collect();
        (row.trim().to_owned(), cursor.is_visible)
    }

    /// The screen's rows, without blanks at their ends.
    pub fn screen(&self) -> String {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width).max(1);
        let rows = buffer.content.chunks(width).map(|row| {
            let mut text = String::new();
            let mut skip = 0;
            for cell in row {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                skip = tip_reader::text::width::width(cell.symbol()).saturating_sub(1);
                text.push_str(cell.symbol());
            }
            text.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    /// Runs of cells that are more than plain text, with their modifiers, row by row.
    pub fn styles(&self) -> String {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width).max(1);
        let mut told = String::new();
        for (y, row) in buffer.content.chunks(width).enumerate() {
            let mut runs: Vec<(Modifier, Color, String)> = Vec::new();
            for cell in row {
                match runs.last_mut() {
                    Some((modifier, colour, text))
                        if *modifier == cell.modifier && *colour == cell.fg =>
                    {
                        text.push_str(cell.symbol())
                    }
                    _ => runs.push((cell.modifier, cell.fg, cell.symbol().to_owned())),
                }
            }
            for (modifier, _, text) in runs
                .iter()
                .filter(|(modifier, _, text)| !modifier.is_empty() && !text.trim().is_empty())
            {
                told.push_str(&format!("{y:>2} {modifier:?}: {}\n", text.trim()));
            }
        }
        told
    }

    /// The status line without the mode; of a message that takes several rows, all of it.
    pub fn status(&self) -> String {
        let screen = self.screen();
        let rows: Vec<&str> = screen.lines().collect();
        let columns = usize::from(self.reader.viewport().size().0);
        let message = self.reader.messages().current();
        let shown = message.map_or("", |message| message.text.as_str());
        let taken = match tip_reader::text::width::width(shown) > columns {
            true => tip_reader::text::wrap::lines(shown, columns, "").len(),
            false => 1,
        };
        let most = 4.min(1 + rows.len().saturating_sub(1) / 5);
        let from = rows.len().saturating_sub(taken.min(most));
        let line = rows[from..]
            .iter()
            .map(|row| row.trim_end())
            .collect::<Vec<_>>()
            .join(" ");
        without_mode(&line).to_owned()
    }

    /// The first line of text on the screen.
    pub fn first_line(&self) -> String {
        let frame = self.reader.viewport().frame().cloned().expect("a frame");
        let screen = self.screen();
        let row = screen
            .lines()
            .nth(usize::from(frame.text.y))
            .unwrap_or_default()
            .to_owned();
        row.chars()
            .skip(usize::from(frame.text.x))
            .take(usize::from(frame.text.width))
            .collect::<String>()
            .trim_end()
            .to_owned()
    }
}

/// What follows the mode in a status line.
pub fn without_mode(line: &str) -> &str {
    let word = line.split_whitespace().next().unwrap_or_default();
    let is_mode = line.starts_with(' ')
        && word.len() > 3
        && word != "NOT"
        && word.bytes().all(|byte| byte.is_ascii_uppercase());
    match is_mode {
        true => line.get(word.len() + 2..).unwrap_or_default(),
        false => line,
    }
}
