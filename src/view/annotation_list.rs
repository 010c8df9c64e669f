//! The list of annotations: tabs, filter, one row an annotation, and the selected one in full.

use super::{
    Cursor,
    command_line::draw_editor,
    paint::{Canvas, row},
};
use crate::{
    notebook::{
        Saved,
        annotation::{Color, Kind},
        passage,
    },
    reader::{
        Reader,
        layers::annotation_list::{AnnotationList, Item, Order, Tab},
        viewport::frame::Area,
        what_became_in_short,
    },
    report::{Report, address::Address},
    text::{width, wording},
};

/// Columns of text in the preview at the most.
const WIDEST: u16 = 100;
/// Windows of fewer columns show no paths in the rows.
const PATHS_FROM: u16 = 60;
/// Windows of fewer columns show no dates but in their order.
const DATES_FROM: u16 = 60;

/// Draws the list over everything but the status line. Returns where the caret of the filter is,
/// else the selected row.
pub fn draw(
    reader: &Reader,
    list: &AnnotationList,
    area: Area,
    canvas: &mut Canvas<'_>,
) -> Option<Cursor> {
    canvas.clear(area, canvas.theme.text);
    draw_tabs(list, area, canvas);
    let cursor = draw_filter(list, area, canvas);
    let (rows, preview) = AnnotationList::areas(area);
    let selected = draw_rows(reader, list, rows, canvas);
    if preview > 0 {
        let area = Area {
            y: rows.y + rows.height,
            height: preview,
            ..area
        };
        draw_preview(reader, list, area, canvas);
    }
    cursor.or(selected)
}

/// The row of the list that is shown first.
fn first_shown(list: &AnnotationList, rows: u16) -> usize {
    let rows = usize::from(rows).max(1);
    list.selected()
        .saturating_sub(rows / 2)
        .min(list.count().saturating_sub(rows))
}

/// How far from the selected one the one is that a row of the screen shows.
pub fn steps_to(list: &AnnotationList, area: Area, y: u16) -> Option<isize> {
    let (rows, _) = AnnotationList::areas(area);
    let at = y.checked_sub(rows.y).filter(|row| *row < rows.height)?;
    let row = first_shown(list, rows.height) + usize::from(at);
    (row < list.count()).then_some(row as isize - list.selected() as isize)
}

/// The tabs with their counts; where not all have room, the first give way to the current one.
fn draw_tabs(list: &AnnotationList, area: Area, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let tabs: Vec<(Tab, String)> = Tab::ALL
        .iter()
        .zip(list.counts())
        .map(|((tab, title), count)| (*tab, format!(" {title} {count} ")))
        .collect();
    let current = tabs.iter().position(|(tab, _)| *tab == list.tab());
    let current = current.unwrap_or(0);
    let fits = |from: &usize| {
        let shown = tabs.iter().take(current + 1).skip(*from);
        let width: usize = shown.map(|(_, text)| width::width(text)).sum();
        width <= usize::from(area.width)
    };
    let first = (0..current).find(fits).unwrap_or(current);
    let (mut x, right) = (area.x, area.x + area.width);
    for (number, (tab, text)) in tabs.iter().enumerate().skip(first) {
        let is_cut = usize::from(x) + width::width(text) > usize::from(right);
        if is_cut && number > current {
            let last = right.saturating_sub(1).max(area.x);
            canvas.put((last, area.y), "›", 1, theme.quiet);
            break;
        }
        let style = match *tab == list.tab() {
            true => theme.selected,
            false => theme.text,
        };
        x = canvas.put((x, area.y), text, right.saturating_sub(x), style);
    }
    if first > 0 {
        // Each begins with a blank.
        canvas.put((area.x, area.y), "‹", 1, theme.quiet);
    }
}

fn draw_filter(list: &AnnotationList, area: Area, canvas: &mut Canvas<'_>) -> Option<Cursor> {
    let (text, theme, right) = (list.filter().text(), canvas.theme, area.x + area.width);
    let line = Area {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(1),
        height: 1,
    };
    if !list.is_filtering() && text.is_empty() {
        let order = match list.order() {
            Order::Date => "by date",
            Order::Position => "in reading order",
        };
        canvas.put((line.x, line.y), order, line.width, theme.quiet);
        return None;
    }
    let caret = draw_editor("/", list.filter(), line, canvas);
    let end = line.x + 1 + u16::try_from(width::width(text)).unwrap_or(u16::MAX / 2);
    let example = "words  #tag  is:highlight  is:review  section:2  color:green";
    let beside = match list.complaint() {
        None if list.is_filtering() && text.is_empty() => example,
        complaint => complaint.unwrap_or_default(),
    };
    let room = right.saturating_sub(end + 2);
    canvas.put((end + 2, line.y), beside, room, theme.quiet);
    list.is_filtering().then_some(caret)
}

/// What is said of an empty list.
fn emptiness(list: &AnnotationList) -> &'static str {
    match (list.filter().text().is_empty(), list.tab()) {
        (false, Tab::All) => "Nothing fits this filter.",
        (false, _) => "Nothing in this tab fits the filter.",
        (true, Tab::ToReview) => "Nothing to review in this edition.",
        (true, Tab::Drafts) => "All that was typed is saved.",
        (true, _) => "Nothing here yet: a writes a note, H highlights, m m bookmarks.",
    }
}

fn draw_rows(
    reader: &Reader,
    list: &AnnotationList,
    area: Area,
    canvas: &mut Canvas<'_>,
) -> Option<Cursor> {
    if list.count() == 0 {
        let inner = Area {
            x: area.x + 1,
            width: area.width.saturating_sub(1),
            ..area
        };
        canvas.put_lines(inner, emptiness(list), canvas.theme.quiet);
        return None;
    }
    let first = first_shown(list, area.height);
    for (y, index) in (area.y..area.y + area.height).zip(first..list.count()) {
        if let Some(item) = list.item(index) {
            draw_row(
                (reader, list),
                item,
                index == list.selected(),
                row(area, y),
                canvas,
            );
        }
    }
    let y = area.y + (list.selected() - first) as u16;
    Some(Cursor::hidden(area.x, y))
}

/// The path of an item's section, where the report is nested and there is room for it.
fn path_of(item: &Item, report: &Report, columns: u16) -> String {
    let passage = passage(&item.entry).filter(|_| report.outline().is_nested());
    let Some(at) = passage.filter(|_| columns >= PATHS_FROM) else {
        return String::new();
    };
    let room = usize::from(columns) * 2 / 5;
    let path = wording::path(&report.path(at.start().section), room);
    format!("{path}  ")
}

/// Sign, address, path, note, quote and date.
fn draw_row(
    (reader, list): (&Reader, &AnnotationList),
    item: &Item,
    is_selected: bool,
    area: Area,
    canvas: &mut Canvas<'_>,
) {
    let (annotation, theme) = (&item.entry.annotation, canvas.theme);
    let (base, quiet) = match is_selected {
        true => (theme.selected, theme.selected),
        false => (theme.text, theme.quiet),
    };
    canvas.clear(area, base);
    let date = match area.width >= DATES_FROM || list.order() == Order::Date {
        true => annotation.modified.get(..10).unwrap_or_default(),
        false => "",
    };
    let right = area.x + area.width;
    let end = right.saturating_sub(date.len() as u16 + 1 + u16::from(!date.is_empty()));
    let cursor = if is_selected { "▸" } else { " " };
    let head = format!("{cursor}{} ", head_of(item, reader.report()));
    let mut x = canvas.put((area.x, area.y), &head, area.width, base);
    let path = path_of(item, reader.report(), area.width);
    x = canvas.put((x, area.y), &path, end.saturating_sub(x), quiet);
    let quote = format!("“{}”", wording::one_line(&annotation.anchor.quote));
    let note = wording::one_line(&annotation.text);
    if note.is_empty() {
        x = canvas.put_cut((x, area.y), &quote, end, base);
    } else {
        x = canvas.put_cut((x, area.y), &note, end, base);
        if end.saturating_sub(x + 2) > 8 {
            x = canvas.put_cut((x + 2, area.y), &quote, end, quiet);
        }
    }
    let at = right.saturating_sub(date.len() as u16 + 1).max(x);
    canvas.put((at, area.y), date, area.width, quiet);
}

/// Sign, colour and address of an item.
fn head_of(item: &Item, report: &Report) -> String {
    let annotation = &item.entry.annotation;
    let passage = passage(&item.entry);
    let address = passage.map_or("-".into(), |at| Address::of(at.start()).number(report));
    let color = match annotation.kind {
        Kind::Highlight => Color::named(annotation.color.as_deref().unwrap_or_default()).letter(),
        Kind::Note | Kind::Bookmark => ' ',
    };
    let sign = match item.entry.resolution.name() {
        _ if item.is_draft => '…',
        "moved" | "changed" => '~',
        "unsure" => '?',
        "orphaned" => '✗',
        _ => match annotation.kind {
            Kind::Note => '●',
            Kind::Highlight => '▌',
            Kind::Bookmark => annotation.letter.unwrap_or('⚑'),
        },
    };
    format!("{sign}{color}{address:>6}")
}

/// What the selected item is, its quote and its text.
fn draw_preview(reader: &Reader, list: &AnnotationList, area: Area, canvas: &mut Canvas<'_>) {
    canvas.rule(area);
    let Some(item) = list.current() else { return };
    let theme = canvas.theme;
    let about = wording::cut(
        &about(reader, item),
        usize::from(area.width.saturating_sub(4)),
    );
    let at = (area.x + 1, area.y);
    canvas.put(at, &format!(" {about} "), area.width, theme.quiet);
    let annotation = &item.entry.annotation;
    let became = what_became_in_short(&item.entry, reader.report()).filter(|_| !item.is_draft);
    let quote = format!("“{}”", wording::one_line(&annotation.anchor.quote));
    let text = annotation.text.as_str();
    // A part above the last one has a third of the height.
    let parts = match (&became, text) {
        // What changed is what one looks for here; the note itself is in its row.
        (Some(became), text) => [(text, theme.text), (became.as_str(), theme.caption)],
        (None, "") => [("", theme.text), (quote.as_str(), theme.caption)],
        (None, text) => [(quote.as_str(), theme.caption), (text, theme.text)],
    };
    let mut inner = Area {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2).min(WIDEST),
        height: area.height.saturating_sub(1),
    };
    for (index, (text, style)) in parts.into_iter().enumerate() {
        let height = match index {
            0 => (area.height / 3).max(1).min(inner.height),
            _ => inner.height,
        };
        let rows = canvas.put_lines(Area { height, ..inner }, text, style);
        inner.y += rows;
        inner.height -= rows;
    }
}

/// `Highlight, green, on 2:5, Message From the Secretary of State`: address, page and path.
fn about(reader: &Reader, item: &Item) -> String {
    let (entry, annotation) = (&item.entry, &item.entry.annotation);
    let kind = match item.is_draft {
        true => "draft",
        false => annotation.kind.name(),
    };
    let mut parts = vec![wording::capitalized(kind)];
    parts.extend(annotation.color.clone());
    let resolution = entry.resolution.name();
    parts.extend((resolution != "exact").then(|| resolution.to_owned()));
    parts.extend(entry.is_reviewed.then(|| "reviewed".to_owned()));
    match passage(entry) {
        Some(passage) => {
            let at = passage.start();
            parts.push(format!("on {}", Address::of(at).number(reader.report())));
            parts.extend(reader.report().page(at).map(|page| format!("p. {page}")));
            parts.push(reader.report().path(at.section).join(" › "));
        }
        None => parts.push("its passage is not in this edition".into()),
    }
    parts.extend(match &entry.saved {
        Saved::Failed(_) => Some("NOT SAVED".into()),
        Saved::Vanished => Some("its file has vanished".into()),
        Saved::Unreadable => Some("its file cannot be read".into()),
        Saved::Yes | Saved::Pending => None,
    });
    let is_beside = annotation.conflict_of.is_some();
    parts.extend(is_beside.then(|| "beside another version".into()));
    parts.join(", ")
}
