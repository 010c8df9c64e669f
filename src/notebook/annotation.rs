//! One annotation and the text of its file: a RON value between a comment and a checksum. Pure:
//! accesses no file.

use serde::{Deserialize, Serialize};

use super::file_text;
pub use super::file_text::{Checksum, Malformed};

use crate::edition::{
    anchor::{Anchor, Selector},
    fingerprint,
};

/// The newest annotation format, which this program writes.
pub const FORMAT: u32 = 1;

/// Largest file of an annotation, in bytes.
pub const LARGEST: usize = 4 * 1024 * 1024;
/// Longest passage of an annotation, in bytes: with its text it stays below [`LARGEST`].
pub const LONGEST_QUOTE: usize = 1024 * 1024;

const FIRST_LINE: &str = "// An annotation kept by tip-reader. You may edit it by hand; tip-reader keeps what you write.\n";

/// A note, highlight or bookmark on a passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    pub format: u32,
    /// 32 hexadecimal digits, random, never reused.
    pub id: String,
    /// Id of its report.
    pub report: String,
    pub kind: Kind,
    pub anchor: Anchor,
    /// The user's text, Markdown; empty for most highlights and bookmarks.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Colour of a highlight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// Letter of a bookmark; an unnamed one has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub letter: Option<char>,
    /// RFC 3339, only shown, never compared.
    pub created: String,
    /// RFC 3339, only shown, never compared.
    pub modified: String,
    /// Id of the annotation that this is a conflicting version of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conflict_of: Option<String>,
    /// In a draft: checksum of the note's text that the draft started from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<String>,
}

/// The kinds of annotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Note,
    Highlight,
    Bookmark,
}

impl Kind {
    /// All kinds, each at its index.
    pub const ALL: &[Self] = &[Self::Note, Self::Highlight, Self::Bookmark];

    /// Its name in lists and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Highlight => "highlight",
            Self::Bookmark => "bookmark",
        }
    }
}

/// The colours of highlights. A file may name any other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Color {
    #[default]
    Yellow,
    Green,
    Blue,
    Red,
    Purple,
}

impl Color {
    pub const ALL: &[Self] = &[
        Self::Yellow,
        Self::Green,
        Self::Blue,
        Self::Red,
        Self::Purple,
    ];

    /// Its name in files, lists and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Red => "red",
            Self::Purple => "purple",
        }
    }

    /// The letter that selects it, and shows it without colours.
    pub fn letter(self) -> char {
        match self {
            Self::Yellow => 'y',
            Self::Green => 'g',
            Self::Blue => 'b',
            Self::Red => 'r',
            Self::Purple => 'p',
        }
    }

    /// The colour of a name; yellow if unknown.
    pub fn named(name: &str) -> Self {
        Self::ALL
            .iter()
            .find(|color| color.name() == name)
            .copied()
            .unwrap_or_default()
    }
}

impl Annotation {
    /// The words of the text that start with `#`, without it, in order, each once.
    pub fn tags(&self) -> Vec<&str> {
        let mut tags = Vec::new();
        for word in self
            .text
            .split_whitespace()
            .filter_map(|word| word.strip_prefix('#'))
        {
            let tag = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            let is_tag = tag.chars().next().is_some_and(char::is_alphanumeric);
            if is_tag && !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        tags
    }

    /// Checksum of the text, see [`Annotation::base`].
    pub fn text_sum(&self) -> String {
        fingerprint::checksum(self.text.as_bytes())
    }

    /// Whether a newer version of the program wrote it: shown, never rewritten.
    pub fn is_newer(&self) -> bool {
        self.format > FORMAT
    }

    /// The text of its file.
    ///
    /// # Errors
    /// If it cannot be encoded as RON, which does not happen to annotations of this program.
    pub fn write(&self) -> Result<String, ron::Error> {
        file_text::write(FIRST_LINE, self)
    }

    /// Reads the bytes of a file; skips a byte order mark.
    ///
    /// # Errors
    /// If the bytes are not an annotation, with line and column (characters, from 1).
    pub fn read(bytes: &[u8]) -> Result<(Self, Checksum), Malformed> {
        let text = file_text::text(bytes)?;
        let annotation = file_text::read(text).or_else(|why| read_newer(text).ok_or(why))?;
        Ok((annotation, file_text::checksum(text)))
    }
}

/// What this program understands of a newer format.
#[derive(Debug, Deserialize)]
struct Newer {
    format: u32,
    id: String,
    report: String,
    anchor: NewerAnchor,
    #[serde(default)]
    text: String,
    #[serde(default)]
    created: String,
    #[serde(default)]
    modified: String,
}

#[derive(Debug, Deserialize)]
struct NewerAnchor {
    quote: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
}

/// Reads an annotation of a newer format by its words: it is shown as a note at its quote.
fn read_newer(text: &str) -> Option<Annotation> {
    let newer = file_text::read::<Newer>(text)
        .ok()
        .filter(|newer| newer.format > FORMAT)?;
    let NewerAnchor {
        quote,
        before,
        after,
    } = newer.anchor;
    Some(Annotation {
        format: newer.format,
        id: newer.id,
        report: newer.report,
        kind: Kind::Note,
        anchor: Anchor {
            edition: String::new(),
            start: Selector::default(),
            end: Selector::default(),
            quote,
            before,
            after,
        },
        text: newer.text,
        color: None,
        letter: None,
        created: newer.created,
        modified: newer.modified,
        conflict_of: None,
        base: None,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{
        edition::{Edition, anchor::Anchor},
        report::{position::Position, snapshot},
    };

    pub(crate) fn sample(id: &str, text: &str) -> Annotation {
        let report = snapshot::bundled();
        let passage = report.passage_of_block(Position::new(1, 4, 0));
        Annotation {
            format: FORMAT,
            id: id.into(),
            report: report.id.clone(),
            kind: Kind::Note,
            anchor: Anchor::new(&report, &Edition::of(&report), passage),
            text: text.into(),
            color: None,
            letter: None,
            created: "2026-01-02T03:04:05Z".into(),
            modified: "2026-01-02T03:04:05Z".into(),
            conflict_of: None,
            base: None,
        }
    }

    #[test]
    fn what_is_written_is_read_back() {
        for text in [
            "",
            "plain",
            "quotes \" and \\ and ”\n\n#tag 人\u{301}\u{0}\u{1b}[2J \u{202e}",
            "// checksum: 0",
            "r#\"raw\"#",
        ] {
            let note = sample("a", text);
            let written = note.write().expect("writable");
            assert_eq!(
                Annotation::read(written.as_bytes()).expect("readable"),
                (note, Checksum::Good)
            );
        }
    }

    #[test]
    fn a_truncated_or_zeroed_file_is_never_taken_for_a_note() {
        let written = sample("a", "text").write().expect("writable");
        let value = written.rfind(")\n").expect("the end of the value");
        for cut in 0..=value {
            assert!(
                Annotation::read(&written.as_bytes()[..cut]).is_err(),
                "cut at {cut}"
            );
            let mut zeroed = written.clone().into_bytes();
            zeroed[cut..].fill(0);
            assert!(Annotation::read(&zeroed).is_err(), "zeros from {cut}");
        }
    }

    #[test]
    fn a_newer_format_is_read_by_its_words_and_the_current_one_strictly() {
        let written = sample("a", "text").write().expect("writable");
        let strange = written
            .replace("kind: note", "kind: sketch(width: 3)")
            .replace("before:", "shape: [1, 2],\n    before:");
        assert!(Annotation::read(strange.as_bytes()).is_err());
        let newer = strange.replace("format: 1", "format: 2");
        let (read, _) = Annotation::read(newer.as_bytes()).expect("readable");
        assert!(read.is_newer() && read.text == "text");
        assert_eq!(read.anchor.quote, sample("a", "").anchor.quote);
    }

    #[test]
    fn a_flipped_bit_is_noticed() {
        let written = sample("a", "text of the note")
            .write()
            .expect("writable")
            .into_bytes();
        for index in 0..written.len() {
            let mut flipped = written.clone();
            flipped[index] ^= 1;
            let read = Annotation::read(&flipped);
            assert!(!matches!(read, Ok((_, Checksum::Good))), "byte {index}");
        }
    }

    #[test]
    fn tags_are_words_with_a_number_sign() {
        let note = sample("a", "see #equity, and #covid-19! not# # #equity \n#人権");
        assert_eq!(note.tags(), ["equity", "covid-19", "人権"]);
    }
}
