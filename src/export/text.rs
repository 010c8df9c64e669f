//! Plain text: titles underlined, blocks apart, no control characters.

use super::Part;
use crate::{
    report::{Block, BlockKind, Report, typography},
    text::{width, wrap},
};

pub fn write(report: &Report, parts: &[Part<'_>], width: Option<usize>) -> String {
    let mut pieces = Vec::new();
    for part in parts {
        if part.has_title {
            let title = width::shown(&part.section.title);
            pieces.push(format!("{title}\n{}", "=".repeat(width::width(&title))));
        }
        let mut before: Option<BlockKind> = None;
        for (_, block) in &part.blocks {
            let text = set(block, width, &report.language);
            let is_tight = before == Some(block.kind) && typography::setting(block).tight;
            match pieces.last_mut().filter(|_| is_tight) {
                Some(last) => last.push_str(&format!("\n{text}")),
                None => pieces.push(text),
            }
            before = Some(block.kind);
        }
    }
    pieces.join("\n\n") + "\n"
}

/// A block's lines with their indent.
fn set(block: &Block, width: Option<usize>, language: &str) -> String {
    let setting = typography::setting(block);
    let columns = width.unwrap_or(usize::MAX / 4);
    let indent = setting.indent_at(columns);
    let language = if setting.verbatim { "" } else { language };
    let lines = wrap::lines(&block.text, setting.text_width(columns), language);
    let set = lines.iter().enumerate().map(|(index, line)| {
        let text = width::shown(
            block
                .text
                .get(line.start..line.end)
                .unwrap_or_default()
                .trim_end_matches('\n'),
        )
        .into_owned();
        let text = text.trim_end();
        let lead = if index == 0 && indent > 0 {
            format!(
                "{}{}",
                " ".repeat(setting.marker_at(columns)),
                setting.marker
            )
        } else {
            String::new()
        };
        format!(
            "{lead}{}{text}{}",
            " ".repeat(indent.saturating_sub(width::width(&lead))),
            if line.hyphen { "-" } else { "" }
        )
    });
    set.collect::<Vec<_>>().join("\n")
}
