//! The note box and the panel that shows a note in full: a border, the quote, the text.

use super::{Cursor, paint::Canvas};
use crate::{
    notebook::{Entry, Saved, annotation::Annotation},
    reader::{
        Reader,
        layers::{
            note_box::NoteBox,
            note_panel::{NotePanel, quote_rows},
        },
        viewport::frame::Area,
    },
    report::address::Address,
    text::{width, wording},
};

/// Draws the note box; returns where its caret is.
pub fn draw_box(reader: &Reader, note: &NoteBox, canvas: &mut Canvas<'_>) -> Option<Cursor> {
    let title = match note.is_edit() {
        true => "Edit the note",
        false => "New note",
    };
    let area = note.area(reader.parts())?;
    let place = match note.section() {
        Some(section) => Some((Address::of_section(section), section)),
        None => place(reader, note.annotation()),
    };
    let body = draw_frame(reader, area, (note.annotation(), place), title, canvas);
    let (editor, width) = (note.text(), usize::from(body.width).max(1));
    let (line, column) = editor.caret_at(width);
    let first = (line + 1).saturating_sub(usize::from(body.height).max(1));
    let lines = editor.lines(width);
    for (y, soft) in (body.y..body.y + body.height).zip(lines.iter().skip(first)) {
        let text = editor.text().get(soft.start..soft.end).unwrap_or_default();
        let text = text.trim_end_matches('\n');
        canvas.put((body.x, y), text, body.width, canvas.theme.text);
    }
    let (column, row) = (column as u16, (line - first) as u16);
    Some(Cursor {
        x: body.x + column.min(body.width),
        y: body.y + row.min(body.height.saturating_sub(1)),
        is_visible: true,
    })
}

/// Draws the panel; returns where its text begins.
pub fn draw_panel(reader: &Reader, panel: &NotePanel, canvas: &mut Canvas<'_>) -> Option<Cursor> {
    let entry = panel.entry(reader.parts())?;
    let area = panel.area(reader.parts())?;
    let body = draw_frame(
        reader,
        area,
        (&entry.annotation, place(reader, &entry.annotation)),
        &title(panel, entry),
        canvas,
    );
    let lines = panel.lines(reader.parts(), usize::from(body.width));
    for (y, line) in (body.y..body.y + body.height).zip(&lines) {
        canvas.put((body.x, y), line, body.width, canvas.theme.text);
    }
    Some(Cursor::hidden(body.x, body.y))
}

/// `Note, changed 1 of 2`.
fn title(panel: &NotePanel, entry: &Entry) -> String {
    let annotation = &entry.annotation;
    let mut title = wording::capitalized(annotation.kind.name());
    let color = annotation.color.as_ref().map(|color| format!(", {color}"));
    title.push_str(&color.unwrap_or_default());
    if entry.resolution.name() != "exact" {
        title.push_str(&format!(", {}", entry.resolution.name()));
        title.push_str(if entry.is_reviewed { ", reviewed" } else { "" });
    }
    if let (shown, count @ 2..) = panel.number() {
        title.push_str(&format!(" {shown} of {count}"));
    }
    title.push_str(match &entry.saved {
        Saved::Yes => "",
        Saved::Pending => ", saving",
        Saved::Failed(_) => ", NOT SAVED",
        Saved::Vanished => ", FILE VANISHED",
        Saved::Unreadable => ", FILE UNREADABLE",
    });
    if annotation.conflict_of.is_some() {
        title.push_str(", beside another version");
    }
    title
}

/// Draws border, title and quote; returns what is left.
fn draw_frame(
    reader: &Reader,
    area: Area,
    (annotation, place): (&Annotation, Option<Place>),
    title: &str,
    canvas: &mut Canvas<'_>,
) -> Area {
    let theme = canvas.theme;
    canvas.clear(area, theme.text);
    let across = "─".repeat(usize::from(area.width.saturating_sub(2)));
    let right = area.x + area.width.saturating_sub(1);
    let bottom = area.y + area.height.saturating_sub(1);
    let (top, low) = (format!("╭{across}╮"), format!("╰{across}╯"));
    canvas.put((area.x, area.y), &top, area.width, theme.bar);
    canvas.put((area.x, bottom), &low, area.width, theme.bar);
    for y in area.y + 1..bottom {
        canvas.put((area.x, y), "│", 1, theme.bar);
        canvas.put((right, y), "│", 1, theme.bar);
    }
    let title = titled(
        reader,
        title,
        place,
        usize::from(area.width.saturating_sub(4)),
    );
    let end = right.saturating_sub(1);
    canvas.put_cut((area.x + 2, area.y), &title, end, theme.title);
    draw_quote(area.inner(), &annotation.anchor.quote, canvas)
}

/// An address and the section that it is in.
type Place = (Address, usize);

/// Where an annotation stands.
fn place(reader: &Reader, annotation: &Annotation) -> Option<Place> {
    let passage = reader.notes().stands(annotation, reader.report())?;
    Some((Address::of(passage.start()), passage.start().section))
}

/// `New note on 2:5 · Ghana (Tier 2) › Protection`, the path cut from the left.
fn titled(reader: &Reader, title: &str, place: Option<Place>, columns: usize) -> String {
    let Some((address, section)) = place else {
        return format!(" {title} ");
    };
    let report = reader.report();
    let head = format!(" {title} on {} · ", address.number(report));
    let room = columns.saturating_sub(width::width(&head) + 1);
    let path = wording::path(&report.path(section), room);
    format!("{head}{path} ")
}

/// The quote above the text; returns what is left.
fn draw_quote(inner: Area, quote: &str, canvas: &mut Canvas<'_>) -> Area {
    let head = quote_rows(inner.height);
    if head > 0 {
        let quote = format!("“{}”", wording::one_line(quote));
        let right = inner.x + inner.width;
        canvas.put_cut((inner.x, inner.y), &quote, right, canvas.theme.caption);
    }
    Area {
        y: inner.y + head,
        height: inner.height - head,
        ..inner
    }
}
