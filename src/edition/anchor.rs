//! Anchors: what is saved instead of a position.
//!
//! The parts are those of the W3C Web Annotation model: a text position selector (section,
//! block, bytes) and a text quote selector (quote, before, after), with the edition that
//! they were taken from. How a passage is found again is in [`resolver`](super::resolver).

use serde::{Deserialize, Serialize};

use super::{Edition, fingerprint};
use crate::report::{
    Report,
    position::{Passage, Position},
};

/// Characters of context saved on each side of a quote.
pub const CONTEXT: usize = 200;

/// A saved passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// Hash of the edition that the passage was marked in.
    pub edition: String,
    pub start: Selector,
    pub end: Selector,
    /// The whole text of the passage; blocks are joined by a line feed.
    pub quote: String,
    /// Text of the same section just before the passage, at most 200 characters; blocks are
    /// joined by a line feed.
    pub before: String,
    /// Text of the same section just after the passage, at most 200 characters.
    pub after: String,
}

/// A position by names: it survives sections being added before it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selector {
    /// Id of the section.
    pub section: String,
    /// Block of the section, from 0.
    pub block: usize,
    /// Hash of the block's words, see [`fingerprint::block`].
    pub hash: String,
    /// Byte of the block's text.
    pub byte: usize,
}

/// Where an anchored passage is in a report, and how certain that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// The exact text at the same position.
    Exact(Passage),
    /// The exact text at another position: another section, paragraph or byte.
    Moved(Passage),
    /// Reworded, in what its paragraph has become.
    Changed(Passage),
    /// It could be this passage, or another.
    Unsure(Passage),
    /// Nowhere. The quote is still listed.
    Orphaned,
}

impl Resolution {
    /// Where to show it, however sure.
    pub fn passage(self) -> Option<Passage> {
        match self {
            Self::Exact(passage)
            | Self::Moved(passage)
            | Self::Changed(passage)
            | Self::Unsure(passage) => Some(passage),
            Self::Orphaned => None,
        }
    }

    /// The word for it in listings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact(_) => "exact",
            Self::Moved(_) => "moved",
            Self::Changed(_) => "changed",
            Self::Unsure(_) => "unsure",
            Self::Orphaned => "orphaned",
        }
    }

    /// Whether it is shown as the passage that was marked, not as a guess.
    pub fn is_certain(self) -> bool {
        matches!(self, Self::Exact(_) | Self::Moved(_) | Self::Changed(_))
    }
}

impl Anchor {
    /// Anchors a passage of a report.
    pub fn new(report: &Report, edition: &Edition, passage: Passage) -> Self {
        let (start, end) = (passage.start(), passage.end());
        Self {
            edition: edition.hash.clone(),
            start: Selector::new(report, start),
            end: Selector::new(report, end),
            quote: report.text_of(passage),
            before: text_before(report, start),
            after: text_after(report, end),
        }
    }

    /// The passage at the saved position, if its text is exactly the quote.
    pub fn at_selector(&self, report: &Report) -> Option<Passage> {
        let start = self.start.position(report)?;
        let end = self.end.position(report)?;
        let is_text = start <= end && report.block(start).is_some() && report.block(end).is_some();
        let passage = is_text.then(|| Passage::new(start, end))?;
        (report.text_of(passage) == self.quote).then_some(passage)
    }

    /// The blocks that it begins and ends in, whole, where they still have the same words.
    pub fn its_blocks(&self, report: &Report) -> Option<Passage> {
        let (start, end) = (self.start.position(report)?, self.end.position(report)?);
        let has_words = |place: &Selector, at| {
            report
                .block(at)
                .is_some_and(|block| fingerprint::block(&block.text) == place.hash)
        };
        let is_there = start.block_key() <= end.block_key()
            && has_words(&self.start, start)
            && has_words(&self.end, end);
        is_there.then(|| {
            Passage::new(
                start.block_start(),
                Position {
                    byte: report.text_at(end).len(),
                    ..end
                },
            )
        })
    }

    /// How it resolves to a passage that is known to be the one that was marked.
    pub fn resolution_at(&self, report: &Report, passage: Passage) -> Resolution {
        if report.text_of(passage) != self.quote {
            return Resolution::Changed(passage);
        }
        let is_same_place =
            |place: &Selector, position: Position| place.position(report) == Some(position);
        if is_same_place(&self.start, passage.start()) && is_same_place(&self.end, passage.end()) {
            Resolution::Exact(passage)
        } else {
            Resolution::Moved(passage)
        }
    }

    /// Identifies the anchor.
    pub fn checksum(&self) -> String {
        let mut hash = fingerprint::Fnv::default();
        let numbers =
            [&self.start, &self.end].map(|place| format!("{} {}", place.block, place.byte));
        let places = [
            &self.start.section,
            &self.start.hash,
            &self.end.section,
            &self.end.hash,
        ];
        let texts = [&self.edition, &self.quote, &self.before, &self.after];
        for part in numbers.iter().chain(places).chain(texts) {
            hash.add(part.as_bytes());
            hash.add(&[0]);
        }
        hash.hex()
    }

    /// Whether the text around a passage is the one that was around the quote.
    pub fn has_its_context(&self, report: &Report, passage: Passage) -> bool {
        let (before, after) = (
            text_before(report, passage.start()),
            text_after(report, passage.end()),
        );
        before.ends_with(&self.before) && after.starts_with(&self.after)
    }

    /// A first answer, without a search elsewhere.
    pub fn at_first_sight(&self, report: &Report) -> Resolution {
        if let Some(passage) = self.at_selector(report) {
            return Resolution::Exact(passage);
        }
        let place = self
            .start
            .position(report)
            .filter(|place| report.block(*place).is_some());
        place.map_or(Resolution::Orphaned, |place| {
            Resolution::Unsure(report.passage_of_block(place))
        })
    }

    /// Whether the quote begins where its block does.
    pub fn begins_block(&self) -> bool {
        self.before.is_empty() || self.before.ends_with('\n')
    }

    /// Whether the quote ends where its block does.
    pub fn ends_block(&self) -> bool {
        self.after.is_empty() || self.after.starts_with('\n')
    }
}

impl Selector {
    fn new(report: &Report, position: Position) -> Self {
        Self {
            section: report
                .sections
                .get(position.section)
                .map(|section| section.id.clone())
                .unwrap_or_default(),
            block: position.block,
            hash: fingerprint::block(report.text_at(position)),
            byte: position.byte,
        }
    }

    /// The position in a report, or `None` where the section is gone.
    pub fn position(&self, report: &Report) -> Option<Position> {
        let section = report.section_index(&self.section)?;
        Some(Position::new(section, self.block, self.byte))
    }
}

fn text_before(report: &Report, at: Position) -> String {
    let mut text = report
        .text_at(at)
        .get(..at.byte)
        .unwrap_or_default()
        .to_owned();
    for block in (0..at.block).rev() {
        if text.chars().count() >= CONTEXT {
            break;
        }
        text = format!("{}\n{text}", report.text_at(Position { block, ..at }));
    }
    last_characters(&text, CONTEXT).into()
}

fn text_after(report: &Report, at: Position) -> String {
    let mut text = report
        .text_at(at)
        .get(at.byte..)
        .unwrap_or_default()
        .to_owned();
    for block in at.block + 1
        ..report
            .sections
            .get(at.section)
            .map_or(0, |section| section.blocks.len())
    {
        if text.chars().count() >= CONTEXT {
            break;
        }
        text = format!("{text}\n{}", report.text_at(Position { block, ..at }));
    }
    first_characters(&text, CONTEXT).into()
}

fn first_characters(text: &str, count: usize) -> &str {
    let end = text
        .char_indices()
        .nth(count)
        .map_or(text.len(), |(byte, _)| byte);
    text.get(..end).unwrap_or_default()
}

fn last_characters(text: &str, count: usize) -> &str {
    let start = count
        .checked_sub(1)
        .and_then(|back| text.char_indices().rev().nth(back))
        .map_or(0, |(byte, _)| byte);
    text.get(start..).unwrap_or_default()
}
