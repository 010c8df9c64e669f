//! The status line: what keys are for, where the cursor is, what was just done, and the keys that
//! matter here.

use ratatui::style::Style;

use super::paint::{Canvas, row};
use crate::{
    command::{self, Command, Context},
    notebook::{Entry, annotation::Kind},
    reader::{
        Reader,
        layers::{Layer, picker::Picker},
        viewport::frame::Area,
    },
    report::address::Address,
    text::{width, wording, wrap},
};

/// Windows of fewer columns show the keys of a list and not the address.
const NARROW: usize = 60;
/// Rows that a message takes at the most.
const MOST_ROWS: usize = 4;
/// Between two hints.
const GAP: &str = "  ";
/// What hints name first in the text.
const IMPORTANT: [Command; 9] = [
    Command::AddNote,
    Command::Highlight,
    Command::Copy,
    Command::CopyCitation,
    Command::Select,
    Command::Search,
    Command::GoToSection,
    Command::ListAnnotations,
    Command::SwitchPane,
];
/// What reviews an annotation: shown first where one needs review, and nowhere else.
const REVIEW: [Command; 3] = [
    Command::AcceptPosition,
    Command::ChoosePosition,
    Command::MarkOrphaned,
];

pub fn draw(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    canvas.clear(area, theme.line);
    let (mut x, right) = (area.x, area.x + area.width);
    if let Some(mode) = mode(reader, area.width) {
        x = canvas.put((x, area.y), &mode, area.width, theme.mode);
    }
    let place = place(reader, usize::from(area.width));
    x = canvas.put((x, area.y), &place, right.saturating_sub(x), theme.place);
    if let Some(said) = said(reader, canvas) {
        return draw_message(&said, (area, x), canvas);
    }
    let pending = reader.pending();
    if !pending.is_empty() {
        return draw_at_right(&pending, (area, x), canvas);
    }
    if let Some(hint) = reader.placing_hint() {
        canvas.put_cut((x, area.y), &hint, right.saturating_sub(1), theme.message);
    } else {
        let room = usize::from(right.saturating_sub(x + 2));
        draw_at_right(&hints(reader, room), (area, x), canvas);
    }
}

/// What keys are for now, as a tag; in a narrow window only where the text is used otherwise.
fn mode(reader: &Reader, columns: u16) -> Option<String> {
    let is_narrow = usize::from(columns) < NARROW;
    let tag = match reader.context() {
        Context::Selecting => {
            let words = reader.selected_words();
            return Some(format!(" SELECT {} ", wording::count(words, "word")));
        }
        Context::Place => "PLACE",
        _ if is_narrow => return None,
        Context::Text | Context::Anywhere | Context::Typing => "READ",
        Context::Colouring => "COLOR",
        Context::Sections | Context::SectionFilter => "SECTIONS",
        Context::Panel | Context::NoteBox => "NOTE",
        Context::List | Context::Filter => "LIST",
        Context::Comparison => "COMPARE",
        Context::Records => "RECORDS",
        Context::Collection => "COLLECT",
        Context::Picker => "CHOOSE",
        Context::Help => "HELP",
        // Both take the line.
        Context::SearchBox | Context::CommandLine => return None,
    };
    Some(format!(" {tag} "))
}

fn draw_at_right(text: &str, (area, x): (Area, u16), canvas: &mut Canvas<'_>) {
    let right = area.x + area.width;
    let start = right.saturating_sub(width::width(text) as u16 + 1).max(x);
    let room = right.saturating_sub(start);
    canvas.put((start, area.y), text, room, canvas.theme.line);
}

/// What is said now, and how: of what was just done, else of what is not saved.
fn said(reader: &Reader, canvas: &Canvas<'_>) -> Option<(String, Style)> {
    match (reader.notes().unsaved(), reader.messages().current()) {
        (_, Some(message)) if message.text.is_empty() => None,
        (_, Some(message)) => {
            let style = match message.is_warning {
                true => canvas.theme.warning,
                false => canvas.theme.message,
            };
            Some((message.text.clone(), style))
        }
        (Some(reason), None) => {
            let text = format!("NOT SAVED, retrying: {reason}");
            Some((text, canvas.theme.warning))
        }
        (None, None) => None,
    }
}

/// A message at column `x`, beside the address. Where it has no room there, it takes that too; one
/// for which that is not enough either gets the rows that it needs.
fn draw_message((text, style): &(String, Style), (area, x): (Area, u16), canvas: &mut Canvas<'_>) {
    let (width, right) = (width::width(text), area.x + area.width);
    if width > usize::from(area.width) {
        return draw_rows(text, area, *style, canvas);
    }
    let has_room = width < usize::from(right.saturating_sub(x));
    let x = if has_room { x } else { area.x };
    if !has_room {
        canvas.clear(area, canvas.theme.line);
    }
    canvas.put_cut((x, area.y), text, right, *style);
}

/// Rows that a message may take. The text comes first in a low window.
fn most_rows(area: Area) -> usize {
    MOST_ROWS.min(1 + usize::from(area.y) / 5)
}

/// The first row that the status line takes, with what is said above it.
pub fn top(reader: &Reader, area: Area) -> u16 {
    let said = reader.messages().current();
    let text = said.map_or("", |message| message.text.as_str());
    if width::width(text) <= usize::from(area.width) {
        return area.y;
    }
    let lines = wrap::lines(text, usize::from(area.width), "").len();
    area.y + 1 - lines.min(most_rows(area)) as u16
}

/// A long message on several rows, the last one the status line.
fn draw_rows(text: &str, area: Area, style: Style, canvas: &mut Canvas<'_>) {
    let lines = wrap::lines(text, usize::from(area.width), "");
    let count = lines.len().min(most_rows(area));
    let top = area.y + 1 - count as u16;
    for (index, (y, line)) in (top..).zip(lines.iter().take(count)).enumerate() {
        canvas.clear(row(area, y), canvas.theme.line);
        let end = if index + 1 == count {
            text.len()
        } else {
            line.end
        };
        let words = text.get(line.start..end).unwrap_or_default().trim_end();
        canvas.put_cut((area.x, y), words, area.x + area.width, style);
    }
}

/// Address, percent and counts; in a comparison the number of the change.
fn place(reader: &Reader, columns: usize) -> String {
    match reader.layers().top() {
        Some(Layer::Comparison(comparison)) => return format!(" {} ", comparison.place()),
        Some(Layer::Waiting(_)) => return String::new(),
        // Where the cursor is in the text is of less use in a list than its keys.
        Some(Layer::AnnotationList(_) | Layer::RecordList(_)) if columns < NARROW => {
            return " ".into();
        }
        _ => {}
    }
    let (at, percent) = match reader.layers().top() {
        Some(Layer::Collection(shown)) => {
            let viewport = shown.viewport();
            match shown.source(viewport.cursor()) {
                Some(source) => (source, viewport.percent()),
                None => return format!(" {}% ", viewport.percent()),
            }
        }
        _ => (reader.viewport().cursor(), reader.viewport().percent()),
    };
    let address = Address::of(at);
    let name = address.name(reader.report());
    let address = match width::width(&name) <= columns / 4 {
        true => name,
        false => address.number(reader.report()),
    };
    if reader.mode().is_selecting() {
        return format!(" {address} ");
    }
    let page = reader.report().page(at).filter(|_| columns >= 30);
    let page = page.map_or(String::new(), |page| format!(" p. {page}"));
    let notebook = reader.notes().notebook();
    let count = |(kind, sign): (Kind, &str)| match notebook.count(kind) {
        0 => String::new(),
        number => format!(" {number}{sign}"),
    };
    let kinds = [
        (Kind::Note, "●"),
        (Kind::Highlight, "▌"),
        (Kind::Bookmark, "⚑"),
    ];
    let counts = match columns < 30 {
        true => String::new(),
        false => kinds.map(count).concat(),
    };
    format!(" {address}{page} {percent}%{counts} ")
}

/// Whether what is selected in the list or shown in the panel needs review.
fn shows_doubt(reader: &Reader) -> bool {
    match reader.layers().top() {
        Some(Layer::AnnotationList(list)) => list
            .current()
            .is_some_and(|item| item.entry.needs_review() && !item.is_draft),
        Some(Layer::NotePanel(panel)) => {
            panel.entry(reader.parts()).is_some_and(Entry::needs_review)
        }
        _ => false,
    }
}

/// As many hints of the nearest context as there is room for: the most important ones, then the
/// help and the way out.
fn hints(reader: &Reader, room: usize) -> String {
    let context = reader.context();
    let has_hint = |command: &Command| {
        let binding = command.row().binding(context);
        binding.is_some_and(|binding| !binding.hint.is_empty())
    };
    let mut wanted: Vec<Command> = command::in_context(context)
        .map(|row| row.command)
        .filter(has_hint)
        .collect();
    match shows_doubt(reader) {
        true => wanted.sort_by_key(|command| !REVIEW.contains(command)),
        false => wanted.retain(|command| !REVIEW.contains(command)),
    }
    let rank = |command: &Command| IMPORTANT.iter().position(|other| other == command);
    if matches!(context, Context::Text | Context::Selecting) {
        wanted.sort_by_key(|command| rank(command).unwrap_or(usize::MAX));
    }
    let mut last = Vec::new();
    if context != Context::Help {
        last.push(Command::Help);
    }
    if matches!(context, Context::Text | Context::Help) {
        last.push(Command::Quit);
    }
    // The first action goes before the way out, which many keys find.
    let order = wanted
        .iter()
        .take(1)
        .chain(&last)
        .chain(wanted.iter().skip(1));
    let mut left = room;
    let mut fits = |command: &&Command| {
        let columns = width::width(&hint(reader, **command, context)) + GAP.len();
        let rest = (left + GAP.len())
            .checked_sub(columns)
            .map(|rest| rest.saturating_sub(GAP.len()));
        left = rest.unwrap_or(left);
        rest.is_some()
    };
    let chosen: Vec<Command> = order.filter(&mut fits).copied().collect();
    let shown = wanted.iter().chain(&last);
    let shown = shown.filter(|command| chosen.contains(command));
    let shown: Vec<String> = shown
        .map(|command| hint(reader, *command, context))
        .collect();
    shown.join(GAP)
}

fn hint(reader: &Reader, command: Command, context: Context) -> String {
    let bindings = context.chain().iter();
    let mut bindings = bindings.filter_map(|context| command.row().binding(*context));
    let picker = reader.layers().top_as::<Picker>();
    let word = match (command, picker) {
        (Command::Quit, _) if context == Context::Help => "close",
        (Command::Accept, Some(picker)) => picker.accept_hint(),
        _ => bindings.next().map_or("", |binding| binding.hint),
    };
    format!("{} {word}", reader.keymap().shown(command, context))
}
