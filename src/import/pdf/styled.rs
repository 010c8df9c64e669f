//! Text with the style of each of its bytes, for lines on their way to paragraphs.

use std::ops::{Deref, Range};

use crate::{
    import::{flow::Flow, link},
    report::{Span, SpanStyle},
};

/// How letters look and where they lead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    pub is_strong: bool,
    pub is_emphasised: bool,
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
        if !self.text.is_empty() && !other.text.is_empty() {
            // Spans begin and end with words.
            self.push_str(
                " ",
                Style {
                    is_raised: false,
                    ..other.style()
                },
            );
        }
        self.push(other);
    }

    pub fn raise(&mut self) {
        self.styles
            .iter_mut()
            .for_each(|style| style.is_raised = true);
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

    /// Whether all of it that is letters or digits is strong, and any is.
    pub fn is_strong(&self) -> bool {
        let mut styles = self
            .text
            .char_indices()
            .filter(|(_, c)| c.is_alphanumeric())
            .map(|(at, _)| self.styles.get(at));
        let is_strong = |style: Option<&Style>| style.is_some_and(|style| style.is_strong);
        styles.next().is_some_and(is_strong) && styles.all(is_strong)
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
