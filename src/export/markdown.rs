//! Markdown (CommonMark).

use super::Part;
use crate::report::{Block, BlockKind, SpanStyle};

pub fn write(parts: &[Part<'_>]) -> String {
    let mut pieces = Vec::new();
    for part in parts {
        if part.has_title {
            let marks = "#".repeat(usize::from(part.section.level.clamp(1, 6)));
            pieces.push(format!("{marks} {}", escape(&part.section.title)));
        }
        pieces.extend(part.blocks.iter().map(|(_, block)| write_block(block)));
    }
    pieces.join("\n\n") + "\n"
}

fn write_block(block: &Block) -> String {
    let text = inline(block);
    let prefixed = |first: &str, rest: &str| format!("{first}{}", text.replace('\n', &format!("\n{rest}")));
    match block.kind {
        BlockKind::Quote => prefixed("> ", "> "),
        BlockKind::ListItem => prefixed("- ", "  "),
        BlockKind::Heading => format!("**{}**", text.replace('\n', " ")),
        BlockKind::Caption | BlockKind::Notice | BlockKind::Signature => format!("*{}*", text.replace('\n', " ")),
        BlockKind::Preformatted => format!("```\n{}\n```", block.text.trim_end_matches('\n')),
        BlockKind::Paragraph | BlockKind::Salutation => text,
    }
}

/// The text with its spans as emphasis and links. Spans are marked outside in.
fn inline(block: &Block) -> String {
    super::marked(block, escape, |style| {
        Some(match style {
            SpanStyle::Emphasis => ("*".into(), "*".into()),
            SpanStyle::Strong => ("**".into(), "**".into()),
            SpanStyle::Link(target) => ("[".into(), format!("](<{}>)", target.replace(['<', '>', '\n'], ""))),
        })
    })
}

/// Escapes what Markdown would take for markup; controls become blanks.
pub fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for (index, character) in text.char_indices() {
        let starts_block = index == 0 && matches!(character, '#' | '>' | '+' | '-' | '=' | '~');
        if starts_block || matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&') {
            escaped.push('\\');
        }
        escaped.push(if character.is_control() && character != '\n' { ' ' } else { character });
    }
    escaped
}
