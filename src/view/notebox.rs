//! The note box and the panel that shows a note in full: a border, the quote, the text.

use ratatui::buffer::Buffer;

use super::{Cursor, paint, rect, theme::Theme};
use crate::{
    notebook::{Saved, annotation::Annotation},
    reader::{Reader, boxing::quote_rows, frame::Area, noting::NoteBox, overlay::Panel},
    report::address::Address,
    text::wording,
};

pub fn draw_box(
    reader: &Reader,
    note: &NoteBox,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<Cursor> {
    let area = reader.note_box_area()?;
    let title = if note.old.is_some() {
        "Edit the note"
    } else {
        "New note"
    };
    let inner = draw_border(reader, area, &note.annotation, title, theme, buffer);
    let body = draw_quote(inner, &note.annotation.anchor.quote, theme, buffer);
    let width = usize::from(inner.width).max(1);
    let (line, column) = note.editor.caret_at(width);
    let rows = usize::from(body.height).max(1);
    let first = (line + 1).saturating_sub(rows);
    let text = note.editor.text();
    for (y, soft) in (body.y..body.y + body.height).zip(note.editor.lines(width).iter().skip(first))
    {
        paint::put(
            buffer,
            (body.x, y),
            text.get(soft.start..soft.end)
                .unwrap_or_default()
                .trim_end_matches('\n'),
            body.width,
            theme.text,
        );
    }
    let x = body.x + u16::try_from(column).unwrap_or(0).min(body.width);
    let y = body.y
        + u16::try_from(line - first)
            .unwrap_or(0)
            .min(body.height.saturating_sub(1));
    Some(Cursor {
        x,
        y,
        is_visible: true,
    })
}

/// Draws the panel; returns where its text begins.
pub fn draw_panel(
    reader: &Reader,
    panel: &Panel,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<Cursor> {
    let (area, entry) = (reader.note_box_area()?, reader.panel_entry()?);
    let name = entry.annotation.kind.name();
    let of = if panel.ids.len() > 1 {
        format!(" {} of {}", panel.shown + 1, panel.ids.len())
    } else {
        String::new()
    };
    let state = match &entry.saved {
        Saved::Yes => "",
        Saved::Pending => ", saving",
        Saved::Failed(_) => ", NOT SAVED",
        Saved::Vanished => ", FILE VANISHED",
        Saved::Unreadable => ", FILE UNREADABLE",
    };
    let conflict = if entry.annotation.conflict_of.is_some() {
        ", beside another's version"
    } else {
        ""
    };
    let doubt = match entry.resolution.name() {
        "exact" => String::new(),
        name => format!(
            ", {name}{}",
            if entry.is_reviewed { ", settled" } else { "" }
        ),
    };
    let color = entry
        .annotation
        .color
        .as_ref()
        .map(|color| format!(", {color}"))
        .unwrap_or_default();
    let title = format!(
        "{}{}{color}{doubt}{of}{state}{conflict}",
        name.get(..1).unwrap_or_default().to_uppercase(),
        name.get(1..).unwrap_or_default()
    );
    let inner = draw_border(reader, area, &entry.annotation, &title, theme, buffer);
    let body = draw_quote(inner, &entry.annotation.anchor.quote, theme, buffer);
    let lines = reader.panel_lines(usize::from(inner.width));
    for (y, line) in (body.y..body.y + body.height).zip(lines.iter().skip(panel.scroll)) {
        paint::put(buffer, (body.x, y), line, body.width, theme.text);
    }
    Some(Cursor::hidden(body.x, body.y))
}

fn draw_border(
    reader: &Reader,
    area: Area,
    annotation: &Annotation,
    title: &str,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Area {
    paint::clear(buffer, rect(area), theme.text);
    let address = reader
        .stands(annotation)
        .map(|passage| format!(" on {}", Address::of(passage.start())));
    let title = format!(" {title}{} ", address.unwrap_or_default());
    let across = usize::from(area.width.saturating_sub(2));
    let (right, bottom) = (
        area.x + area.width.saturating_sub(1),
        area.y + area.height.saturating_sub(1),
    );
    paint::put(
        buffer,
        (area.x, area.y),
        &format!("┌{}┐", "─".repeat(across)),
        area.width,
        theme.quiet,
    );
    paint::put(
        buffer,
        (area.x, bottom),
        &format!("└{}┘", "─".repeat(across)),
        area.width,
        theme.quiet,
    );
    for y in area.y + 1..bottom {
        paint::put(buffer, (area.x, y), "│", 1, theme.quiet);
        paint::put(buffer, (right, y), "│", 1, theme.quiet);
    }
    paint::put(
        buffer,
        (area.x + 2, area.y),
        &wording::cut(&title, across.saturating_sub(2)),
        area.width,
        theme.title,
    );
    area.inner()
}

/// The quote above the text; returns what is left.
fn draw_quote(inner: Area, quote: &str, theme: &Theme, buffer: &mut Buffer) -> Area {
    let head = quote_rows(inner.height);
    if head > 0 {
        let quote = wording::cut(
            &format!("“{}”", wording::one_line(quote)),
            usize::from(inner.width),
        );
        paint::put(
            buffer,
            (inner.x, inner.y),
            &quote,
            inner.width,
            theme.caption,
        );
    }
    Area {
        y: inner.y + head,
        height: inner.height - head,
        ..inner
    }
}
