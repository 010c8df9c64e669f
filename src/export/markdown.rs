//! Markdown (CommonMark). `import` reads it back to the same sections, kinds and text: a comment
//! before a block names its kind if its form does not tell.

use super::{Part, spans};
use crate::{
    report::{Block, BlockKind, Section, Span, SpanStyle},
    text::{width, wording},
};

pub fn write(parts: &[Part<'_>]) -> String {
    let mut pieces = Vec::new();
    for part in parts {
        if part.has_title {
            pieces.push(heading(part.section));
        }
        let mut list = None;
        for (_, block) in &part.blocks {
            pieces.push(if block.kind == BlockKind::ListItem {
                item(block, &mut list)
            } else {
                write_block(block)
            });
            list = list.filter(|_| block.kind == BlockKind::ListItem);
        }
    }
    pieces.join("\n\n") + "\n"
}

/// The list being written.
struct List {
    /// Depth of the outermost list.
    first: u8,
    /// Depth of the previous item.
    before: u8,
}

/// A list item, indented by its depth. A list can only be nested in the item before it: if that is
/// missing, a comment gives the depth.
fn item(block: &Block, list: &mut Option<List>) -> String {
    let continued = list
        .as_ref()
        .filter(|list| (list.first..=list.before.saturating_add(1)).contains(&block.depth));
    let comment = match list {
        _ if continued.is_some() || (list.is_none() && block.depth == 0) => String::new(),
        _ => format!("<!-- depth {} -->\n", block.depth),
    };
    let first = continued.map_or(block.depth, |list| list.first);
    *list = Some(List {
        first,
        before: block.depth,
    });
    let indent = "  ".repeat(usize::from(block.depth.saturating_sub(first)));
    format!(
        "{comment}{indent}- {}",
        inline(block).replace('\n', &format!("\n{indent}  "))
    )
}

/// A section's title.
fn heading(section: &Section) -> String {
    let marks = "#".repeat(usize::from(section.level.clamp(1, 6)));
    let title = escape_with(&wording::one_line(&section.title), &['#', '{', '}']);
    format!("{marks} {title}")
}

fn write_block(block: &Block) -> String {
    let text = inline(block);
    let prefixed =
        |first: &str, rest: &str| format!("{first}{}", text.replace('\n', &format!("\n{rest}")));
    match block.kind {
        BlockKind::Quote => prefixed("> ", "> "),
        BlockKind::ListItem => item(block, &mut None),
        BlockKind::Heading => format!("<!-- heading -->\n**{text}**"),
        BlockKind::Caption => format!("<!-- caption -->\n*{text}*"),
        BlockKind::Notice => format!("<!-- notice -->\n*{text}*"),
        BlockKind::Signature => format!("<!-- signature -->\n*{text}*"),
        BlockKind::Salutation => format!("<!-- salutation -->\n{text}"),
        BlockKind::Preformatted => fenced(&block.text),
        BlockKind::Paragraph if is_all_strong(block) => format!("<!-- paragraph -->\n{text}"),
        BlockKind::Paragraph => text,
    }
}

/// Headings within a section look like a single strong line.
fn is_all_strong(block: &Block) -> bool {
    let is_strong = |is: fn(&Span, usize) -> bool| {
        block
            .spans
            .iter()
            .any(|span| span.style == SpanStyle::Strong && is(span, block.text.len()))
    };
    is_strong(|span, _| span.start == 0) && is_strong(|span, length| span.end == length)
}

/// Text in a fence that is longer than any run of backticks in it.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!(
        "{fence}\n{}\n{fence}",
        spans::written_with_tabs(text.trim_end_matches('\n'))
    )
}

/// The text with its spans as emphasis and links. Outer spans come first.
fn inline(block: &Block) -> String {
    let text = spans::marked(block, escape, |span| match &span.style {
        SpanStyle::Emphasis if is_clear(block, span) => Some(("*".into(), "*".into())),
        SpanStyle::Strong if is_clear(block, span) => Some(("**".into(), "**".into())),
        SpanStyle::Emphasis => Some(("<em>".into(), "</em>".into())),
        SpanStyle::Strong => Some(("<strong>".into(), "</strong>".into())),
        SpanStyle::Link(target) => is_outer_link(block, span)
            .then(|| ("[".into(), format!("](<{}>)", escape_target(target)))),
    });
    // Brackets in the text are escaped, so this is a link after an exclamation mark, not an image.
    text.replace("![", "\\![")
}

/// Whether stars around a span are read as emphasis (CommonMark 6.2, flanking runs): otherwise tags
/// are written. Blocks in stars have tags inside.
fn is_clear(block: &Block, span: &Span) -> bool {
    let (before, after) = (
        block.text.get(..span.start).unwrap_or_default(),
        block.text.get(span.end..).unwrap_or_default(),
    );
    let within = block.text.get(span.start..span.end).unwrap_or_default();
    let is_apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let others = block
        .spans
        .iter()
        .filter(|other| !std::ptr::eq(*other, span) && other.start < other.end);
    let is_alone = others.into_iter().all(|other| {
        let is_beside = other.end < span.start || span.end < other.start;
        let is_around = other.start < span.start && span.end < other.end;
        let is_within = span.start < other.start && other.end < span.end;
        is_beside || (matches!(other.style, SpanStyle::Link(_)) && (is_around || is_within))
    });
    let is_bare = !matches!(
        block.kind,
        BlockKind::Heading | BlockKind::Caption | BlockKind::Notice | BlockKind::Signature
    );
    is_bare
        && is_alone
        && is_word(within.chars().next())
        && is_word(within.chars().next_back())
        && is_apart(before.chars().next_back())
        && (is_apart(after.chars().next())
            || after.starts_with(['.', ',', ';', ':', '!', '?', ')']))
}

/// Links cannot be nested: of overlapping ones the first is written.
fn is_outer_link(block: &Block, span: &Span) -> bool {
    let links = block
        .spans
        .iter()
        .filter(|span| matches!(span.style, SpanStyle::Link(_)) && span.start < span.end);
    let before = links.take_while(|other| !std::ptr::eq(*other, span));
    before
        .into_iter()
        .all(|other| other.end <= span.start || span.end <= other.start)
}

fn escape_target(target: &str) -> String {
    let target = target
        .chars()
        .filter(|c| !width::is_unsafe(*c) && !matches!(c, '<' | '>'));
    target
        .collect::<String>()
        .replace('\\', "\\\\")
        .replace('&', "\\&")
}

/// Escapes Markdown markup; unsafe characters become signs, tabs blanks, line ends stay.
pub fn escape(text: &str) -> String {
    escape_with(text, &[])
}

fn escape_with(text: &str, more: &[char]) -> String {
    let mut escaped = String::new();
    for (index, line) in width::written(text).split('\n').enumerate() {
        if index > 0 {
            escaped.push_str("\\\n");
        }
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        for (at, character) in line.char_indices() {
            let starts_block = at == 0 && matches!(character, '#' | '+' | '-' | '=');
            let numbers = at > 0 && at == digits && matches!(character, '.' | ')');
            if starts_block
                || numbers
                || matches!(
                    character,
                    '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~'
                )
                || more.contains(&character)
            {
                escaped.push('\\');
            }
            escaped.push(character);
        }
    }
    escaped
}
