//! HTML within Markdown: comments that name a kind, blocks that are pages, and tags within lines.

use super::Reader;
use crate::{
    import::{
        ImportError,
        html::{self, Taken},
    },
    report::{BlockKind, SpanStyle},
};

/// Kinds that a comment before a block may name: `<!-- caption -->`.
const NAMED: &[(&str, BlockKind)] = &[
    ("paragraph", BlockKind::Paragraph),
    ("heading", BlockKind::Heading),
    ("caption", BlockKind::Caption),
    ("salutation", BlockKind::Salutation),
    ("signature", BlockKind::Signature),
    ("notice", BlockKind::Notice),
];

impl Reader {
    /// A block of HTML is a comment that names a kind, or read as the page that it is.
    pub(super) fn end_page(&mut self) -> Result<(), ImportError> {
        let page = std::mem::take(&mut self.page);
        let comment = page
            .trim()
            .strip_prefix("<!--")
            .and_then(|rest| rest.strip_suffix("-->"))
            .map(str::trim);
        if let Some(words) = comment {
            self.named = NAMED
                .iter()
                .find(|(name, _)| *name == words)
                .map(|(_, kind)| *kind);
            self.missing = words
                .strip_prefix("depth ")
                .and_then(|depth| depth.parse().ok())
                .unwrap_or(0);
            return Ok(());
        }
        let document = html::read(&page, Taken::Whole)?;
        self.document.parts.extend(document.parts);
        self.document.left_out.extend(document.left_out);
        Ok(())
    }

    /// A tag within a line: emphasis and line breaks count, others are dropped.
    pub(super) fn tag(&mut self, tag: &str) {
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        let style = match name.to_ascii_lowercase().as_str() {
            "br" => {
                self.flow.line_break();
                return;
            }
            "del" | "s" | "strike" if tag.starts_with("</") => return self.flow.end_bracket("]"),
            "del" | "s" | "strike" => return self.text("[deleted: "),
            "em" | "i" => SpanStyle::Emphasis,
            "strong" | "b" => SpanStyle::Strong,
            _ => return,
        };
        if tag.starts_with("</") {
            self.flow.close_kind(&style)
        } else {
            self.flow.open(style)
        }
    }
}
