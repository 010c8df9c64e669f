//! One end of an anchor as the value of a fragment selector: names and values as in a query,
//! `section=…&block=4&byte=0`. What other programs cannot use and this one needs to find a
//! passage again without a search.

use crate::{edition::anchor::Selector, report::Report};

/// The IRI of the syntax of such values (`conformsTo`).
pub const CONFORMS_TO: &str = "urn:tip-reader:place";

/// One end of an annotation's passage, with the fields that the model lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fragment {
    /// Version of the annotation format.
    pub format: u32,
    pub report: String,
    pub edition: String,
    pub place: Selector,
}

impl Fragment {
    pub fn write(&self) -> String {
        let Selector {
            section,
            block,
            hash,
            byte,
        } = &self.place;
        let pairs = [
            ("format", self.format.to_string()),
            ("report", encode(&self.report)),
            ("edition", encode(&self.edition)),
            ("section", encode(section)),
            ("block", block.to_string()),
            ("hash", encode(hash)),
            ("byte", byte.to_string()),
        ];
        pairs
            .map(|(name, value)| format!("{name}={value}"))
            .join("&")
    }

    /// Reads what [`Self::write`] wrote; `None` for anything else.
    pub fn read(value: &str) -> Option<Self> {
        let find = |wanted: &str| {
            value
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .find(|(name, _)| *name == wanted)
        };
        let text = |name| find(name).and_then(|(_, value)| decode(value));
        let number = |name| find(name).and_then(|(_, value)| value.parse().ok());
        Some(Self {
            format: find("format")?.1.parse().ok()?,
            report: text("report")?,
            edition: text("edition")?,
            place: Selector {
                section: text("section")?,
                block: number("block")?,
                hash: text("hash")?,
                byte: number("byte")?,
            },
        })
    }
}

/// The name of a report that has no address on the web.
pub fn iri_of_report(report: &Report) -> String {
    format!("urn:tip-reader:report:{}", encode(&report.id))
}

/// Percent-encoding (RFC 3986) of all but letters, digits and `-._~`.
pub fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte))
            }
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

/// The text that [`encode`] made this of; `None` if it is not an encoded text.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for section in ["message-from", "", "人 &=%\u{1b}", "a%2"] {
            let place = Selector {
                section: section.into(),
                block: 7,
                hash: "0f".into(),
                byte: usize::MAX,
            };
            let fragment = Fragment {
                format: 1,
                report: "tip-2021".into(),
                edition: String::new(),
                place,
            };
            assert_eq!(Fragment::read(&fragment.write()), Some(fragment));
        }
        for value in [
            "",
            "section=a",
            "t=30,60",
            "format=1&report=%zz&edition=&section=&block=1&hash=&byte=0",
        ] {
            assert_eq!(Fragment::read(value), None);
        }
    }
}
