//! The styles of the text: emphasis, links, annotations, matches, selection.

use std::ops::Range;

use ratatui::style::Style;

use super::{gutter::color_of, text_line::TextLine, theme::Theme};
use crate::{
    notebook::{Entry, annotation::Kind, passage},
    reader::Reader,
    report::{
        Block, BlockKind, SpanStyle,
        position::{Passage, Position},
    },
    search::pieces::Piece,
};

/// Bytes of a block and how an annotation marks them.
type Marked = (Range<usize>, Style);

/// A line of a block with what its styles depend on.
pub struct StyledLine<'a> {
    reader: &'a Reader,
    theme: &'a Theme,
    block: &'a Block,
    line: TextLine,
    marked: Vec<Marked>,
    /// What is selected, in bytes of the block.
    chosen: Option<Range<usize>>,
    /// The byte of the caret, where the cursor stands for a sentence in this line.
    caret: Option<usize>,
}

impl<'a> StyledLine<'a> {
    pub fn new(reader: &'a Reader, block: &'a Block, line: TextLine, theme: &'a Theme) -> Self {
        let cursor = reader.viewport().cursor();
        let has_caret = reader.viewport().is_at_sentence()
            && cursor.same_block(line.position)
            && line.holds(cursor.byte);
        let bytes = |passage: Passage| passage.bytes_in_block(line.position, block.text.len());
        Self {
            marked: marked_in(reader, block, line, theme),
            chosen: reader.chosen().map(bytes),
            caret: has_caret.then_some(cursor.byte),
            reader,
            theme,
            block,
            line,
        }
    }

    /// Byte ranges of the line in which the style does not change, with their styles.
    pub fn runs(&self) -> impl Iterator<Item = (Range<usize>, Style)> {
        let cuts = self.cuts();
        let runs: Vec<Range<usize>> = cuts
            .iter()
            .zip(cuts.iter().skip(1))
            .map(|(start, end)| *start..*end)
            .collect();
        runs.into_iter()
            .map(|run| (run.clone(), self.style_at(run.start)))
    }

    fn cuts(&self) -> Vec<usize> {
        let (block, line) = (self.block, self.line);
        let mut cuts = vec![line.position.byte, line.end];
        cuts.extend(block.spans.iter().flat_map(|span| [span.start, span.end]));
        let links = self.reader.viewport().links().of_block(line.position);
        let bytes = links.iter().map(|seen| &seen.link.bytes);
        let bytes = bytes.chain(self.marked.iter().map(|(bytes, _)| bytes));
        cuts.extend(bytes.chain(&self.chosen).flat_map(|of| [of.start, of.end]));
        cuts.extend(match_cuts(self.reader, line.piece()));
        if let Some(caret) = self.caret {
            let rest = block.text.get(caret..).unwrap_or_default();
            let after = rest.chars().next().map_or(0, char::len_utf8);
            cuts.extend([caret, caret + after]);
        }
        cuts.retain(|cut| (line.position.byte..=line.end).contains(cut));
        cuts.sort_unstable();
        cuts.dedup();
        cuts
    }

    fn style_at(&self, byte: usize) -> Style {
        let (theme, line) = (self.theme, self.line);
        let mut style = plain_style(self.block, byte, theme);
        let mut links = self
            .reader
            .viewport()
            .links()
            .of_block(line.position)
            .iter();
        if links.any(|seen| seen.link.bytes.contains(&byte)) {
            style = style.patch(theme.link);
        }
        style = self.patch_marks(byte, style);
        if let Some(found) = match_style(self.reader, line.piece(), byte, theme) {
            style = style.patch(found);
        }
        if self
            .chosen
            .as_ref()
            .is_some_and(|bytes| bytes.contains(&byte))
        {
            style.patch(theme.selection)
        } else if self.caret == Some(byte) {
            style.patch(theme.caret)
        } else {
            style
        }
    }

    /// The marks of annotations; where different passages overlap, that shows too.
    fn patch_marks(&self, byte: usize, style: Style) -> Style {
        let marks = self.marked.iter();
        let marks: Vec<&Marked> = marks.filter(|(bytes, _)| bytes.contains(&byte)).collect();
        let style = marks
            .iter()
            .fold(style, |style, (_, mark)| style.patch(*mark));
        let first = marks.first().map(|(bytes, _)| bytes);
        let overlap = marks.iter().any(|(bytes, _)| Some(bytes) != first);
        match overlap {
            true => style.patch(self.theme.overlap),
            false => style,
        }
    }
}

/// What annotations mark in a line, the longest first: the shorter passage is seen on the longer
/// one.
fn marked_in(reader: &Reader, block: &Block, line: TextLine, theme: &Theme) -> Vec<Marked> {
    let here = reader.notes().notebook().in_block(line.position);
    let marks = here.filter_map(|entry| mark(entry, line.position, block, theme));
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
        Kind::Note if !is_whole => Some((bytes, theme.noted)),
        Kind::Note | Kind::Bookmark => None,
    }
}

/// The style of a byte of a block by itself, links apart: some of those the text only spells out.
fn plain_style(block: &Block, byte: usize, theme: &Theme) -> Style {
    let mut style = style_of_kind(block.kind, theme);
    let here = |span: &&crate::report::Span| (span.start..span.end).contains(&byte);
    for span in block.spans.iter().filter(here) {
        style = style.patch(match span.style {
            SpanStyle::Emphasis => theme.emphasis,
            SpanStyle::Strong => theme.strong,
            SpanStyle::Link(_) => continue,
        });
    }
    style
}

/// Byte ranges of a line of a block with their styles, without anything that a reader adds.
pub fn plain_runs(block: &Block, line: Range<usize>, theme: &Theme) -> Vec<(Range<usize>, Style)> {
    let spans = block.spans.iter().flat_map(|span| [span.start, span.end]);
    let mut cuts: Vec<usize> = spans.filter(|cut| line.contains(cut)).collect();
    cuts.extend([line.start, line.end]);
    cuts.sort_unstable();
    cuts.dedup();
    let runs = cuts.iter().zip(cuts.iter().skip(1));
    runs.map(|(&start, &end)| (start..end, plain_style(block, start, theme)))
        .collect()
}

/// The style of a kind of block.
pub fn style_of_kind(kind: BlockKind, theme: &Theme) -> Style {
    match kind {
        BlockKind::Heading => theme.heading,
        BlockKind::Caption | BlockKind::Notice => theme.caption,
        BlockKind::Signature => theme.emphasis,
        BlockKind::Paragraph | BlockKind::Quote | BlockKind::ListItem | BlockKind::Salutation => {
            Style::new()
        }
        BlockKind::Preformatted => theme.code,
    }
}

/// The bytes at which a match in a piece begins or ends.
pub fn match_cuts(reader: &Reader, piece: Piece) -> impl Iterator<Item = usize> {
    let marks = reader.matches().marks().iter();
    marks
        .filter(move |mark| mark.piece == piece)
        .flat_map(|mark| [mark.bytes.start, mark.bytes.end])
}

/// The style of the match at a byte, where there is one.
pub fn match_style(reader: &Reader, piece: Piece, byte: usize, theme: &Theme) -> Option<Style> {
    let mut marks = reader.matches().marks().iter();
    let mark = marks.find(|mark| mark.piece == piece && mark.bytes.contains(&byte))?;
    Some(match mark.is_current {
        true => theme.found_here,
        false => theme.found,
    })
}
