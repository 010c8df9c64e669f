//! Control characters are left out of what is imported, but for tabs and line feeds: a terminal
//! would act on them.

use crate::report::{Block, Report};

/// Leaves them out of a report, and moves what stands at bytes of its text.
pub(super) fn leave_out(report: &mut Report) {
    for text in [&mut report.title, &mut report.author, &mut report.source] {
        text.retain(stays);
    }
    for (number, section) in report.sections.iter_mut().enumerate() {
        section.title.retain(|c| stays(c) && c != '\n');
        for (index, block) in section.blocks.iter_mut().enumerate() {
            if block.text.chars().all(stays) {
                continue;
            }
            let old = std::mem::take(&mut block.text);
            block.text = old.chars().filter(|c| stays(*c)).collect();
            move_spans(block, &old);
            let pages = report.pages.iter_mut();
            for page in pages.filter(|page| (page.section, page.block) == (number, index)) {
                page.byte = moved(&old, page.byte);
            }
        }
    }
}

fn move_spans(block: &mut Block, old: &str) {
    for span in &mut block.spans {
        (span.start, span.end) = (moved(old, span.start), moved(old, span.end));
    }
    block.spans.retain(|span| span.start < span.end);
}

/// Where a byte of the old text is now.
fn moved(old: &str, byte: usize) -> usize {
    let before = old.get(..byte).unwrap_or(old);
    before
        .chars()
        .filter(|c| stays(*c))
        .map(char::len_utf8)
        .sum()
}

fn stays(character: char) -> bool {
    !character.is_control() || matches!(character, '\t' | '\n')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Span, SpanStyle, snapshot};

    #[test]
    fn spans_stay_on_their_words() {
        let mut report = snapshot::bundled();
        let block = report.sections[1].blocks.first_mut().expect("a block");
        block.text = "a\u{1b}[201~ \u{9b}b\u{7f}c\td".into();
        let start = block.text.find('b').expect("b");
        let end = block.text.find('\t').expect("a tab");
        block.spans = vec![Span {
            start,
            end,
            style: SpanStyle::Strong,
        }];
        leave_out(&mut report);
        let block = &report.sections[1].blocks[0];
        assert_eq!(block.text, "a[201~ bc\td");
        let span = &block.spans[0];
        assert_eq!(block.text.get(span.start..span.end), Some("bc"));
    }
}
