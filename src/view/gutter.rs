//! The gutter: signs of notes, highlights and bookmarks, the doubtful ones differently.

use super::{paint::Canvas, text_line::TextLine};
use crate::{
    edition::anchor::Resolution,
    notebook::{
        Entry,
        annotation::{Color, Kind},
        passage,
    },
    reader::{Reader, viewport::frame::Area},
    report::position::Passage,
};

/// Draws the signs of a line in a row of the gutter.
pub fn draw(reader: &Reader, line: TextLine, (area, y): (Area, u16), canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let here = || reader.notes().notebook().in_block(line.position);
    let begins_here = |entry: &Entry| {
        let start = passage(entry).map(Passage::start);
        start.is_some_and(|start| start.same_block(line.position) && line.holds(start.byte))
    };
    let has = |kind: Kind| here().any(|entry| entry.annotation.kind == kind && begins_here(entry));
    // Beside the sign of a note there is room for that of a highlight, at best not next to the text.
    let highlight_column = match (has(Kind::Note), has(Kind::Bookmark)) {
        (false, _) => 1,
        (true, false) => 2,
        (true, true) => 3,
    };
    for entry in here() {
        let Some(passage) = passage(entry) else {
            continue;
        };
        let begins = begins_here(entry);
        let (column, sign, style) = match entry.annotation.kind {
            Kind::Bookmark if begins => (2, entry.annotation.letter.unwrap_or('⚑'), theme.bookmark),
            Kind::Note if begins => (1, '●', theme.note),
            Kind::Highlight if line.shows(passage) => {
                // Without colours the letter of the colour stands where the highlight begins.
                let is_letter = begins && !theme.has_tints;
                let sign = if is_letter {
                    color_of(entry).letter()
                } else {
                    '▌'
                };
                (
                    highlight_column,
                    sign,
                    theme.highlight_sign(color_of(entry)),
                )
            }
            Kind::Highlight | Kind::Bookmark | Kind::Note => continue,
        };
        let sign = match entry.resolution {
            Resolution::Moved(_) | Resolution::Changed(_) if begins => '~',
            Resolution::Unsure(_) if begins => '?',
            _ => sign,
        };
        canvas.put(
            (area.x + column.min(area.width.saturating_sub(1)), y),
            sign.encode_utf8(&mut [0; 4]),
            1,
            style,
        );
    }
}

pub fn color_of(entry: &Entry) -> Color {
    Color::named(entry.annotation.color.as_deref().unwrap_or_default())
}
