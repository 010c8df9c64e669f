//! Links of a block: its link spans, and web and e-mail addresses in its text. Also decides what
//! may be opened.

use std::{collections::HashMap, ops::Range};

use super::{Block, Report, SpanStyle, address::Address, lookup::is_number_or_page};

/// A link in a block's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Bytes of the block's text.
    pub bytes: Range<usize>,
    /// The target, as written.
    pub target: String,
}

/// Longest URI in bytes for terminals: some ignore longer ones (VTE).
const LONGEST: usize = 2083;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A section or paragraph of the report.
    Inside(Address),
    /// Something that the system can open.
    Outside(String),
    /// A missing part of the report, or something that is not opened for safety (`file:`,
    /// `javascript:`).
    Nowhere,
}

impl Link {
    /// The destination in a report. `#section-id` and `#2:5` are its sections and paragraphs.
    pub fn destination(&self, report: &Report) -> Destination {
        if let Some(address) = self.target.strip_prefix('#') {
            return Address::parse(address, report)
                .map_or(Destination::Nowhere, Destination::Inside);
        }
        let scheme = self
            .target
            .split_once(':')
            .map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            _ if self.target.chars().any(char::is_control) => Destination::Nowhere,
            Some("http" | "https") if has_host(&self.target) => {
                Destination::Outside(self.target.clone())
            }
            Some("mailto") => Destination::Outside(mail_of(&self.target)),
            _ => Destination::Nowhere,
        }
    }

    /// The web or e-mail address for the system's opener, percent-encoded as [`Link::uri`].
    pub fn to_open(&self, report: &Report) -> Option<String> {
        match self.destination(report) {
            Destination::Outside(target) => Some(encoded(&target)),
            _ => None,
        }
    }

    /// The web or e-mail address as a URI for terminals (OSC 8): printable ASCII, the rest
    /// percent-encoded (RFC 3986). `None` for everything else, and if too long: a cut URI would
    /// lead elsewhere.
    pub fn uri(&self, report: &Report) -> Option<String> {
        let Destination::Outside(target) = self.destination(report) else {
            return None;
        };
        let uri = encoded(&target);
        (uri.len() <= LONGEST).then_some(uri)
    }
}

/// Printable ASCII, the rest percent-encoded (RFC 3986).
fn encoded(target: &str) -> String {
    let mut uri = String::with_capacity(target.len());
    for byte in target.bytes() {
        if byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

/// Whether a web address names a host.
fn has_host(target: &str) -> bool {
    let after = target.split_once(':').map_or("", |(_, after)| after);
    let Some(rest) = after.strip_prefix("//") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.starts_with(|c: char| c.is_alphanumeric() || c == '[')
}

/// An e-mail address with its subject, text and copies alone: other fields could attach files.
fn mail_of(target: &str) -> String {
    let (to, fields) = target.split_once('?').unwrap_or((target, ""));
    // An encoded line end would begin a header of its own.
    let is_one_line = |text: &str| {
        let text = text.to_ascii_lowercase();
        !text.contains("%0a") && !text.contains("%0d")
    };
    let stays = |field: &&str| {
        let name = field.split('=').next().unwrap_or_default();
        match name.to_ascii_lowercase().as_str() {
            "body" => true,
            "subject" | "cc" => is_one_line(field),
            _ => false,
        }
    };
    let to = if is_one_line(to) { to } else { "mailto:" };
    let fields: Vec<&str> = fields.split('&').filter(stays).collect();
    match fields.as_slice() {
        [] => to.to_owned(),
        fields => format!("{to}?{}", fields.join("&")),
    }
}

/// The links of a block, in order, none overlapping.
pub fn links(block: &Block) -> Vec<Link> {
    let given = block.spans.iter().filter_map(|span| match &span.style {
        SpanStyle::Link(target) => Some(Link {
            bytes: span.start..span.end,
            target: target.clone(),
        }),
        SpanStyle::Emphasis | SpanStyle::Strong => None,
    });
    let mut links: Vec<Link> = given.collect();
    if block.text.contains('@') || block.text.contains("://") || block.text.contains("www.") {
        let is_free = |link: &Link| {
            !links.iter().any(|given| {
                given.bytes.start < link.bytes.end && link.bytes.start < given.bytes.end
            })
        };
        let found: Vec<Link> = addresses_in(&block.text)
            .into_iter()
            .filter(is_free)
            .collect();
        links.extend(found);
    }
    links.sort_by_key(|link| link.bytes.start);
    links
}

/// The target of a link to a section, or to one of its blocks by number. An id of digits would be
/// read as a number.
pub fn to(report: &Report, section: usize, number: Option<usize>) -> String {
    let name = match report.sections.get(section) {
        Some(of) if !is_number_or_page(&of.id) => of.id.clone(),
        _ => (section + 1).to_string(),
    };
    match number {
        Some(number) => format!("#{name}:{number}"),
        None => format!("#{name}"),
    }
}

/// Gives links new targets; those without one stay.
pub fn retarget(report: &mut Report, new: impl Fn(&Report, &str) -> Option<String>) {
    let blocks = report.sections.iter().flat_map(|section| &section.blocks);
    let spans = blocks.flat_map(|block| &block.spans);
    let targets: HashMap<String, String> = spans
        .filter_map(|span| match &span.style {
            SpanStyle::Link(target) => Some((target.clone(), new(report, target)?)),
            SpanStyle::Emphasis | SpanStyle::Strong => None,
        })
        .collect();
    for block in report.sections.iter_mut().flat_map(|s| &mut s.blocks) {
        for span in &mut block.spans {
            if let SpanStyle::Link(target) = &mut span.style
                && let Some(new) = targets.get(target)
            {
                target.clone_from(new);
            }
        }
    }
}

/// Web and e-mail addresses in a text, without the punctuation around them.
fn addresses_in(text: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut from = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_start_matches(|c: char| !c.is_alphanumeric());
        let start = from + word.len() - bare.len();
        let bare = bare.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '/');
        if let Some(target) = target_of(bare) {
            links.push(Link {
                bytes: start..start + bare.len(),
                target,
            });
        }
        from += word.len();
    }
    links
}

fn target_of(word: &str) -> Option<String> {
    if word.starts_with("https://") || word.starts_with("http://") {
        return Some(word.to_owned());
    }
    if word.starts_with("www.") && word.matches('.').count() >= 2 {
        return Some(format!("https://{word}"));
    }
    let (name, host) = word.split_once('@')?;
    let is_plain = |text: &str, more: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || more.contains(c))
    };
    let is_mail = is_plain(name, "._%+-") && is_plain(host, ".-") && host.contains('.');
    is_mail.then(|| format!("mailto:{word}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{BlockKind, Span, snapshot};

    #[test]
    fn addresses_are_found_without_the_punctuation_around_them() {
        let text = "Write to (TIPOutreach@state.gov), or see https://www.state.gov/tip/?a=1. Not a@b nor @here; “www.state.gov”";
        let block = Block {
            kind: BlockKind::Paragraph,
            text: text.into(),
            spans: Vec::new(),
            depth: 0,
        };
        let found: Vec<(&str, String)> = links(&block)
            .into_iter()
            .map(|link| (text.get(link.bytes).unwrap_or_default(), link.target))
            .collect();
        assert_eq!(
            found,
            [
                (
                    "TIPOutreach@state.gov",
                    "mailto:TIPOutreach@state.gov".to_owned()
                ),
                (
                    "https://www.state.gov/tip/?a=1",
                    "https://www.state.gov/tip/?a=1".to_owned()
                ),
                ("www.state.gov", "https://www.state.gov".to_owned()),
            ]
        );
    }

    #[test]
    fn a_link_that_was_given_is_not_found_twice() {
        let span = Span {
            start: 0,
            end: 5,
            style: SpanStyle::Link("#2:5".into()),
        };
        let block = Block {
            kind: BlockKind::Paragraph,
            text: "a@b.c and d@e.f".into(),
            spans: vec![span],
            depth: 0,
        };
        let targets: Vec<String> = links(&block).into_iter().map(|link| link.target).collect();
        assert_eq!(targets, ["#2:5", "mailto:d@e.f"]);
    }

    #[test]
    fn only_what_is_harmless_leads_out() {
        let report = snapshot::bundled();
        let to = |target: &str| {
            Link {
                bytes: 0..0,
                target: target.into(),
            }
            .destination(&report)
        };
        assert_eq!(
            to("HTTPS://a.b"),
            Destination::Outside("HTTPS://a.b".into())
        );
        for target in [
            "https:",
            "http://",
            "https:///x",
            "https:a.b",
            "http://-x",
            "https://a@",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "/etc/passwd",
            "#nowhere",
            "#9",
            "",
            "https://a\u{1b}b",
        ] {
            assert_eq!(to(target), Destination::Nowhere, "{target}");
        }
        assert!(matches!(
            to("#message-from-the-acting-director"),
            Destination::Inside(Address {
                section: 2,
                block: None,
                ..
            })
        ));
        assert!(matches!(
            to("#2:5"),
            Destination::Inside(Address {
                section: 1,
                block: Some(4),
                ..
            })
        ));
    }

    #[test]
    fn an_opener_gets_encoded_addresses_and_no_attachments() {
        let report = snapshot::bundled();
        let opened = |target: &str| {
            let target = target.into();
            Link {
                bytes: 0..0,
                target,
            }
            .to_open(&report)
        };
        assert_eq!(
            opened(
                "mailto:a@b.c?attach=/etc/passwd&Subject=x&bcc=d@e.f&body=y%0Az&cc=g%0d%0abcc:h"
            )
            .as_deref(),
            Some("mailto:a@b.c?Subject=x&body=y%0Az")
        );
        assert_eq!(
            opened("https://a.b/é $(x)").as_deref(),
            Some("https://a.b/%C3%A9%20$(x)")
        );
    }

    #[test]
    fn terminals_get_printable_web_and_mail_addresses_only() {
        let report = snapshot::bundled();
        let uri = |target: &str| {
            Link {
                bytes: 0..0,
                target: target.into(),
            }
            .uri(&report)
        };
        assert_eq!(
            uri("https://a.b/?q=1;2&r=%20#c").as_deref(),
            Some("https://a.b/?q=1;2&r=%20#c")
        );
        assert_eq!(uri("mailto:a@b.c").as_deref(), Some("mailto:a@b.c"));
        assert_eq!(
            uri("https://a.b/é 人\u{202e}|").as_deref(),
            Some("https://a.b/%C3%A9%20%E4%BA%BA%E2%80%AE%7C")
        );
        for target in [
            "https://a\u{1b}\\b",
            "https://a\u{7}b",
            "https://a\u{9b}b",
            "#2:5",
            "file:///etc/passwd",
            "javascript:x",
            "",
            "a b",
        ] {
            assert_eq!(uri(target), None, "{target:?}");
        }
        assert!(uri(&format!("https://{}", "a".repeat(LONGEST - 8))).is_some());
        assert_eq!(uri(&format!("https://{}", "a".repeat(LONGEST - 7))), None);
        assert_eq!(
            uri(&format!("https://{}", "é".repeat(400))),
            None,
            "encoded it is longer"
        );
    }
}
