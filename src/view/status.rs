//! The status line: where the cursor is, what was just done, and the keys that matter here.

use ratatui::style::Style;

use super::paint::{Canvas, row};
use crate::{
    command::{self, Command, Context},
    notebook::{Entry, annotation::Kind},
    reader::{
        Reader,
        layers::{Layer, note_panel::NotePanel, picker::Picker},
        viewport::frame::Area,
    },
    report::address::Address,
    text::{width, wording, wrap},
};

/// Windows of fewer columns show the keys of a list and not the address.
const NARROW: usize = 60;
/// Rows that a message takes at the most.
const MOST_ROWS: usize = 4;
/// What reviews an annotation: shown first where one needs review, and nowhere else.
const REVIEW: [Command; 3] = [
    Command::AcceptPosition,
    Command::ChoosePosition,
    Command::MarkOrphaned,
];
/// Columns of a note that are worth showing beside the keys.
const LEAST_NOTE: usize = 10;

pub fn draw(reader: &Reader, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    canvas.clear(area, theme.line);
    let (at, right) = ((area.x, area.y), area.x + area.width);
    let place = place(reader, usize::from(area.width));
    let x = canvas.put(at, &place, area.width, theme.line);
    if let Some(said) = said(reader, canvas) {
        return draw_message(&said, (area, x), canvas);
    }
    let pending = reader.pending();
    if !pending.is_empty() {
        return draw_at_right(&pending, (area, x), canvas);
    }
    if let Some(hint) = reader.placing_hint() {
        canvas.put_cut((x, area.y), &hint, right.saturating_sub(1), theme.message);
    } else if let Some(note) = note_here(reader) {
        draw_note(reader, &note, (area, x), canvas);
    } else {
        let room = usize::from(right.saturating_sub(x + 2));
        draw_at_right(&hints(reader, room), (area, x), canvas);
    }
}

fn draw_at_right(text: &str, (area, x): (Area, u16), canvas: &mut Canvas<'_>) {
    let right = area.x + area.width;
    let start = right.saturating_sub(width::width(text) as u16 + 1).max(x);
    let room = right.saturating_sub(start);
    canvas.put((start, area.y), text, room, canvas.theme.line);
}

/// A note beside the key that reads or reviews it; in a narrow window the note goes before the keys.
fn draw_note(reader: &Reader, note: &NoteHere, (area, x): (Area, u16), canvas: &mut Canvas<'_>) {
    let (command, does) = match note.needs_review {
        true => (Command::Review, "reviews it"),
        false => (Command::Accept, "reads it"),
    };
    let key = reader.keymap().shown(command, Context::Text);
    let read = format!(
        "{key} {does}  {}",
        hint(reader, Command::Help, Context::Text)
    );
    let (right, theme) = (area.x + area.width, canvas.theme);
    let end = right.saturating_sub(width::width(&read) as u16 + 4);
    if usize::from(end.saturating_sub(x)) < LEAST_NOTE {
        canvas.put_cut((x, area.y), &note.text, right, theme.message);
        return;
    }
    let after = canvas.put_cut((x, area.y), &note.text, end, theme.message);
    let room = right.saturating_sub(after + 2);
    canvas.put((after + 2, area.y), &read, room, theme.line);
}

/// What is said, how, and whether it takes the rows that it needs.
type Said = (String, Style, bool);

/// What is said now: of what was just done, else of what is not saved.
fn said(reader: &Reader, canvas: &Canvas<'_>) -> Option<Said> {
    let in_note = reader.layers().top_as::<NotePanel>().is_some();
    match (reader.notes().unsaved(), reader.messages().current()) {
        (_, Some(message)) if message.text.is_empty() => None,
        (_, Some(message)) => {
            let style = match message.is_warning {
                true => canvas.theme.warning,
                false => canvas.theme.message,
            };
            Some((message.text.clone(), style, message.is_whole || in_note))
        }
        (Some(reason), None) => {
            let text = format!("NOT SAVED, retrying: {reason}");
            Some((text, canvas.theme.warning, true))
        }
        (None, None) => None,
    }
}

/// A message at column `x`, beside the address. Where it has no room there, it takes that too; one
/// that has to be read whole and for which that is not enough either gets the rows that it needs.
fn draw_message((text, style, is_whole): &Said, (area, x): (Area, u16), canvas: &mut Canvas<'_>) {
    let (width, right) = (width::width(text), area.x + area.width);
    if width > usize::from(area.width) && *is_whole {
        return draw_rows(text, area, *style, canvas);
    }
    let has_room = width < usize::from(right.saturating_sub(x));
    let x = if has_room { x } else { area.x };
    if !has_room {
        canvas.clear(area, canvas.theme.line);
    }
    canvas.put_cut((x, area.y), text, right, *style);
}

/// A long message on several rows, the last one the status line.
fn draw_rows(text: &str, area: Area, style: Style, canvas: &mut Canvas<'_>) {
    let lines = wrap::lines(text, usize::from(area.width), "");
    let count = lines.len().min(MOST_ROWS).min(usize::from(area.y) + 1);
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

/// What is noted on the paragraph at the cursor.
struct NoteHere {
    /// The first note and how many more there are, in a line.
    text: String,
    needs_review: bool,
}

/// The first note on the paragraph at the cursor, where no notes stand beside the text.
fn note_here(reader: &Reader) -> Option<NoteHere> {
    let has_margin = reader.viewport().frame()?.margin.is_some();
    if has_margin || reader.context() != Context::Text {
        return None;
    }
    let here = reader
        .notes()
        .notebook()
        .in_block(reader.viewport().cursor());
    let mut notes = here.filter(|entry| !entry.annotation.text.is_empty());
    let first = notes.next()?;
    let words = wording::one_line(&first.annotation.text);
    Some(NoteHere {
        text: match notes.count() {
            0 => format!("● {words}"),
            more => format!("●+{more} {words}"),
        },
        needs_review: first.needs_review(),
    })
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
            let source = shown.source(viewport.cursor()).unwrap_or_default();
            (source, viewport.percent())
        }
        _ => (reader.viewport().cursor(), reader.viewport().percent()),
    };
    let address = Address::of(at);
    let name = address.name(reader.report());
    let address = match width::width(&name) <= columns / 4 {
        true => name,
        false => address.number(reader.report()),
    };
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

/// As many hints of the nearest context as there is room for; the help and the way out first.
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
    if context != Context::Help {
        wanted.push(Command::Help);
    }
    if matches!(context, Context::Text | Context::Help) {
        wanted.push(Command::Quit);
    }
    let mut chosen: Vec<String> = wanted
        .iter()
        .map(|command| hint(reader, *command, context))
        .collect();
    // The last ones, help and quit, stay; the rest gives way from its end.
    let stay = if context == Context::Text { 3 } else { 2 };
    while width::width(&chosen.join("  ")) > room && chosen.len() > 1 {
        let at = chosen.len().saturating_sub(stay).min(chosen.len() - 1);
        chosen.remove(at);
    }
    let text = chosen.join("  ");
    match width::width(&text) > room {
        true => String::new(),
        false => text,
    }
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
