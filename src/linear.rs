//! A [`Reader`] as lines of plain text, for screen readers, braille and terminals without a cursor:
//! what is new of it since it was last said. Holds no disk, terminal or clock.

mod layer;
mod note;
mod passage;

use std::sync::Arc;

use layer::Heard;

use crate::{
    reader::{
        Message, Reader,
        layers::{Layer, picker::Picker, search_box::SearchBox},
    },
    report::{
        Report,
        address::Address,
        position::{Passage, Position},
    },
};

/// A position of no section: what is said from there names the section.
const NOWHERE: Position = Position {
    section: usize::MAX,
    block: 0,
    byte: 0,
};

/// What was said of a reader.
#[derive(Debug, Default)]
pub struct Said {
    report: Option<Arc<Report>>,
    cursor: Position,
    selection: Option<Passage>,
    layer: Option<Heard>,
    message: Option<Message>,
    unsaved: Option<String>,
}

impl Said {
    /// Forgets everything, so that it is said again.
    pub fn forget(&mut self) {
        *self = Self {
            message: self.message.take(),
            ..Self::default()
        };
    }

    /// Begins what a new line brings: the same message is said again.
    pub fn begin(&mut self) {
        self.message = None;
    }

    /// What is new, line by line; empty where nothing is.
    pub fn news(&mut self, reader: &Reader) -> Vec<String> {
        let mut lines = Vec::new();
        self.hear_messages(reader, &mut lines);
        let layer = layer::heard(reader);
        if let Some(layer) = &layer {
            lines.extend(layer.news(self.layer.as_ref()));
        }
        let has_closed = self.layer.is_some() && layer.is_none();
        self.layer = layer;
        let is_text = matches!(reader.layers().top(), None | Some(Layer::Placing(_)));
        if is_text {
            self.hear_text(reader, &mut lines);
        }
        // Whoever chose where they are already hears that.
        if has_closed && lines.is_empty() {
            lines = passage::heard(reader, Some(NOWHERE));
        }
        lines
    }

    fn hear_messages(&mut self, reader: &Reader, lines: &mut Vec<String>) {
        let message = reader.messages().current();
        if let Some(message) = message.filter(|message| self.message.as_ref() != Some(message)) {
            // A path is read as a list of titles, not with the names of signs.
            let text = message.text.replace(" › ", ", ");
            lines.extend(text.lines().map(str::to_owned));
        }
        self.message = message.cloned();
        let unsaved = reader.notes().unsaved().map(str::to_owned);
        if let Some(why) = unsaved.as_ref().filter(|_| unsaved != self.unsaved) {
            lines.push(format!("NOT SAVED, retrying: {why}"));
        }
        self.unsaved = unsaved;
    }

    /// The passage at the cursor, where it is another one than before; what is selected.
    fn hear_text(&mut self, reader: &Reader, lines: &mut Vec<String>) {
        let (report, at) = (reader.report(), reader.viewport().cursor());
        let known = self.report.as_ref().filter(|old| Arc::ptr_eq(old, report));
        let before = known.map(|_| self.cursor);
        let selection = reader.chosen();
        let is_selecting = reader.mode().is_selecting();
        if selection != self.selection && is_selecting && before.is_some() {
            lines.extend(selection.map(|selected| passage::selected(report, selected)));
        } else if before != Some(at) && !is_selecting {
            lines.extend(passage::heard(reader, before));
        }
        self.report = Some(report.clone());
        (self.cursor, self.selection) = (at, selection);
    }
}

/// The prompt: the address in the text, else what is open over it.
pub fn prompt(reader: &Reader) -> String {
    let address = || Address::of(reader.viewport().cursor()).name(reader.report());
    let name = match reader.layers().top() {
        None | Some(Layer::NotePanel(_) | Layer::Help(_)) => address(),
        Some(Layer::Placing(_)) => format!("place {}", address()),
        Some(Layer::Sections(_)) => "contents".into(),
        Some(Layer::NoteBox(_)) => "note".into(),
        Some(Layer::AnnotationList(_)) => "notes".into(),
        Some(Layer::Picker(picker)) => choosing(picker).into(),
        Some(Layer::SearchBox(search)) => searching(search).into(),
        Some(Layer::CommandLine(line)) if line.is_pipe() => "pipe to".into(),
        Some(Layer::CommandLine(_)) => "command".into(),
        Some(Layer::Comparison(shown)) => format!("comparison {}", shown.place()),
        Some(Layer::RecordList(_)) => "records".into(),
        Some(Layer::Collection(shown)) => {
            let at = shown.source(shown.viewport().cursor());
            at.map_or_else(address, |at| Address::of(at).name(reader.report()))
        }
        Some(Layer::Waiting(_)) => "wait".into(),
    };
    format!("{name}> ")
}

fn choosing(picker: &Picker) -> &'static str {
    match picker.accept_hint() {
        "put it there" => "position",
        _ => "choose",
    }
}

fn searching(search: &SearchBox) -> &'static str {
    match search.query().is_regex {
        true => "search for expression",
        false => "search for",
    }
}
