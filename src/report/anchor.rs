//! What is saved of a passage instead of its position, and how the passage is found again.
//!
//! The parts are those of the W3C Web Annotation model: a text position selector (section,
//! block, bytes) and a text quote selector (quote, before, after), with the edition that
//! they were taken from.

use serde::{Deserialize, Serialize};

use super::{
    Report, fingerprint,
    position::{Passage, Position},
};

/// Characters of context kept on each side of a quote.
const CONTEXT: usize = 200;
/// Characters of context that must agree for a quote that moved to be taken as certain.
const CERTAIN: usize = 24;

/// A saved passage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// Hash of the edition that the passage was marked in, see [`fingerprint::edition`].
    pub edition: String,
    pub start: Place,
    pub end: Place,
    /// The whole text of the passage; blocks are joined by a line feed.
    pub quote: String,
    /// Text of the same block just before the passage, at most 200 characters.
    pub before: String,
    /// Text of the same block just after the passage, at most 200 characters.
    pub after: String,
}

/// A position by names: it survives sections being added before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Id of the section.
    pub section: String,
    /// Block of the section, from 0.
    pub block: usize,
    /// Hash of the block's words, see [`fingerprint::block`].
    pub hash: String,
    /// Byte of the block's text.
    pub byte: usize,
}

/// Where an anchored passage stands in a report, and how sure that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// In its old place, to the letter.
    Exact(Passage),
    /// To the letter, in another place, with the same words around it.
    Moved(Passage),
    /// The quote stands here, but it could be another passage with the same words.
    Unsure(Passage),
    /// Nowhere. The quote is still listed.
    Orphaned,
}

impl Resolution {
    /// Where to show it, however sure.
    pub fn passage(self) -> Option<Passage> {
        match self {
            Self::Exact(passage) | Self::Moved(passage) | Self::Unsure(passage) => Some(passage),
            Self::Orphaned => None,
        }
    }

    /// The word for it in listings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact(_) => "exact",
            Self::Moved(_) => "moved",
            Self::Unsure(_) => "unsure",
            Self::Orphaned => "orphaned",
        }
    }
}

/// What an edition is compared by: made once for a report that has notes.
#[derive(Debug, Clone)]
pub struct Edition {
    /// See [`fingerprint::edition`].
    pub hash: String,
    /// See [`fingerprint::blocks`].
    pub blocks: Vec<Vec<String>>,
}

impl Edition {
    pub fn of(report: &Report) -> Self {
        let blocks = fingerprint::blocks(report);
        Self { hash: fingerprint::edition(report, &blocks), blocks }
    }
}

impl Anchor {
    /// Anchors a passage of a report.
    pub fn new(report: &Report, edition: &Edition, passage: Passage) -> Self {
        let (start, end) = (passage.start(), passage.end());
        let before = report.text_at(start).get(..start.byte).unwrap_or_default();
        let after = report.text_at(end).get(end.byte..).unwrap_or_default();
        Self {
            edition: edition.hash.clone(),
            start: Place::new(report, start),
            end: Place::new(report, end),
            quote: report.text_of(passage),
            before: last_characters(before, CONTEXT).into(),
            after: first_characters(after, CONTEXT).into(),
        }
    }

    /// Finds the passage again. Never panics, whatever the anchor says.
    pub fn resolve(&self, report: &Report) -> Resolution {
        if let Some(passage) = self.at_its_place(report) {
            return Resolution::Exact(passage);
        }
        let found = self.find_quote(report);
        let agreeing: Vec<&(Passage, usize)> = found.iter().filter(|(_, context)| *context >= self.context_needed()).collect();
        match (agreeing.as_slice(), found.as_slice()) {
            ([(passage, _)], [_]) => Resolution::Moved(*passage),
            ([(passage, _), ..], _) | ([], [(passage, _), ..]) => Resolution::Unsure(*passage),
            ([], []) => Resolution::Orphaned,
        }
    }

    fn at_its_place(&self, report: &Report) -> Option<Passage> {
        let start = self.start.position(report)?;
        let end = self.end.position(report)?;
        let is_text = start <= end && report.block(start).is_some() && report.block(end).is_some();
        let passage = is_text.then(|| Passage::new(start, end))?;
        (report.text_of(passage) == self.quote).then_some(passage)
    }

    /// A quote of a whole block has no context in its block: its length speaks for it.
    fn context_needed(&self) -> usize {
        let kept = self.before.chars().count() + self.after.chars().count();
        if self.quote.chars().count() >= CERTAIN { 0 } else { kept.clamp(1, CERTAIN) }
    }

    /// Every place of the quote, with the characters of context that agree there.
    fn find_quote(&self, report: &Report) -> Vec<(Passage, usize)> {
        let pieces: Vec<&str> = self.quote.split('\n').collect();
        let Some((first, last)) = pieces.first().zip(pieces.last()).filter(|_| !self.quote.trim().is_empty()) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (s, section) in report.sections.iter().enumerate() {
            for (b, block) in section.blocks.iter().enumerate() {
                for (byte, _) in block.text.match_indices(first) {
                    let start = Position::new(s, b, byte);
                    let end_block = b + pieces.len() - 1;
                    let end_byte = if pieces.len() == 1 { byte + last.len() } else { last.len() };
                    let passage = Passage::new(start, Position::new(s, end_block, end_byte));
                    if report.text_of(passage) == self.quote {
                        found.push((passage, self.context_at(report, passage)));
                    }
                }
            }
        }
        found
    }

    fn context_at(&self, report: &Report, passage: Passage) -> usize {
        let before = report.text_at(passage.start()).get(..passage.start().byte).unwrap_or_default();
        let after = report.text_at(passage.end()).get(passage.end().byte..).unwrap_or_default();
        let behind = before.chars().rev().zip(self.before.chars().rev()).take_while(|(a, b)| a == b).count();
        let ahead = after.chars().zip(self.after.chars()).take_while(|(a, b)| a == b).count();
        behind + ahead
    }
}

impl Place {
    fn new(report: &Report, position: Position) -> Self {
        Self {
            section: report.sections.get(position.section).map(|section| section.id.clone()).unwrap_or_default(),
            block: position.block,
            hash: fingerprint::block(report.text_at(position)),
            byte: position.byte,
        }
    }

    /// The position in a report, or `None` where the section is gone.
    fn position(&self, report: &Report) -> Option<Position> {
        let section = report.section_index(&self.section)?;
        Some(Position::new(section, self.block, self.byte))
    }
}

fn first_characters(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(byte, _)| byte);
    text.get(..end).unwrap_or_default()
}

fn last_characters(text: &str, count: usize) -> &str {
    let start = count.checked_sub(1).and_then(|back| text.char_indices().rev().nth(back)).map_or(0, |(byte, _)| byte);
    text.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::snapshot;

    fn everywhere(report: &Report) -> Vec<Passage> {
        let mut passages = Vec::new();
        for (s, section) in report.sections.iter().enumerate() {
            for b in 0..section.blocks.len() {
                passages.push(report.passage_of_block(Position::new(s, b, 0)));
            }
        }
        passages
    }

    #[test]
    fn every_paragraph_is_found_again_in_the_same_edition() {
        let report = snapshot::bundled();
        let edition = Edition::of(&report);
        for passage in everywhere(&report) {
            let anchor = Anchor::new(&report, &edition, passage);
            assert_eq!(anchor.resolve(&report), Resolution::Exact(passage));
        }
    }

    #[test]
    fn a_paragraph_that_moved_is_followed_and_a_deleted_one_is_an_orphan() {
        let old = snapshot::bundled();
        let edition = Edition::of(&old);
        let passage = old.passage_of_block(Position::new(1, 4, 0));
        let anchor = Anchor::new(&old, &edition, passage);
        let mut new = old.clone();
        let block = new.sections[1].blocks.remove(4);
        assert_eq!(anchor.resolve(&new), Resolution::Orphaned);
        new.sections[2].blocks.insert(0, block);
        let there = new.passage_of_block(Position::new(2, 0, 0));
        assert_eq!(anchor.resolve(&new), Resolution::Moved(there));
    }

    #[test]
    fn words_that_stand_in_two_places_are_never_certain() {
        let old = snapshot::bundled();
        let edition = Edition::of(&old);
        let salutation = old.passage_of_block(Position::new(1, 0, 0));
        let anchor = Anchor::new(&old, &edition, salutation);
        let mut new = old.clone();
        let other = new.sections[1].blocks[3].clone();
        new.sections[1].blocks.insert(0, other);
        assert!(matches!(anchor.resolve(&new), Resolution::Unsure(_)));
    }

    #[test]
    fn a_broken_anchor_is_an_orphan_and_no_panic() {
        let report = snapshot::bundled();
        let place = |byte| Place { section: "message-from-the-acting-director".into(), block: 9_999, hash: String::new(), byte };
        for quote in ["", "\n", " ", "nowhere to be found"] {
            let anchor = Anchor {
                edition: String::new(),
                start: place(7),
                end: place(usize::MAX),
                quote: quote.into(),
                before: String::new(),
                after: String::new(),
            };
            assert!(matches!(anchor.resolve(&report), Resolution::Orphaned));
        }
    }
}
