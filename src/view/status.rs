//! The status line: where one is, what was just done, and the keys that matter here.

use ratatui::{buffer::Buffer, style::Style};

use super::{paint, rect, theme::Theme};
use crate::{
    command::{Command, Context, TABLE},
    notebook::annotation::Kind,
    reader::{Reader, frame::Area, overlay::Overlay},
    report::address::Address,
    text::{width, wording, wrap},
};

/// Windows of fewer columns show the keys of a list and not the place.
const NARROW: usize = 60;
/// Rows that a message takes at the most.
const MOST_ROWS: usize = 4;
/// What settles where an annotation stands: told first where one needs a look, and nowhere else.
const SETTLING: [Command; 6] = [
    Command::ListAccept,
    Command::ListPick,
    Command::ListOrphan,
    Command::PanelAccept,
    Command::PanelPick,
    Command::PanelOrphan,
];
/// Columns of a note that are worth showing beside the keys.
const LEAST_NOTE: usize = 10;

pub fn draw(reader: &Reader, area: Area, theme: &Theme, buffer: &mut Buffer) {
    paint::clear(buffer, rect(area), theme.line);
    let width = usize::from(area.width);
    let place = match &reader.overlay {
        Some(Overlay::Comparison(comparison)) => format!(" {} ", comparison.place()),
        Some(Overlay::Waiting(_)) => String::new(),
        // Where one is in the text is of less use in a list than its keys.
        Some(Overlay::List(_)) if width < NARROW => String::from(" "),
        _ => place(reader, width),
    };
    let x = paint::put(buffer, (area.x, area.y), &place, area.width, theme.line);
    let room = |x: u16| usize::from((area.x + area.width).saturating_sub(x));
    if let Some(said) = said(reader, theme) {
        return draw_message(&said, (area, x), theme, buffer);
    }
    let pending = pending(reader);
    if let Some(hint) = reader
        .placing_hint()
        .filter(|_| pending.is_empty() && reader.overlay.is_none())
    {
        let hint = wording::cut(&hint, room(x).saturating_sub(1));
        paint::put(buffer, (x, area.y), &hint, area.width, theme.message);
        return;
    }
    if let Some(note) = note_here(reader).filter(|_| pending.is_empty()) {
        let read = format!(
            "{} reads it  {}",
            reader.keymap.shown(Command::ReadNote),
            hint(reader, Command::Help)
        );
        let left = room(x).saturating_sub(width::width(&read) + 4);
        // In a narrow window the note goes before the keys.
        let (read, left) = if left < LEAST_NOTE {
            (String::new(), room(x))
        } else {
            (read, left)
        };
        let end = paint::put(
            buffer,
            (x, area.y),
            &wording::cut(&note, left),
            left as u16,
            theme.message,
        );
        paint::put(
            buffer,
            (end + 2, area.y),
            &read,
            room(end + 2) as u16,
            theme.line,
        );
        return;
    }
    let hints = if pending.is_empty() {
        hints(reader, room(x).saturating_sub(2))
    } else {
        pending
    };
    let start = (area.x + area.width)
        .saturating_sub(width::width(&hints) as u16 + 1)
        .max(x);
    paint::put(
        buffer,
        (start, area.y),
        &hints,
        room(start) as u16,
        theme.line,
    );
}

/// What is said, how, and whether it takes the rows that it needs.
type Telling = (String, Style, bool);

/// What is said now: of what was just done, else of what is not saved.
fn said(reader: &Reader, theme: &Theme) -> Option<Telling> {
    let in_note = matches!(reader.overlay, Some(Overlay::Panel(_)));
    match (reader.unsaved(), &reader.message) {
        (_, Some(message)) if message.text.is_empty() => None,
        (_, Some(message)) => {
            let style = if message.is_warning {
                theme.warning
            } else {
                theme.message
            };
            Some((message.text.clone(), style, message.is_whole || in_note))
        }
        (Some(reason), None) => Some((
            format!("NOT SAVED, trying again: {reason}"),
            theme.warning,
            true,
        )),
        (None, None) => None,
    }
}

/// A message at column `x`, beside the place. Where it has no room there, it takes the place's; one
/// that is to be read whole and for which that is not enough either gets the rows that it needs.
fn draw_message(
    (text, style, is_whole): &Telling,
    (area, mut x): (Area, u16),
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let room = |x: u16| usize::from((area.x + area.width).saturating_sub(x));
    if width::width(text) > usize::from(area.width) && *is_whole {
        return draw_rows(text, area, theme, *style, buffer);
    }
    if width::width(text) > room(x).saturating_sub(1) {
        x = area.x;
        paint::clear(buffer, rect(area), theme.line);
    }
    paint::put(
        buffer,
        (x, area.y),
        &wording::cut(text, room(x)),
        area.width,
        *style,
    );
}

/// A long message on several rows, the last one the status line.
fn draw_rows(text: &str, area: Area, theme: &Theme, style: Style, buffer: &mut Buffer) {
    let lines = wrap::lines(text, usize::from(area.width), "");
    let count = lines.len().min(MOST_ROWS).min(usize::from(area.y) + 1);
    let top = area.y + 1 - count as u16;
    for (index, (y, line)) in (top..).zip(lines.iter().take(count)).enumerate() {
        paint::clear(buffer, rect(Area { y, ..area }), theme.line);
        let rest = text.get(line.start..).unwrap_or_default();
        let words = if index + 1 == count {
            rest
        } else {
            text.get(line.start..line.end).unwrap_or_default()
        };
        paint::put(
            buffer,
            (area.x, y),
            &wording::cut(words.trim_end(), usize::from(area.width)),
            area.width,
            style,
        );
    }
}

/// The first note on the paragraph at the cursor and how many more there are, where no notes
/// stand beside the text.
fn note_here(reader: &Reader) -> Option<String> {
    let has_margin = reader
        .frame
        .as_ref()
        .is_some_and(|frame| frame.margin.is_some());
    if has_margin || reader.context() != Context::Reading {
        return None;
    }
    let mut notes = reader
        .notebook
        .in_block(reader.screen.cursor)
        .filter(|entry| !entry.annotation.text.is_empty());
    let first = wording::one_line(&notes.next()?.annotation.text);
    let more = notes.count();
    Some(if more > 0 {
        format!("●+{more} {first}")
    } else {
        format!("● {first}")
    })
}

/// Address, percent and counts.
fn place(reader: &Reader, width: usize) -> String {
    let address = Address::of(reader.screen.cursor);
    let percent = reader.percent();
    let count = |kind: Kind, sign: &str| match reader.notebook.count(kind) {
        0 => String::new(),
        number => format!(" {number}{sign}"),
    };
    let counts = if width < 30 {
        String::new()
    } else {
        [
            count(Kind::Note, "●"),
            count(Kind::Highlight, "▌"),
            count(Kind::Bookmark, "⚑"),
        ]
        .concat()
    };
    format!(" {address} {percent}%{counts} ")
}

/// Keys typed that are no command yet.
fn pending(reader: &Reader) -> String {
    let count = reader
        .typed
        .count
        .map(|count| count.to_string())
        .unwrap_or_default();
    let keys: Vec<String> = reader.typed.keys.iter().map(ToString::to_string).collect();
    format!("{count}{}", keys.join(" "))
}

/// As many hints of the nearest context as there is room for; the help and the way out first.
fn hints(reader: &Reader, room: usize) -> String {
    let context = reader.context();
    let help = if context.is_typing() {
        Command::TypingHelp
    } else {
        Command::Help
    };
    let mut wanted: Vec<Command> = TABLE
        .iter()
        .filter(|row| row.context == context && !row.hint.is_empty())
        .map(|row| row.command)
        .collect();
    if reader.shows_doubt() {
        wanted.sort_by_key(|command| !SETTLING.contains(command));
    } else {
        wanted.retain(|command| !SETTLING.contains(command));
    }
    wanted.push(help);
    if matches!(context, Context::Reading | Context::Help) {
        wanted.push(Command::Quit);
    }
    wanted.retain(|command| context != Context::Help || *command != Command::Help);
    let mut chosen: Vec<String> = wanted
        .iter()
        .map(|command| hint(reader, *command))
        .collect();
    // The last two, help and quit, stay; the rest gives way from its end.
    while width::width(&chosen.join("  ")) > room && chosen.len() > 1 {
        let keep = if context == Context::Reading { 3 } else { 2 };
        let at = chosen.len().saturating_sub(keep).min(chosen.len() - 1);
        chosen.remove(at);
    }
    let text = chosen.join("  ");
    if width::width(&text) > room {
        String::new()
    } else {
        text
    }
}

fn hint(reader: &Reader, command: Command) -> String {
    let word = if command == Command::Quit && reader.context() == Context::Help {
        "close"
    } else {
        command.row().hint
    };
    format!("{} {word}", reader.keymap.shown(command))
}
