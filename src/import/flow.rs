//! Gathers the text of one block: white space folded, soft hyphens dropped, emphasis and links
//! beside it.

use crate::report::{Span, SpanStyle};

/// Columns from one stop of tabs to the next.
pub const TAB: usize = 8;

/// Text on its way to become a block.
#[derive(Debug, Default)]
pub struct Flow {
    text: String,
    spans: Vec<Span>,
    /// Styles that are on, with the byte where the first word under them began.
    open: Vec<(SpanStyle, Option<usize>)>,
    gap: Gap,
    /// Printed pages that begin here, with the byte of their first word.
    pages: Vec<(String, Option<usize>)>,
}

/// What separates the text so far from the next word.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Gap {
    #[default]
    None,
    Blank,
    Line,
}

impl Flow {
    /// Whether no word has come yet.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds running text; any run of white space in it is one blank.
    pub fn push(&mut self, text: &str) {
        let mut is_first = true;
        for word in text.split(char::is_whitespace) {
            if !is_first {
                self.blank();
            }
            is_first = false;
            if !word.is_empty() {
                self.word(word);
            }
        }
    }

    /// Adds text right after the last word, whatever blanks came since.
    pub fn attach(&mut self, text: &str) {
        self.gap = Gap::None;
        self.push(text);
    }

    /// Adds text verbatim, for preformatted blocks. Empty lines at the start are dropped.
    pub fn push_verbatim(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = if self.text.is_empty() {
            text.trim_start_matches('\n')
        } else {
            &text
        };
        if !text.is_empty() {
            self.begin_spans();
            text.chars().for_each(|c| self.verbatim(c));
        }
    }

    /// Adds a character; a tab goes to the next stop.
    fn verbatim(&mut self, c: char) {
        if c != '\t' {
            return self.text.push(c);
        }
        let line = self.text.rsplit('\n').next().unwrap_or_default();
        let blanks = TAB - line.chars().count() % TAB;
        self.text.extend(std::iter::repeat_n(' ', blanks));
    }

    /// Adds the end of what stands in brackets right after the last word.
    pub fn end_bracket(&mut self, text: &str) {
        let gap = std::mem::take(&mut self.gap);
        self.word(text);
        self.gap = gap;
    }

    /// The last character, where the next word follows without a blank.
    pub fn last(&self) -> Option<char> {
        self.text.chars().last().filter(|_| self.gap == Gap::None)
    }

    /// A printed page begins with the next word.
    pub fn page(&mut self, label: String) {
        self.pages.push((label, None));
    }

    /// The pages that began in the text that was taken last, with their bytes.
    pub fn take_pages(&mut self) -> Vec<(String, usize)> {
        let pages = std::mem::take(&mut self.pages).into_iter();
        let (begun, waiting): (Vec<_>, Vec<_>) = pages.partition(|(_, byte)| byte.is_some());
        self.pages = waiting;
        let begun = begun.into_iter();
        begun
            .filter_map(|(label, byte)| Some((label, byte?)))
            .collect()
    }

    /// The pages that no word has come for.
    pub fn waiting_pages(&mut self) -> Vec<String> {
        let pages = std::mem::take(&mut self.pages).into_iter();
        pages.map(|(label, _)| label).collect()
    }

    pub fn blank(&mut self) {
        if !self.text.is_empty() && self.gap == Gap::None {
            self.gap = Gap::Blank;
        }
    }

    /// Ends the line; true if there already was a line break, which makes a new paragraph.
    pub fn line_break(&mut self) -> bool {
        let is_second = self.gap == Gap::Line;
        if !self.text.is_empty() {
            self.gap = Gap::Line;
        }
        is_second
    }

    pub fn open(&mut self, style: SpanStyle) {
        self.open.push((style, None));
    }

    /// Ends the style that was opened last.
    pub fn close(&mut self) {
        if let Some((style, Some(start))) = self.open.pop() {
            self.spans.push(Span {
                start,
                end: self.text.len(),
                style,
            });
        }
    }

    /// Ends the innermost style of a kind, whatever was opened after it.
    pub fn close_kind(&mut self, style: &SpanStyle) {
        let is_kind =
            |open: &SpanStyle| std::mem::discriminant(open) == std::mem::discriminant(style);
        if let Some(at) = self.open.iter().rposition(|(open, _)| is_kind(open)) {
            let closed = self.open.remove(at);
            self.open.push(closed);
            self.close();
        }
    }

    /// Ends all styles that are on.
    pub fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close();
        }
    }

    /// The text and its spans in order; styles that are on stay on for the next block.
    pub fn take(&mut self) -> (String, Vec<Span>) {
        for (style, start) in &mut self.open {
            if let Some(start) = start.take() {
                self.spans.push(Span {
                    start,
                    end: self.text.len(),
                    style: style.clone(),
                });
            }
        }
        self.gap = Gap::None;
        let mut text = std::mem::take(&mut self.text);
        text.truncate(text.trim_end().len());
        let mut spans = std::mem::take(&mut self.spans);
        spans
            .iter_mut()
            .for_each(|span| span.end = span.end.min(text.len()));
        spans.retain(|span| span.start < span.end);
        spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
        spans.dedup();
        (text, spans)
    }

    fn word(&mut self, word: &str) {
        let is_seen = |c: &char| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}');
        if !word.chars().any(|c| is_seen(&c)) {
            return;
        }
        match std::mem::take(&mut self.gap) {
            Gap::None => {}
            Gap::Blank => self.text.push(' '),
            Gap::Line => self.text.push('\n'),
        }
        self.begin_spans();
        self.text.extend(word.chars().filter(is_seen));
    }

    fn begin_spans(&mut self) {
        let at = self.text.len();
        self.open
            .iter_mut()
            .for_each(|(_, start)| *start = start.or(Some(at)));
        self.pages
            .iter_mut()
            .for_each(|(_, start)| *start = start.or(Some(at)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_folded_and_spans_hold_words_only() {
        let mut flow = Flow::default();
        flow.push("  one\u{a0}\n ");
        flow.open(SpanStyle::Strong);
        flow.push(" t\u{ad}wo ");
        flow.close();
        flow.push("three");
        flow.line_break();
        flow.push(" four ");
        let (text, spans) = flow.take();
        assert_eq!(text, "one two three\nfour");
        assert_eq!(
            spans,
            [Span {
                start: 4,
                end: 7,
                style: SpanStyle::Strong
            }]
        );
    }
}
