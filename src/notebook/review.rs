//! The review of an annotation for one edition of its report: the position of its passage, or that
//! the edition does not have it. Saved beside the edition, so that no annotation is rewritten for
//! it. Pure.

use serde::{Deserialize, Serialize};

use super::{
    annotation::Annotation,
    file_text::{self, Checksum, Malformed},
};
use crate::{
    edition::anchor::{Anchor, Resolution},
    report::Report,
};

/// The newest format of a review, which this program writes.
pub const FORMAT: u32 = 1;

const FIRST_LINE: &str =
    "// Where an annotation stands in one edition of its report, as its reader has settled it.\n";

/// A review. It does not apply to another edition, or once the annotation has another anchor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub format: u32,
    /// Id of the annotation.
    pub id: String,
    /// Id of the report.
    pub report: String,
    /// Hash of the edition, see [`crate::edition::Edition`].
    pub edition: String,
    /// Checksum of the anchor.
    pub anchor: String,
    pub verdict: Verdict,
    /// RFC 3339, only shown, never compared.
    pub decided: String,
}

/// The outcome of a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The passage is here.
    Here(Box<Anchor>),
    /// The edition does not have the passage.
    Gone,
}

impl Decision {
    pub fn new(annotation: &Annotation, edition: &str, verdict: Verdict, decided: String) -> Self {
        Self {
            format: FORMAT,
            id: annotation.id.clone(),
            report: annotation.report.clone(),
            edition: edition.into(),
            anchor: annotation.anchor.checksum(),
            verdict,
            decided,
        }
    }

    /// The resolution of the anchor; whether it is exact, moved or changed follows from the text.
    /// `None` if the review is of another anchor, or its text is gone.
    pub fn resolution(&self, anchor: &Anchor, report: &Report) -> Option<Resolution> {
        if self.anchor != anchor.checksum() {
            return None;
        }
        match &self.verdict {
            Verdict::Gone => Some(Resolution::Orphaned),
            Verdict::Here(place) => {
                // An edition is known by its words: other punctuation moves bytes, never blocks.
                let passage = place
                    .at_selector(report)
                    .or_else(|| place.its_blocks(report))?;
                Some(anchor.resolution_at(report, passage))
            }
        }
    }

    /// Whether both are the same, apart from the date.
    pub fn agrees_with(&self, other: &Self) -> bool {
        Self {
            decided: other.decided.clone(),
            ..self.clone()
        } == *other
    }

    /// The text of its file.
    ///
    /// # Errors
    /// If it cannot be encoded as RON, which does not happen to reviews of this program.
    pub fn write(&self) -> Result<String, ron::Error> {
        file_text::write(FIRST_LINE, self)
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// If they are not a review that this program understands, with line and column.
    pub fn read(bytes: &[u8]) -> Result<(Self, Checksum), Malformed> {
        let text = file_text::text(bytes)?;
        let newer = file_text::read::<Newer>(text)
            .ok()
            .filter(|newer| newer.format > FORMAT);
        if let Some(Newer { format }) = newer {
            let reason = format!("a newer tip-reader wrote it (format {format}); ignored");
            return Err(Malformed::after("", reason));
        }
        Ok((file_text::read(text)?, file_text::checksum(text)))
    }
}

/// The field that every format has.
#[derive(Deserialize)]
struct Newer {
    format: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        edition::Edition,
        notebook::annotation::tests::sample,
        report::{position::Position, snapshot},
    };

    fn decision(verdict: Verdict) -> Decision {
        Decision::new(
            &sample("a", ""),
            "0123456789abcdef",
            verdict,
            "2026-01-02T03:04:05Z".into(),
        )
    }

    fn here(report: &Report, block: usize) -> Verdict {
        let passage = report.passage_of_block(Position::new(1, block, 0));
        Verdict::Here(Box::new(Anchor::new(report, &Edition::of(report), passage)))
    }

    #[test]
    fn what_is_written_is_read_back_and_a_newer_one_is_refused() {
        let report = snapshot::bundled();
        for verdict in [here(&report, 3), Verdict::Gone] {
            let decision = decision(verdict);
            let text = decision.write().expect("writable");
            assert_eq!(
                Decision::read(text.as_bytes()).expect("readable"),
                (decision, Checksum::Good)
            );
            for cut in 0..text.rfind(")\n").expect("the end") {
                assert!(
                    Decision::read(&text.as_bytes()[..cut]).is_err(),
                    "cut at {cut}"
                );
            }
            let newer = text
                .replace("format: 1", "format: 2")
                .replace("verdict:", "judgement:");
            assert!(
                Decision::read(newer.as_bytes())
                    .expect_err("newer")
                    .reason
                    .contains("newer")
            );
        }
    }

    #[test]
    fn the_status_of_a_reviewed_passage_follows_from_the_text() {
        let report = snapshot::bundled();
        let anchor = sample("a", "").anchor;
        let block = |block| report.passage_of_block(Position::new(1, block, 0));
        assert_eq!(
            decision(here(&report, 4)).resolution(&anchor, &report),
            Some(Resolution::Exact(block(4)))
        );
        assert_eq!(
            decision(here(&report, 3)).resolution(&anchor, &report),
            Some(Resolution::Changed(block(3)))
        );
        let mut new = report.clone();
        let moved = new.sections[1].blocks.remove(4);
        new.sections[1].blocks.insert(3, moved);
        assert_eq!(
            decision(here(&new, 3)).resolution(&anchor, &new),
            Some(Resolution::Moved(block_of(&new, 3)))
        );
        assert_eq!(
            decision(Verdict::Gone).resolution(&anchor, &report),
            Some(Resolution::Orphaned)
        );
    }

    fn block_of(report: &Report, block: usize) -> crate::report::position::Passage {
        report.passage_of_block(Position::new(1, block, 0))
    }

    #[test]
    fn a_review_does_not_apply_to_another_anchor_or_text() {
        let report = snapshot::bundled();
        let mut anchor = sample("a", "").anchor;
        anchor.end.byte -= 1;
        assert_eq!(
            decision(here(&report, 4)).resolution(&anchor, &report),
            None
        );
        let mut other = report.clone();
        other.sections[1].blocks[3]
            .text
            .insert_str(0, "Other words. ");
        assert_eq!(
            decision(here(&report, 3)).resolution(&sample("a", "").anchor, &other),
            None
        );
        let mut punctuated = report.clone();
        punctuated.sections[1].blocks[3].text.insert(0, '“');
        let whole = Resolution::Changed(block_of(&punctuated, 3));
        assert_eq!(
            decision(here(&report, 3)).resolution(&sample("a", "").anchor, &punctuated),
            Some(whole)
        );
    }
}
