//! The list of annotations: tabs, filter, one row an annotation, and the selected one in full.

use ratatui::{buffer::Buffer, style::Style};

use super::{Cursor, line, paint, rect, theme::Theme};
use crate::{
    notebook::{
        Saved,
        annotation::{Color, Kind},
        passage,
    },
    reader::{
        Reader,
        frame::Area,
        listing::{Item, List, Order, Tab},
    },
    report::address::Address,
    text::{width, wording, wrap},
};

/// Rows of the tabs and the filter.
const HEAD: u16 = 2;

/// Draws the list over everything but the status line. Returns where the caret of the filter is,
/// else the selected row.
pub fn draw(
    reader: &Reader,
    list: &List,
    area: Area,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Option<Cursor> {
    paint::clear(buffer, rect(area), theme.text);
    draw_tabs(list, area, theme, buffer);
    let cursor = draw_filter(list, area, theme, buffer);
    let (rows, preview) = parts(area);
    let selected = draw_rows(list, rows, theme, buffer);
    if preview > 0 {
        draw_preview(
            reader,
            list,
            Area {
                y: rows.y + rows.height,
                height: preview,
                ..area
            },
            theme,
            buffer,
        );
    }
    cursor.or(selected)
}

/// The rows of the annotations, and how many rows the selected one has below them.
fn parts(area: Area) -> (Area, u16) {
    let below = area.height.saturating_sub(HEAD);
    let preview = if below >= 6 {
        (below / 3).clamp(3, 12)
    } else {
        0
    };
    (
        Area {
            y: area.y + HEAD,
            height: below - preview,
            ..area
        },
        preview,
    )
}

/// The row of the list that is shown first.
fn first_shown(list: &List, rows: u16) -> usize {
    let rows = usize::from(rows).max(1);
    list.selected
        .saturating_sub(rows / 2)
        .min(list.shown.len().saturating_sub(rows))
}

/// How far from the selected one the one is that a row of the screen shows.
pub fn steps_to(list: &List, area: Area, y: u16) -> Option<isize> {
    let (rows, _) = parts(area);
    let row = first_shown(list, rows.height)
        + usize::from(y.checked_sub(rows.y).filter(|row| *row < rows.height)?);
    (row < list.shown.len()).then_some(row as isize - list.selected as isize)
}

/// The tabs with their counts; where not all have room, the first give way to the current one.
fn draw_tabs(list: &List, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let tabs: Vec<(Tab, String)> = Tab::ALL
        .iter()
        .zip(&list.counts)
        .map(|((tab, title), count)| (*tab, format!(" {title} {count} ")))
        .collect();
    let current = tabs
        .iter()
        .position(|(tab, _)| *tab == list.tab)
        .unwrap_or(0);
    let width = |from: usize| -> usize {
        tabs.iter()
            .take(current + 1)
            .skip(from)
            .map(|(_, text)| width::width(text))
            .sum()
    };
    let first = (0..current)
        .find(|&from| width(from) <= usize::from(area.width))
        .unwrap_or(current);
    let (mut x, right) = (area.x, area.x + area.width);
    for (number, (tab, text)) in tabs.iter().enumerate().skip(first) {
        let is_cut = usize::from(x) + width::width(text) > usize::from(right);
        if is_cut && number > current {
            paint::put(
                buffer,
                (right.saturating_sub(1).max(area.x), area.y),
                "›",
                1,
                theme.quiet,
            );
            break;
        }
        let style = if *tab == list.tab {
            theme.selected
        } else {
            theme.text
        };
        x = paint::put(buffer, (x, area.y), text, right.saturating_sub(x), style);
    }
    if first > 0 {
        // Each begins with a blank.
        paint::put(buffer, (area.x, area.y), "‹", 1, theme.quiet);
    }
}

fn draw_filter(list: &List, area: Area, theme: &Theme, buffer: &mut Buffer) -> Option<Cursor> {
    let (y, width) = (area.y + 1, area.width);
    let text = list.filter.text();
    if !list.is_filtering && text.is_empty() {
        let order = if list.order == Order::Date {
            "by date"
        } else {
            "in reading order"
        };
        paint::put(
            buffer,
            (area.x + 1, y),
            order,
            width.saturating_sub(1),
            theme.quiet,
        );
        return None;
    }
    let place = Area {
        x: area.x + 1,
        y,
        width: width.saturating_sub(1),
        height: 1,
    };
    let caret = line::draw_editor("/", &list.filter, place, theme, buffer);
    let end =
        (usize::from(place.x) + 1 + width::width(text)).min(usize::from(area.x + width)) as u16;
    if let Some(complaint) = &list.complaint {
        paint::put(
            buffer,
            (end + 2, y),
            complaint,
            (area.x + width).saturating_sub(end + 2),
            theme.quiet,
        );
    } else if list.is_filtering && text.is_empty() {
        let example = "words  #tag  is:highlight  is:review  section:2  color:green";
        paint::put(
            buffer,
            (end + 2, y),
            example,
            (area.x + width).saturating_sub(end + 2),
            theme.quiet,
        );
    }
    list.is_filtering.then_some(caret)
}

fn draw_rows(list: &List, area: Area, theme: &Theme, buffer: &mut Buffer) -> Option<Cursor> {
    if list.shown.is_empty() {
        let said = match (list.filter.text().is_empty(), list.tab) {
            (false, Tab::All) => "Nothing fits this filter.",
            (false, _) => "Nothing in this tab fits the filter.",
            (true, Tab::All | Tab::Notes | Tab::Highlights | Tab::Bookmarks) => {
                "Nothing here yet: a writes a note, H highlights, m m bookmarks."
            }
            (true, Tab::ToCheck) => {
                "Nothing needs a look: what is changed, unsure or orphaned here is settled."
            }
            (true, Tab::Drafts) => "All that was typed is saved.",
        };
        let width = area.width.saturating_sub(1);
        for (y, line) in
            (area.y..area.y + area.height).zip(wrap::lines(said, usize::from(width), ""))
        {
            paint::put(
                buffer,
                (area.x + 1, y),
                said.get(line.start..line.end).unwrap_or_default(),
                width,
                theme.quiet,
            );
        }
        return None;
    }
    let first = first_shown(list, area.height);
    for (y, row) in (area.y..area.y + area.height).zip(first..list.shown.len()) {
        let Some(item) = list.item(row) else { break };
        let is_selected = row == list.selected;
        draw_row(
            item,
            is_selected,
            list.order,
            Area {
                y,
                height: 1,
                ..area
            },
            theme,
            buffer,
        );
    }
    let y = area.y + (list.selected - first) as u16;
    Some(Cursor::hidden(area.x, y))
}

fn draw_row(
    item: &Item,
    is_selected: bool,
    order: Order,
    area: Area,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let annotation = &item.entry.annotation;
    let base = if is_selected {
        theme.selected
    } else {
        theme.text
    };
    if is_selected {
        paint::clear(buffer, rect(area), base);
    }
    let address = passage(&item.entry).map_or_else(
        || "-".to_owned(),
        |passage| Address::of(passage.start()).to_string(),
    );
    let date = annotation.modified.get(..10).unwrap_or_default();
    let date = if area.width >= 60 || order == Order::Date {
        format!(" {date}")
    } else {
        String::new()
    };
    let color = if annotation.kind == Kind::Highlight {
        Color::named(annotation.color.as_deref().unwrap_or_default()).letter()
    } else {
        ' '
    };
    let head = format!(
        "{}{}{color}{address:>6} ",
        if is_selected { "▸" } else { " " },
        sign(item)
    );
    let x = paint::put(buffer, (area.x, area.y), &head, area.width, base);
    let room = usize::from((area.x + area.width).saturating_sub(x))
        .saturating_sub(width::width(&date) + 1);
    let quote = format!("“{}”", wording::one_line(&annotation.anchor.quote));
    let note = wording::one_line(&annotation.text);
    let x = if note.is_empty() {
        paint::put(
            buffer,
            (x, area.y),
            &wording::cut(&quote, room),
            room as u16,
            base,
        )
    } else {
        let after = paint::put(
            buffer,
            (x, area.y),
            &wording::cut(&note, room),
            room as u16,
            base,
        );
        let left = room.saturating_sub(usize::from(after - x) + 2);
        let style = if is_selected { base } else { theme.quiet };
        if left > 8 {
            paint::put(
                buffer,
                (after + 2, area.y),
                &wording::cut(&quote, left),
                left as u16,
                style,
            )
        } else {
            after
        }
    };
    let at = (area.x + area.width)
        .saturating_sub(width::width(&date) as u16 + 1)
        .max(x);
    paint::put(
        buffer,
        (at, area.y),
        &date,
        area.width,
        if is_selected { base } else { theme.quiet },
    );
}

/// The sign of its kind, or of doubt.
fn sign(item: &Item) -> String {
    let annotation = &item.entry.annotation;
    match item.entry.resolution.name() {
        _ if item.is_draft => "…".into(),
        "moved" | "changed" => "~".into(),
        "unsure" => "?".into(),
        "orphaned" => "✗".into(),
        _ => match annotation.kind {
            Kind::Note => "●".into(),
            Kind::Highlight => "▌".into(),
            Kind::Bookmark => annotation.letter.map_or_else(|| "⚑".into(), String::from),
        },
    }
}

/// What the selected item is, its quote and its text.
fn draw_preview(reader: &Reader, list: &List, area: Area, theme: &Theme, buffer: &mut Buffer) {
    paint::put(
        buffer,
        (area.x, area.y),
        &"─".repeat(usize::from(area.width)),
        area.width,
        theme.quiet,
    );
    let Some(item) = list.current() else { return };
    paint::put(
        buffer,
        (area.x + 1, area.y),
        &format!(
            " {} ",
            wording::cut(&about(reader, item), usize::from(area.width) - 4)
        ),
        area.width,
        theme.quiet,
    );
    let width = usize::from(area.width.saturating_sub(2)).min(100);
    let mut y = area.y + 1;
    let bottom = area.y + area.height;
    let annotation = &item.entry.annotation;
    if let Some(became) = reader
        .what_became_in_short(&item.entry)
        .filter(|_| !item.is_draft)
    {
        // What changed is what one looks for here; the note itself is told in its row.
        put_lines(
            &annotation.text,
            (area.x + 1, &mut y, bottom),
            (width, usize::from(area.height / 3)),
            theme.text,
            buffer,
        );
        return put_lines(
            &became,
            (area.x + 1, &mut y, bottom),
            (width, usize::from(area.height)),
            theme.caption,
            buffer,
        );
    }
    let quote = format!("“{}”", wording::one_line(&annotation.anchor.quote));
    let quoted = if annotation.text.is_empty() {
        usize::from(area.height)
    } else {
        usize::from(area.height / 3).max(1)
    };
    put_lines(
        &quote,
        (area.x + 1, &mut y, bottom),
        (width, quoted),
        theme.caption,
        buffer,
    );
    put_lines(
        &annotation.text,
        (area.x + 1, &mut y, bottom),
        (width, usize::from(area.height)),
        theme.text,
        buffer,
    );
}

/// Puts text in lines of a width, at most so many, and moves `y` below them.
fn put_lines(
    text: &str,
    place: (u16, &mut u16, u16),
    size: (usize, usize),
    style: Style,
    buffer: &mut Buffer,
) {
    let (x, y, bottom) = place;
    let lines = if text.is_empty() {
        Vec::new()
    } else {
        wrap::lines(text, size.0, "")
    };
    for (index, line) in lines.iter().take(size.1).enumerate() {
        if *y >= bottom {
            return;
        }
        let words = text
            .get(line.start..line.end)
            .unwrap_or_default()
            .trim_end();
        let is_cut = index + 1 == size.1 && lines.len() > size.1;
        let words = if is_cut {
            wording::cut(&format!("{words} …"), size.0)
        } else {
            words.to_owned()
        };
        paint::put(buffer, (x, *y), &words, size.0 as u16, style);
        *y += 1;
    }
}

/// `Highlight, green, on 2:5, Message From the Secretary of State`.
fn about(reader: &Reader, item: &Item) -> String {
    let annotation = &item.entry.annotation;
    let kind = if item.is_draft {
        "draft"
    } else {
        annotation.kind.name()
    };
    let mut parts = vec![format!(
        "{}{}",
        kind.get(..1).unwrap_or_default().to_uppercase(),
        kind.get(1..).unwrap_or_default()
    )];
    parts.extend(annotation.color.clone());
    parts.extend(
        Some(item.entry.resolution.name())
            .filter(|name| *name != "exact")
            .map(str::to_owned),
    );
    parts.extend(item.entry.is_reviewed.then(|| "settled".to_owned()));
    match passage(&item.entry) {
        Some(passage) => {
            let section = reader
                .report
                .sections
                .get(passage.start().section)
                .map_or("", |section| section.title.as_str());
            parts.push(format!("on {}", Address::of(passage.start())));
            parts.push(section.to_owned());
        }
        None => parts.push("its passage is not in this edition".into()),
    }
    match &item.entry.saved {
        Saved::Failed(_) => parts.push("NOT SAVED".into()),
        Saved::Vanished => parts.push("its file has vanished".into()),
        Saved::Unreadable => parts.push("its file cannot be read".into()),
        Saved::Yes | Saved::Pending => {}
    }
    if annotation.conflict_of.is_some() {
        parts.push("beside another's version".into());
    }
    parts.join(", ")
}
