//! Text with the style of each of its bytes, for lines on their way to paragraphs.

use std::ops::{Deref, Range};

use unicode_bidi::{BidiInfo, Level};
use unicode_segmentation::UnicodeSegmentation;

use crate::{
    import::{flow::Flow, link},
    report::{Span, SpanStyle},
};

/// How letters look and where they lead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    pub is_strong: bool,
    pub is_emphasised: bool,
    /// Of a face whose letters are all equally wide.
    pub is_even: bool,
    /// Number of the link's target, from 1; 0 is none.
    pub link: u16,
    /// Small and above the line, as marks of footnotes are.
    pub is_raised: bool,
}

/// Text with styles; read as a `str`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Styled {
    text: String,
    /// One a byte.
    styles: Vec<Style>,
}

impl Deref for Styled {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<&str> for Styled {
    fn from(text: &str) -> Self {
        let mut styled = Self::default();
        styled.push_str(text, Style::default());
        styled
    }
}

impl Styled {
    pub fn push_str(&mut self, text: &str, style: Style) {
        self.text.push_str(text);
        self.styles.resize(self.text.len(), style);
    }

    pub fn push(&mut self, other: &Self) {
        self.text.push_str(&other.text);
        self.styles.extend(&other.styles);
    }

    /// Adds a blank and other text.
    pub fn push_apart(&mut self, other: &Self) {
        self.push_after(" ", other);
    }

    /// Adds a gap and other text.
    pub fn push_after(&mut self, gap: &str, other: &Self) {
        if !self.text.is_empty() && !other.text.is_empty() {
            // Spans begin and end with words.
            self.push_str(
                gap,
                Style {
                    is_raised: false,
                    ..other.style()
                },
            );
        }
        self.push(other);
    }

    /// Raises what begins at a byte.
    pub fn raise(&mut self, from: usize) {
        let styles = self.styles.iter_mut().skip(from);
        styles.for_each(|style| style.is_raised = true);
    }

    pub fn clear(&mut self) {
        self.text.clear();
        self.styles.clear();
    }

    /// Its pieces, each all raised or not at all.
    pub fn levels(&self) -> impl Iterator<Item = Self> {
        let mut from = 0;
        self.styles
            .chunk_by(|one, other| one.is_raised == other.is_raised)
            .map(move |run| {
                from += run.len();
                self.part(from - run.len()..from)
            })
    }

    /// It without the sign at its end that leads back to the text.
    #[must_use]
    pub fn without_way_back(self, is_within: impl Fn(u16) -> bool) -> Self {
        let Some(last) = self.styles.last().filter(|style| is_within(style.link)) else {
            return self;
        };
        let start = self
            .styles
            .iter()
            .rposition(|style| style.link != last.link)
            .map_or(0, |at| at + 1);
        let is_way_back = self
            .text
            .get(start..)
            .is_some_and(|text| link::is_way_back(text.trim()));
        if is_way_back {
            self.part(0..start)
        } else {
            self
        }
    }

    /// Its characters with their styles.
    fn styled_chars(&self) -> impl Iterator<Item = (char, Style)> {
        let style = |at: usize| self.styles.get(at).copied().unwrap_or_default();
        self.text.char_indices().map(move |(at, c)| (c, style(at)))
    }

    /// It without gaps where they are between the letters of a word, and from left to right as
    /// it is read from right to left (Unicode, UAX #9).
    #[must_use]
    pub fn settled(self) -> Self {
        if self.text.is_ascii() {
            return self;
        }
        let mut settled = Self::default();
        let all: Vec<char> = self.text.chars().collect();
        let letters = all.iter().filter(|c| c.is_alphanumeric()).count();
        let is_within = |three: &&[char]| matches!(three, [one, GAP, other] if one.is_alphanumeric() && other.is_alphanumeric());
        let within = all.windows(3).filter(is_within).count();
        let is_spaced = within > 2 && within * 10 >= letters * 6;
        let gaps = all.iter().filter(|c| **c == GAP).count();
        for (c, style) in self.styled_chars().filter(|_| gaps > 0) {
            match c {
                GAP if is_spaced => {}
                GAP => settled.push_str(" ", style),
                c => settled.push_str(c.encode_utf8(&mut [0; 4]), style),
            }
        }
        let settled = if gaps > 0 { settled } else { self };
        let right = settled.text.chars().filter(|c| is_from_right(*c)).count();
        if right == 0 {
            return settled;
        }
        let level = Level::from(u8::from(right * 2 > letters));
        let bidi = BidiInfo::new(&settled.text, Some(level));
        let Some(paragraph) = bidi.paragraphs.first() else {
            return settled.clone();
        };
        let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
        let mut read = Self::default();
        for run in runs {
            let part = settled.part(run.clone());
            if levels.get(run.start).is_some_and(Level::is_rtl) {
                let clusters = part.text.grapheme_indices(true).rev();
                clusters.for_each(|(at, cluster)| read.push(&part.part(at..at + cluster.len())));
            } else {
                read.push(&part);
            }
        }
        read
    }

    /// Whether all of it is in a face whose letters are equally wide.
    pub fn is_even(&self) -> bool {
        !self.text.is_empty() && self.styles.iter().all(|style| style.is_even)
    }

    /// Whether all of it that is letters or digits is strong, and any is.
    pub fn is_strong(&self) -> bool {
        let mut letters = self.styled_chars().filter(|(c, _)| c.is_alphanumeric());
        let is_strong = |(_, style): (char, Style)| style.is_strong;
        letters.next().is_some_and(is_strong) && letters.all(is_strong)
    }

    /// The style that it begins with.
    pub fn style(&self) -> Style {
        self.styles.first().copied().unwrap_or_default()
    }

    /// A part of it, in bytes; empty where that is none.
    #[must_use]
    pub fn part(&self, bytes: Range<usize>) -> Self {
        let text = self.text.get(bytes.clone()).unwrap_or_default().to_owned();
        let styles = if text.is_empty() {
            &[]
        } else {
            self.styles.get(bytes).unwrap_or_default()
        };
        Self {
            text,
            styles: styles.to_vec(),
        }
    }

    /// It without its first bytes, and without white space at its ends.
    #[must_use]
    pub fn trimmed(&self, first: usize) -> Self {
        let rest = self.text.get(first..).unwrap_or_default();
        let start = self.text.len() - rest.trim_start().len();
        self.part(start..start.max(self.text.trim_end().len()))
    }

    /// The text of a block and its spans; links lead to the targets of these numbers.
    pub fn block(&self, targets: &[String]) -> (String, Vec<Span>) {
        let mut flow = Flow::default();
        let mut open: Vec<SpanStyle> = Vec::new();
        let mut from = 0;
        for run in self.styles.chunk_by(|one, other| one == other) {
            let wanted = run
                .first()
                .map(|style| spans_of(*style, targets))
                .unwrap_or_default();
            // Spans are within each other or apart: what ends takes those within it along.
            let kept = open
                .iter()
                .take_while(|style| wanted.contains(style))
                .count();
            open.drain(kept..).for_each(|_| flow.close());
            let new: Vec<SpanStyle> = wanted
                .into_iter()
                .filter(|style| !open.contains(style))
                .collect();
            new.iter().for_each(|style| flow.open(style.clone()));
            open.extend(new);
            flow.push(self.text.get(from..from + run.len()).unwrap_or_default());
            from += run.len();
        }
        flow.close_all();
        flow.take()
    }
}

/// Stands for room between two letters that is a blank, or the space of a letter-spaced word.
pub const GAP: char = '\u{2009}';

/// Whether a letter is of a script that is written from right to left.
fn is_from_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}')
}

fn spans_of(style: Style, targets: &[String]) -> Vec<SpanStyle> {
    let target = usize::from(style.link)
        .checked_sub(1)
        .and_then(|at| targets.get(at));
    let link = target.map(|target| SpanStyle::Link(target.clone()));
    let look = [
        (style.is_emphasised, SpanStyle::Emphasis),
        (style.is_strong, SpanStyle::Strong),
    ];
    let look = look
        .into_iter()
        .filter_map(|(is_on, span)| is_on.then_some(span));
    link.into_iter().chain(look).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_go_only_from_between_the_letters_of_a_word() {
        let settled = |text: &str| Styled::from(text.replace('_', "\u{2009}").as_str()).settled();
        assert_eq!(*settled("P_A_R_T O_N_E"), *"PART ONE");
        assert_eq!(
            *settled("Of_many_rivers_._._._._._._._._._._3"),
            *"Of many rivers . . . . . . . . . . 3"
        );
    }

    #[test]
    fn styles_go_with_their_words_and_over_blanks_between_them() {
        let strong = Style {
            is_strong: true,
            ..Style::default()
        };
        let both = Style {
            is_emphasised: true,
            link: 2,
            ..strong
        };
        let styled = |text: &str, style| {
            let mut styled = Styled::default();
            styled.push_str(text, style);
            styled
        };
        let mut text = Styled::from("• A");
        text.push_apart(&styled("very", strong));
        text.push_apart(&styled("plain", both));
        text.push(&".".into());
        let text = text.trimmed("•".len());
        let (words, spans) = text.block(&["first".into(), "second".into()]);
        assert_eq!(words, "A very plain.");
        let span = |start, end, style| Span { start, end, style };
        let link = SpanStyle::Link("second".into());
        assert_eq!(
            spans,
            [
                span(2, 12, SpanStyle::Strong),
                span(7, 12, SpanStyle::Emphasis),
                span(7, 12, link)
            ]
        );
        assert_eq!(text.part(1..100), Styled::default());
    }
}
