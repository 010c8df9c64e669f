//! A list to choose from, below the text that it leads to.

use ratatui::{
    buffer::Buffer,
    style::{Modifier, Style},
};

use super::{Cursor, line, paint, rect, theme::Theme};
use crate::{
    reader::{
        Reader,
        choosing::{ChoiceLine, Choices, Chooser},
        frame::Area,
        shelf::Purpose,
    },
    text::{width, wording},
};

/// Draws the list; returns where the caret of the filter is.
pub fn draw(
    reader: &Reader,
    chooser: &Chooser,
    area: Area,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Cursor {
    paint::clear(buffer, rect(area), theme.text);
    let head = Area { height: 1, ..area };
    let cursor = draw_head(reader, chooser, head, theme, buffer);
    let rows = below_head(area);
    let lines = reader.choice_lines(chooser, usize::from(rows.height), usize::from(rows.width));
    for (y, line) in (rows.y..rows.y + rows.height).zip(&lines) {
        draw_line(
            line,
            Area {
                y,
                height: 1,
                ..rows
            },
            theme,
            buffer,
        );
    }
    cursor
}

fn below_head(area: Area) -> Area {
    Area {
        y: area.y + 1,
        height: area.height.saturating_sub(1),
        ..area
    }
}

/// How far from the selected choice the one is that a row of the screen shows.
pub fn steps_to(reader: &Reader, chooser: &Chooser, area: Area, y: u16) -> Option<isize> {
    let rows = below_head(area);
    let lines = reader.choice_lines(chooser, usize::from(rows.height), usize::from(rows.width));
    let row = usize::from(y.checked_sub(rows.y)?);
    let selected = lines.iter().position(|line| {
        matches!(
            line,
            ChoiceLine::Choice {
                is_selected: true,
                ..
            }
        )
    })?;
    let choices = |lines: &[ChoiceLine]| {
        lines
            .iter()
            .filter(|line| matches!(line, ChoiceLine::Choice { .. }))
            .count() as isize
    };
    matches!(lines.get(row)?, ChoiceLine::Choice { .. }).then(|| {
        choices(lines.get(..row).unwrap_or_default())
            - choices(lines.get(..selected).unwrap_or_default())
    })
}

/// What is listed and how many are left, and the filter.
fn draw_head(
    reader: &Reader,
    chooser: &Chooser,
    area: Area,
    theme: &Theme,
    buffer: &mut Buffer,
) -> Cursor {
    paint::put(
        buffer,
        (area.x, area.y),
        &"─".repeat(usize::from(area.width)),
        area.width,
        theme.quiet,
    );
    let count = chooser.choices.count();
    let told = match &chooser.choices {
        Choices::Matches(_) => {
            let all = reader.finding.found().map_or(0, |(found, _)| found.total());
            let left = if count == all {
                wording::count(all, "match")
            } else {
                format!("{count} of {}", wording::count(all, "match"))
            };
            format!(
                " {left} of `{}` ",
                wording::cut(&reader.finding.query.text, 24)
            )
        }
        Choices::Titles(titles, reports) => {
            let sections = wording::count(titles.len(), "section");
            if reports.is_empty() {
                format!(" {sections} ")
            } else {
                format!(" {sections}, {} ", wording::count(reports.len(), "report"))
            }
        }
        Choices::Reports(Purpose::Open, _) => " open ".to_owned(),
        Choices::Reports(Purpose::Compare, _) => " compare with ".to_owned(),
        Choices::Places(_) => format!(" {} ", wording::count(count, "place")),
        Choices::Candidates(all) if !all.are_known() => " looking… ".into(),
        Choices::Candidates(all) => format!(
            " {} that could be it ",
            wording::count(all.count(), "place")
        ),
    };
    let width = usize::from(area.width);
    let told = if width::width(&told) + 12 > width {
        format!(" {count} ")
    } else {
        told
    };
    let at = width.saturating_sub(width::width(&told) + 1);
    paint::put(
        buffer,
        (area.x + at as u16, area.y),
        &told,
        area.width,
        theme.title,
    );
    let needed = width::width(chooser.filter.text()) + 4;
    let typed = Area {
        width: needed.max(14).min(at.max(4)) as u16,
        ..area
    };
    paint::clear(buffer, rect(typed), theme.text);
    if chooser.filter.text().is_empty() {
        paint::put(
            buffer,
            (typed.x + 2, typed.y),
            "type to find",
            typed.width.saturating_sub(2),
            theme.quiet,
        );
    }
    line::draw_editor(">", &chooser.filter, typed, theme, buffer)
}

fn draw_line(line: &ChoiceLine, area: Area, theme: &Theme, buffer: &mut Buffer) {
    match line {
        ChoiceLine::Group { title, count } => {
            let count = format!(" {count}");
            let room = usize::from(area.width).saturating_sub(width::width(&count) + 1);
            let x = paint::put(
                buffer,
                (area.x + 1, area.y),
                &wording::cut(title, room),
                area.width,
                theme.heading,
            );
            paint::put(
                buffer,
                (x, area.y),
                &count,
                (area.x + area.width).saturating_sub(x),
                theme.quiet,
            );
        }
        ChoiceLine::Choice {
            is_selected,
            head,
            pieces,
        } => {
            let (base, matched) = styles(*is_selected, theme);
            if *is_selected {
                paint::clear(buffer, rect(area), base);
            }
            let right = area.x + area.width;
            let sign = if *is_selected { "▸" } else { " " };
            let mut x = paint::put(buffer, (area.x, area.y), sign, area.width, base);
            x = paint::put(
                buffer,
                (x, area.y),
                head,
                right.saturating_sub(x),
                if *is_selected { base } else { theme.quiet },
            );
            for (text, is_matched) in pieces {
                let room = right.saturating_sub(x);
                x = paint::put(
                    buffer,
                    (x, area.y),
                    &wording::cut(text, usize::from(room)),
                    room,
                    if *is_matched { matched } else { base },
                );
            }
        }
    }
}

/// Of a line, and of what was matched in it.
fn styles(is_selected: bool, theme: &Theme) -> (Style, Style) {
    if is_selected {
        (
            theme.selected,
            theme
                .selected
                .add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        )
    } else {
        (theme.text, theme.found)
    }
}
