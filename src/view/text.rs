//! The reading pane: heading, numbers, gutter, text and scroll bar.

use ratatui::{buffer::Buffer, style::Style};

use super::{Cursor, marks, paint, theme::Theme};
use crate::{
    edition::anchor::Resolution,
    notebook::{
        Entry,
        annotation::{Color, Kind},
        passage,
    },
    reader::{
        Reader,
        frame::{Area, Frame},
    },
    report::{
        Block, BlockKind, SpanStyle,
        address::Address,
        layout::{Row, RowAt},
        position::{Passage, Position},
        typography,
    },
    search::pieces::Piece,
    text::{width, wording},
};

/// Draws the pane; returns where the paragraph cursor is.
pub fn draw(reader: &Reader, frame: &Frame, theme: &Theme, buffer: &mut Buffer) -> Option<Cursor> {
    let mut cursor = None;
    if let Some(area) = frame.heading {
        draw_heading(reader, area, theme, buffer);
    }
    for (y, &at) in (frame.text.y..).zip(&reader.screen.rows) {
        match reader.layout.made(at.section).get(at.row) {
            Some(&Row::Title { start, end }) => {
                draw_title(reader, at, (start, end), (frame.text, y), theme, buffer)
            }
            Some(&Row::Text {
                block,
                start,
                end,
                hyphen,
            }) => {
                let line = TextLine {
                    position: Position::new(at.section, block, start),
                    end,
                    hyphen,
                };
                draw_line(reader, line, (frame.text, y), theme, buffer);
                if line.position.byte == 0 {
                    draw_number(reader, frame, line.position, y, theme, buffer);
                }
                draw_signs(reader, line, (frame.gutter, y), theme, buffer);
            }
            Some(Row::Gap { .. }) | None => {}
        }
        if reader.is_cursor_row(at.section, at.row) {
            paint::put(buffer, (frame.gutter.x, y), "▸", 1, theme.cursor);
            cursor = Some(cursor_at(reader, frame, (at, y)));
        }
    }
    if let Some(area) = frame.bar {
        draw_bar(reader, area, theme, buffer);
    }
    cursor
}

/// Where the terminal's cursor stands: at the sign of the paragraph, or at the end of the
/// selection that moves.
fn cursor_at(reader: &Reader, frame: &Frame, (at, y): (RowAt, u16)) -> Cursor {
    let Some(&Row::Text { start, .. }) = reader
        .layout
        .made(at.section)
        .get(at.row)
        .filter(|_| reader.selection.is_some())
    else {
        return Cursor::hidden(frame.gutter.x, y);
    };
    let before = reader
        .report
        .text_at(reader.screen.cursor)
        .get(start..reader.screen.cursor.byte)
        .unwrap_or_default();
    let indent = reader
        .report
        .block(reader.screen.cursor)
        .map_or(0, |block| {
            typography::setting(block).indent_at(usize::from(frame.text.width))
        });
    let column =
        (indent + width::width(before)).min(usize::from(frame.text.width.saturating_sub(1)));
    Cursor {
        x: frame.text.x + column as u16,
        y,
        is_visible: true,
    }
}

/// One line of a block.
#[derive(Clone, Copy)]
struct TextLine {
    position: Position,
    end: usize,
    hyphen: bool,
}

impl TextLine {
    fn piece(self) -> Piece {
        Piece {
            section: self.position.section,
            block: Some(self.position.block),
        }
    }

    fn holds(self, byte: usize) -> bool {
        (self.position.byte..self.end.max(self.position.byte + 1)).contains(&byte)
    }
}

/// The section that the top line is in, unless its own title is the first that stands there.
fn draw_heading(reader: &Reader, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let Some(top) = reader.screen.rows.first() else {
        return;
    };
    let mut below = reader
        .layout
        .made(top.section)
        .iter()
        .skip(top.row)
        .skip_while(|row| matches!(row, Row::Gap { .. }));
    let shows_title = matches!(below.next(), Some(Row::Title { .. }));
    let Some(section) = reader
        .report
        .sections
        .get(top.section)
        .filter(|_| !shows_title)
    else {
        return;
    };
    paint::put(
        buffer,
        (area.x, area.y),
        &wording::cut(&section.title, usize::from(area.width)),
        area.width,
        theme.title,
    );
}

fn draw_title(
    reader: &Reader,
    at: RowAt,
    range: (usize, usize),
    place: (Area, u16),
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let title = reader
        .report
        .sections
        .get(at.section)
        .map_or("", |section| section.title.as_str());
    let (area, y) = place;
    let piece = Piece {
        section: at.section,
        block: None,
    };
    let mut cuts: Vec<usize> = marks::cuts(reader, piece)
        .filter(|cut| (range.0..range.1).contains(cut))
        .collect();
    cuts.extend([range.0, range.1]);
    cuts.sort_unstable();
    let mut x = area.x;
    for (start, end) in cuts.iter().copied().zip(cuts.iter().copied().skip(1)) {
        let style = marks::style(reader, piece, start, theme)
            .map_or(theme.title, |found| theme.title.patch(found));
        x = paint::put(
            buffer,
            (x, y),
            title.get(start..end).unwrap_or_default(),
            (area.x + area.width).saturating_sub(x),
            style,
        );
    }
}

fn draw_line(
    reader: &Reader,
    line: TextLine,
    place: (Area, u16),
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let (area, y) = place;
    let Some(block) = reader.report.block(line.position) else {
        return;
    };
    let setting = typography::setting(block);
    let indent = setting.indent_at(usize::from(area.width)) as u16;
    if indent > 0 && line.position.byte == 0 {
        let at = setting.marker_at(usize::from(area.width)) as u16;
        paint::put(
            buffer,
            (area.x + at, y),
            setting.marker,
            indent - at,
            theme.quiet,
        );
    }
    let mut x = area.x + indent;
    let right = area.x + area.width;
    let marked = marked_in(reader, block, line, theme);
    for (start, end) in runs(reader, block, line, &marked) {
        let text = block
            .text
            .get(start..end)
            .unwrap_or_default()
            .trim_end_matches('\n');
        let style = style_at(
            reader,
            block,
            Position {
                byte: start,
                ..line.position
            },
            &marked,
            theme,
        );
        x = paint::put(buffer, (x, y), text, right.saturating_sub(x), style);
    }
    if line.hyphen {
        paint::put(
            buffer,
            (x, y),
            "-",
            right.saturating_sub(x),
            style_of_kind(block.kind, theme),
        );
    }
}

/// Byte ranges of a line in which the style does not change.
fn runs(reader: &Reader, block: &Block, line: TextLine, marked: &[Marked]) -> Vec<(usize, usize)> {
    let mut cuts = vec![line.position.byte, line.end];
    cuts.extend(block.spans.iter().flat_map(|span| [span.start, span.end]));
    cuts.extend(
        reader
            .screen
            .links
            .of_block(line.position)
            .iter()
            .flat_map(|seen| [seen.link.bytes.start, seen.link.bytes.end]),
    );
    cuts.extend(
        marked
            .iter()
            .flat_map(|(bytes, _)| [bytes.start, bytes.end]),
    );
    if let Some(passage) = reader.chosen() {
        let bytes = passage.bytes_in_block(line.position, block.text.len());
        cuts.extend([bytes.start, bytes.end]);
    }
    cuts.extend(marks::cuts(reader, line.piece()));
    if let Some(caret) = caret_in(reader, line) {
        let after = block
            .text
            .get(caret..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        cuts.extend([caret, caret + after]);
    }
    cuts.retain(|cut| (line.position.byte..=line.end).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)))
        .collect()
}

/// The byte of the caret, where the cursor stands for a sentence in this line.
fn caret_in(reader: &Reader, line: TextLine) -> Option<usize> {
    let cursor = reader.screen.cursor;
    (reader.at_sentence && cursor.same_block(line.position) && line.holds(cursor.byte))
        .then_some(cursor.byte)
}

fn style_at(
    reader: &Reader,
    block: &Block,
    here: Position,
    marked: &[Marked],
    theme: &Theme,
) -> Style {
    let byte = here.byte;
    let mut style = style_of_kind(block.kind, theme);
    for span in block
        .spans
        .iter()
        .filter(|span| (span.start..span.end).contains(&byte))
    {
        style = style.patch(match span.style {
            SpanStyle::Emphasis => theme.emphasis,
            SpanStyle::Strong => theme.strong,
            // Links that the text spells out are there too.
            SpanStyle::Link(_) => continue,
        });
    }
    if reader
        .screen
        .links
        .of_block(here)
        .iter()
        .any(|seen| seen.link.bytes.contains(&byte))
    {
        style = style.patch(theme.link);
    }
    let here_marked: Vec<&Marked> = marked
        .iter()
        .filter(|(bytes, _)| bytes.contains(&byte))
        .collect();
    for (_, mark) in &here_marked {
        style = style.patch(*mark);
    }
    if here_marked
        .windows(2)
        .any(|pair| matches!(pair, [(one, _), (other, _)] if one != other))
    {
        style = style.patch(theme.overlap);
    }
    if let Some(found) = marks::style(
        reader,
        Piece {
            section: here.section,
            block: Some(here.block),
        },
        byte,
        theme,
    ) {
        style = style.patch(found);
    }
    let is_selected = |passage: Passage| {
        passage
            .bytes_in_block(here, block.text.len())
            .contains(&byte)
    };
    if reader.chosen().is_some_and(is_selected) {
        style = style.patch(theme.selection);
    } else if reader.at_sentence && reader.screen.cursor == here {
        style = style.patch(theme.caret);
    }
    style
}

/// Bytes of a block and how an annotation marks them.
type Marked = (std::ops::Range<usize>, Style);

/// What annotations mark in a line, the longest first: the shorter passage is seen on the longer
/// one.
fn marked_in(reader: &Reader, block: &Block, line: TextLine, theme: &Theme) -> Vec<Marked> {
    let marks = reader
        .notebook
        .in_block(line.position)
        .filter_map(|entry| mark(entry, line.position, block, theme));
    let mut marked: Vec<Marked> = marks
        .filter(|(bytes, _)| bytes.start < line.end && line.position.byte < bytes.end)
        .collect();
    marked.sort_by_key(|(bytes, _)| std::cmp::Reverse(bytes.len()));
    marked
}

/// Which bytes of a block an annotation marks, and how. Notes on whole paragraphs have their
/// sign alone.
fn mark(entry: &Entry, position: Position, block: &Block, theme: &Theme) -> Option<Marked> {
    let bytes = passage(entry)?.bytes_in_block(position, block.text.len());
    let is_whole = bytes == (0..block.text.len());
    match entry.annotation.kind {
        Kind::Highlight => Some((bytes, theme.highlight(color_of(entry)))),
        Kind::Note if !is_whole => Some((bytes, theme.marked)),
        Kind::Note | Kind::Bookmark => None,
    }
}

fn color_of(entry: &Entry) -> Color {
    Color::named(entry.annotation.color.as_deref().unwrap_or_default())
}

fn style_of_kind(kind: BlockKind, theme: &Theme) -> Style {
    match kind {
        BlockKind::Heading => theme.heading,
        BlockKind::Caption | BlockKind::Notice => theme.caption,
        BlockKind::Signature => theme.emphasis,
        BlockKind::Paragraph
        | BlockKind::Quote
        | BlockKind::ListItem
        | BlockKind::Salutation
        | BlockKind::Preformatted => Style::new(),
    }
}

fn draw_number(
    reader: &Reader,
    frame: &Frame,
    position: Position,
    y: u16,
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let Some(area) = frame
        .numbers
        .filter(|_| reader.report.block(position).is_some())
    else {
        return;
    };
    let number = format!("{:>6}", Address::of(position).to_string());
    paint::put(buffer, (area.x, y), &number, area.width, theme.quiet);
}

/// Note, highlight and bookmark signs in the gutter, the doubtful ones differently.
fn draw_signs(
    reader: &Reader,
    line: TextLine,
    place: (Area, u16),
    theme: &Theme,
    buffer: &mut Buffer,
) {
    let (area, y) = place;
    let begins_here = |entry: &Entry| {
        let start = passage(entry).map(Passage::start);
        start.is_some_and(|start| start.same_block(line.position) && line.holds(start.byte))
    };
    let has = |kind: Kind| {
        reader
            .notebook
            .in_block(line.position)
            .any(|entry| entry.annotation.kind == kind && begins_here(entry))
    };
    // Beside the sign of a note there is room for that of a highlight, at best not next to the text.
    let highlight_column = match (has(Kind::Note), has(Kind::Bookmark)) {
        (false, _) => 1,
        (true, false) => 2,
        (true, true) => 3,
    };
    for entry in reader.notebook.in_block(line.position) {
        let Some(passage) = passage(entry) else {
            continue;
        };
        let begins = begins_here(entry);
        let (column, sign, style) = match entry.annotation.kind {
            Kind::Bookmark if begins => (2, bookmark_sign(entry), theme.bookmark),
            Kind::Note if begins => (1, "●".into(), theme.note),
            Kind::Highlight if line_has(passage, line) => (
                highlight_column,
                highlight_sign(entry, begins, theme),
                theme.note,
            ),
            Kind::Highlight | Kind::Bookmark | Kind::Note => continue,
        };
        let sign = match entry.resolution {
            Resolution::Moved(_) | Resolution::Changed(_) if begins => "~".to_owned(),
            Resolution::Unsure(_) if begins => "?".to_owned(),
            _ => sign,
        };
        paint::put(buffer, (area.x + column, y), &sign, 1, style);
    }
}

fn line_has(passage: Passage, line: TextLine) -> bool {
    let bytes = passage.bytes_in_block(line.position, usize::MAX);
    bytes.start < line.end.max(line.position.byte + 1) && line.position.byte < bytes.end
}

/// Without colours the letter of the colour stands where the highlight begins.
fn highlight_sign(entry: &Entry, begins: bool, theme: &Theme) -> String {
    if begins && !theme.has_colours() {
        color_of(entry).letter().into()
    } else {
        "▌".into()
    }
}

fn bookmark_sign(entry: &Entry) -> String {
    entry
        .annotation
        .letter
        .map_or_else(|| "⚑".to_owned(), String::from)
}

/// The scroll bar: where the screen is in the report, and where annotations are.
fn draw_bar(reader: &Reader, area: Area, theme: &Theme, buffer: &mut Buffer) {
    let total = reader.extent.total();
    let row_of = |position: Position| {
        (reader.extent.offset(position) * usize::from(area.height) / total)
            .min(usize::from(area.height.saturating_sub(1))) as u16
    };
    let texts: Vec<Position> = reader
        .screen
        .rows
        .iter()
        .filter_map(|at| text_position(reader, *at))
        .collect();
    let (first, last) = (
        texts.first().map_or(0, |at| row_of(*at)),
        texts.last().map_or(0, |at| row_of(*at)),
    );
    for row in 0..area.height {
        let (sign, style) = if (first..=last).contains(&row) {
            ("█", Style::new())
        } else {
            ("│", theme.quiet)
        };
        paint::put(buffer, (area.x, area.y + row), sign, 1, style);
    }
    // Where several stand in a row, that of a note is shown, else of a bookmark: highlights are many.
    let rank = |kind: Kind| {
        [Kind::Highlight, Kind::Bookmark, Kind::Note]
            .iter()
            .position(|each| *each == kind)
    };
    let mut signs: Vec<Option<Kind>> = vec![None; usize::from(area.height)];
    for entry in reader.notebook.entries() {
        let row = passage(entry).map(|passage| usize::from(row_of(passage.start())));
        if let Some(sign) = row.and_then(|row| signs.get_mut(row)) {
            let kind = entry.annotation.kind;
            *sign = Some(
                sign.filter(|other| rank(*other) > rank(kind))
                    .unwrap_or(kind),
            );
        }
    }
    for (y, kind) in (area.y..)
        .zip(signs)
        .filter_map(|(y, kind)| Some((y, kind?)))
    {
        let (sign, style) = match kind {
            Kind::Bookmark => ("⚑", theme.bookmark),
            Kind::Note => ("●", theme.note),
            Kind::Highlight => ("▌", theme.note),
        };
        paint::put(buffer, (area.x, y), sign, 1, style);
    }
}

fn text_position(reader: &Reader, at: RowAt) -> Option<Position> {
    match reader.layout.made(at.section).get(at.row) {
        Some(&Row::Text { block, start, .. }) => Some(Position::new(at.section, block, start)),
        _ => None,
    }
}
