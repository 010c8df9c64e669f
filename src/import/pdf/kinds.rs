//! What lines are by their looks and words: captions, quotes, items, code, and where paragraphs
//! begin.

use super::{bullets, lines::Line, styled::Styled, tags::Kind, usual::Usual};
use crate::{import::structure, report::typography};

/// Most words of a caption after its number.
const LONGEST_CAPTION: usize = 60;

/// Whether text is under or above a figure or table: `Figure 3: Crossings by season`.
pub fn is_caption(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let is_named = words.next().is_some_and(|word| {
        matches!(
            word,
            "Figure" | "Fig." | "Table" | "Map" | "Chart" | "Photo" | "Box"
        )
    });
    let number = words.next().unwrap_or_default();
    let is_ended = number.ends_with([':', '.', '–', '—', '|'])
        && number.starts_with(|c: char| c.is_ascii_digit() || c.is_uppercase());
    is_named && is_ended && words.clone().next().is_some() && words.count() <= LONGEST_CAPTION
}

/// Whether the lines of a paragraph are set in from both sides, all alike, as quotes are.
pub fn is_quote(set_in: &[(f64, f64)], size: f64) -> bool {
    let Some(&(left, _)) = set_in.get(1) else {
        return false;
    };
    let is_even = set_in
        .iter()
        .skip(1)
        .all(|(other, _)| (other - left).abs() < size * 0.3);
    let is_in = |&(left, right): &(f64, f64)| (size..size * 8.0).contains(&left) && right > size;
    is_even && set_in.iter().all(is_in)
}

/// The text of a list item without its bullet.
pub fn item(text: &str) -> Option<&str> {
    bullets::SIGNS
        .iter()
        .find_map(|sign| text.strip_prefix(sign))
        .map(str::trim_start)
        .or_else(|| structure::list_item(text))
}

/// Whether a paragraph begins with a line. `item_left` is where the list item begins that is being
/// read.
pub fn begins(before: &Line, line: &Line, item_left: Option<f64>, usual: &Usual) -> bool {
    if before.block.is_some() || line.block.is_some() {
        return before.block != line.block && !is_cut(before, line);
    }
    if contents_entry(&before.run.text).is_some() {
        return true;
    }
    let size = usual.size;
    let gap = before.run.y - line.run.y;
    let indent = line.run.left - line.column.0;
    // The text of an item hangs right of its mark.
    let hangs = item_left.is_some_and(|left| line.run.left > left);
    let is_indented = indent > size * 0.7 && indent < size * 4.0 && !hangs;
    let was_at_margin = before.run.left - before.column.0 < size * 0.7;
    let ends_short =
        before.run.right < before.column.1 - (before.column.1 - before.column.0) * 0.12;
    let is_beside_mark =
        item_left.is_some_and(|left| ends_short || line.run.left < left + size * 0.7);
    let is_item = item(line.run.text.trim()).is_some()
        || (is_beside_mark && typography::is_numbered(line.run.text.trim()));
    let ends_sentence = before
        .run
        .text
        .trim_end()
        .ends_with(['.', '!', '?', ':', '”', '"', '’', ')', ']']);
    let changes_size = (before.run.size - line.run.size).abs() > size * 0.12;
    if usual.hangs(line) && item_left.is_none() {
        let is_first = indent < size * 0.7;
        return is_first && before.page == line.page || changes_size || is_item;
    }
    if gap <= 0.0 || before.page != line.page {
        // The next column or page: the text goes on unless it looks like an end, or the column
        // like a margin.
        let width = |line: &Line| line.column.1 - line.column.0;
        let is_margin = before.page == line.page
            && !(0.55..1.8).contains(&(width(line) / width(before).max(1.0)));
        return is_item
            || is_margin
            || changes_size
            || (is_indented && was_at_margin)
            || (ends_short && (ends_sentence || is_indented));
    }
    let is_apart = gap > usual.leading(line).min(usual.leading(before)) * 1.3;
    // Lines that are all set in are those of a quote.
    let is_even = (before.run.left - line.run.left).abs() < size * 0.3;
    // The text of an item is never left of its mark.
    let leaves_item = ends_short && item_left.is_some_and(|left| line.run.left < left - size * 0.7);
    is_item
        || leaves_item
        || is_apart
        || changes_size
        || (is_indented && was_at_margin && (line.run.left - before.run.left) > size * 0.7)
        || (is_indented && ends_short && !is_even)
        || (ends_short
            && ends_sentence
            && !line.run.text.trim_start().starts_with(char::is_lowercase))
}

/// Whether a column or page ends between two blocks of a kind in the middle of a sentence: some
/// programs mark each part by itself.
fn is_cut(before: &Line, line: &Line) -> bool {
    let kind = |line: &Line| line.block.map(|(_, kind)| kind);
    let is_next = before.page != line.page || line.run.y > before.run.y;
    let text = before.run.text.trim_end();
    is_next
        && kind(before) == kind(line)
        && !text.ends_with(['.', '!', '?', ':', ';'])
        && (line.run.text.starts_with(char::is_lowercase) || text.ends_with('-'))
}

/// How many lines from the first on are code: of a face whose letters are equally wide, where the
/// text is not.
pub fn code(lines: &[Line], usual: &Usual) -> Option<usize> {
    let is_code = |line: &&Line| match line.block {
        Some((_, kind)) => kind == Kind::Code,
        None => line.run.text.is_even() && !usual.is_even,
    };
    let goes_on = |(one, other): &(&Line, &Line)| {
        let gap = one.run.y - other.run.y;
        is_code(other) && one.page == other.page && (0.0..one.run.size * 3.0).contains(&gap)
    };
    lines.first().filter(is_code)?;
    let length = 1 + lines
        .iter()
        .zip(lines.iter().skip(1))
        .take_while(goes_on)
        .count();
    let is_marked = lines.first().is_some_and(|line| line.block.is_some());
    (length > 1 || is_marked).then_some(length)
}

/// A line of a printed contents without the dots between its title and its page.
pub fn contents_entry(text: &Styled) -> Option<Styled> {
    let text = text.trimmed(0);
    let number = text.rsplit(['.', ' ', '…']).next()?;
    let is_number = number.len() <= 6
        && number
            .chars()
            .all(|c| c.is_ascii_digit() || "ivxlc-".contains(c));
    let title = text.strip_suffix(number)?;
    let short = title.trim_end_matches(['.', ' ', '…', '·']);
    let dots = title
        .get(short.len()..)?
        .chars()
        .filter(|c| !c.is_whitespace());
    let is_leader = dots.map(|c| if c == '…' { 3 } else { 1 }).sum::<usize>() >= 4;
    if short.is_empty() || number.is_empty() || !is_number || !is_leader {
        return None;
    }
    let mut entry = text.part(0..short.len());
    entry.push_apart(&"…".into());
    entry.push_apart(&number.into());
    Some(entry)
}
