//! Finds saved passages again in a report, also in another edition of it, and says how sure
//! that is. By the diff of both editions' block hashes where the old edition is known, else by
//! the words of quote and context.

use std::{collections::BTreeMap, ops::Range};

use super::{
    Edition,
    alignment::Images,
    anchor::{Anchor, Place, Resolution},
    candidates::{self, Candidate, Situation, Wanted},
    word_index::Words,
};
use crate::report::{
    Report,
    position::{Passage, Position},
};

/// Thousandths of the quote's words that have to be there for it to be the same passage.
const KEPT: u32 = 350;
/// Score that is needed where the passage is expected, and by how much the next best there
/// has to fall behind.
const FLOOR_HERE: u32 = 420;
const MARGIN_HERE: u32 = 200;
/// The same for any other place; there everything that is like it counts.
const FLOOR: u32 = 550;
const MARGIN: u32 = 250;
/// Fewest words of evidence for a place where it is not expected.
const EVIDENCE: usize = 6;
/// By how much a place elsewhere may be better than the expected one.
const PULL: u32 = 150;
/// Score from which a place is offered.
const OFFER: u32 = 300;
/// The same where there is no better one, and how many of those.
const FAINT: u32 = 100;
const MOST_FAINT: usize = 5;
/// Most places that are offered of those where the words stand to the letter.
const MOST_PLACES: usize = 50;

/// Finds passages in one report.
#[derive(Debug)]
pub struct Resolver<'a> {
    report: &'a Report,
    edition: &'a Edition,
    /// Where the blocks of other editions stand in this one.
    images: BTreeMap<String, Images>,
    /// Position of each block, counted through all sections.
    blocks: Vec<Position>,
    /// Made when a passage has to be looked for.
    words: Option<Words>,
}

impl<'a> Resolver<'a> {
    /// `edition` is that of the report.
    pub fn new(report: &'a Report, edition: &'a Edition) -> Self {
        let of_section = |(s, section): (usize, &crate::report::Section)| {
            (0..section.blocks.len()).map(move |b| Position::new(s, b, 0))
        };
        let blocks = report
            .sections
            .iter()
            .enumerate()
            .flat_map(of_section)
            .collect();
        Self {
            report,
            edition,
            images: BTreeMap::new(),
            blocks,
            words: None,
        }
    }

    /// Takes another edition, so that passages that were marked in it are followed by it.
    pub fn learn(&mut self, old: &Edition) {
        self.images
            .insert(old.hash.clone(), Images::new(old, self.edition));
    }

    /// Whether nothing has to be known of the anchor's edition.
    pub fn knows(&self, edition: &str) -> bool {
        edition == self.edition.hash || self.images.contains_key(edition)
    }

    /// Finds a passage. Never panics, whatever the anchor says.
    pub fn resolve(&mut self, anchor: &Anchor) -> Resolution {
        let stands = anchor.at_its_place(self.report);
        if let Some(passage) = stands.filter(|_| anchor.edition == self.edition.hash) {
            return Resolution::Exact(passage);
        }
        let images = self.images.get(&anchor.edition);
        if let Some((found, is_in_order)) =
            images.and_then(|images| by_images(self.report, &self.blocks, images, anchor))
        {
            return if is_in_order {
                found
            } else {
                self.unless_it_stayed(anchor, found)
            };
        }
        // Of an edition that is not known: there is no more to go by than the words around it.
        if let Some(passage) = stands
            .filter(|passage| images.is_none() && anchor.has_its_context(self.report, *passage))
        {
            return Resolution::Exact(passage);
        }
        let (found, evidence) = self.candidates(anchor);
        decide(self.report, anchor, &found, evidence)
    }

    /// A block that stands elsewhere to the letter has moved, unless it is a copy and the block
    /// itself still stands where it was, changed.
    fn unless_it_stayed(&mut self, anchor: &Anchor, found: Resolution) -> Resolution {
        let stayed = |candidate: &Candidate| candidate.is_expected && candidate.score >= FLOOR_HERE;
        match found.passage() {
            Some(passage) if self.candidates(anchor).0.iter().any(stayed) => {
                Resolution::Unsure(passage)
            }
            _ => found,
        }
    }

    /// Every place that could be the passage, the best first; for the reader to choose from: where
    /// its words stand to the letter, then what is like it; where there is neither, a few that are
    /// a little like it.
    pub fn places(&mut self, anchor: &Anchor) -> Vec<Passage> {
        let found = self.candidates(anchor).0;
        offered(self.to_the_letter(anchor), &found)
    }

    /// Where the words of a quote of one block stand, in reading order.
    fn to_the_letter(&self, anchor: &Anchor) -> Vec<Passage> {
        let in_block = |at: &Position| {
            let found = self
                .report
                .text_at(*at)
                .match_indices(&anchor.quote)
                .map(|(byte, _)| Position { byte, ..*at });
            found
                .map(|start| {
                    Passage::new(
                        start,
                        Position {
                            byte: start.byte + anchor.quote.len(),
                            ..start
                        },
                    )
                })
                .collect::<Vec<_>>()
        };
        let blocks = self.blocks.iter().filter(|_| !anchor.quote.is_empty());
        blocks.flat_map(in_block).take(MOST_PLACES).collect()
    }

    /// Candidates, and the words of evidence that they were compared by.
    fn candidates(&mut self, anchor: &Anchor) -> (Vec<Candidate>, usize) {
        let words = self.words.get_or_insert_with(|| Words::of(self.report));
        let wanted = Wanted::new(anchor, words);
        let images = self.images.get(&anchor.edition);
        let known = images.and_then(|images| Some((images, own_blocks(images, anchor)?)));
        let section = section_of(self.report, words, anchor);
        let expected = match &known {
            Some((images, own)) => images
                .expected(own)
                .into_iter()
                .filter_map(|blocks| within(blocks, section.as_ref()))
                .collect(),
            None => Vec::new(),
        };
        let is_single = known
            .as_ref()
            .is_some_and(|(images, own)| images.stands_once(own.start));
        let situation = Situation {
            images: known,
            expected,
            is_single,
        };
        (
            candidates::candidates(self.report, words, &wanted, &situation),
            wanted.evidence(),
        )
    }
}

/// Places that are exact, then those that are like the passage; where there is neither, a few that
/// are a little like it.
fn offered(exact: Vec<Passage>, found: &[Candidate]) -> Vec<Passage> {
    let like = |least: u32| {
        let found = found.iter().filter(move |place| place.likeness >= least);
        found.map(|place| place.passage)
    };
    let is_new = |place: &Passage| !exact.contains(place);
    let more: Vec<Passage> = like(OFFER).filter(is_new).collect();
    let offered = [exact, more].concat();
    if offered.is_empty() {
        return like(FAINT).take(MOST_FAINT).collect();
    }
    offered
}

/// The old blocks that an anchor touches.
fn own_blocks(images: &Images, anchor: &Anchor) -> Option<Range<usize>> {
    let (start, end) = (
        images.block_of(&anchor.start)?,
        images.block_of(&anchor.end)?,
    );
    (start <= end).then_some(start..end + 1)
}

/// The blocks of the section that the anchor names.
fn section_of(report: &Report, words: &Words, anchor: &Anchor) -> Option<Range<usize>> {
    let section = report.section_index(&anchor.start.section)?;
    let first = words.block_at(Position::new(section, 0, 0))?;
    Some(first..first + report.sections.get(section)?.blocks.len())
}

/// The part of a range that lies in the section, where the report still has that.
fn within(blocks: Range<usize>, section: Option<&Range<usize>>) -> Option<Range<usize>> {
    let Some(section) = section else {
        return Some(blocks);
    };
    let part = blocks.start.max(section.start)..blocks.end.min(section.end);
    (!part.is_empty()).then_some(part)
}

/// Where both ends stand in blocks whose words are the same: the same bytes there, and whether
/// they still stand between the same neighbours.
fn by_images(
    report: &Report,
    blocks: &[Position],
    images: &Images,
    anchor: &Anchor,
) -> Option<(Resolution, bool)> {
    let own = own_blocks(images, anchor)?;
    let (start, end) = (images.image(own.start)?, images.image(own.end - 1)?);
    let is_whole = start <= end && end - start <= 2 * own.len() + 4;
    let (first, last) = (*blocks.get(start)?, *blocks.get(end)?);
    let at = |position: Position, place: &Place| {
        report
            .text_at(position)
            .is_char_boundary(place.byte)
            .then_some(Position {
                byte: place.byte,
                ..position
            })
    };
    let passage = Passage::new(at(first, &anchor.start)?, at(last, &anchor.end)?);
    if !is_whole || passage.start() > passage.end() {
        return None;
    }
    if report.text_of(passage) == anchor.quote {
        let is_in_order = images
            .expected(&own)
            .iter()
            .any(|blocks| blocks.contains(&start));
        return Some((anchor.standing_at(report, passage), is_in_order));
    }
    (own.len() > 1).then_some((Resolution::Changed(passage), true))
}

/// Takes the best place where it is good enough and no other is nearly as good.
fn decide(report: &Report, anchor: &Anchor, found: &[Candidate], evidence: usize) -> Resolution {
    let pulled =
        |candidate: &Candidate| candidate.score + if candidate.is_expected { PULL } else { 0 };
    let best = found
        .iter()
        .enumerate()
        .max_by_key(|(at, candidate)| (pulled(candidate), std::cmp::Reverse(*at)));
    let Some((at, best)) = best.filter(|(_, best)| best.score >= OFFER) else {
        return Resolution::Orphaned;
    };
    let mut rivals = found
        .iter()
        .enumerate()
        .filter(|(other, _)| *other != at)
        .map(|(_, rival)| rival);
    let is_sure = best.kept >= KEPT
        && best.is_firm
        && if best.is_expected {
            best.score >= FLOOR_HERE
                && !rivals.any(|rival| rival.is_expected && rival.score + MARGIN_HERE > best.score)
        } else {
            best.score >= FLOOR
                && evidence >= EVIDENCE
                && !rivals.any(|rival| rival.likeness + MARGIN > best.score)
        };
    if !is_sure {
        return Resolution::Unsure(best.passage);
    }
    anchor.standing_at(report, best.passage)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::report::snapshot;

    fn resolve(anchor: &Anchor, old: &Report, new: &Report) -> Resolution {
        let (old, edition) = (Edition::of(old), Edition::of(new));
        let mut resolver = Resolver::new(new, &edition);
        resolver.learn(&old);
        resolver.resolve(anchor)
    }

    fn block(report: &Report, section: usize, block: usize) -> Passage {
        report.passage_of_block(Position::new(section, block, 0))
    }

    /// A place of the bundled report with these scores: score, likeness and words kept.
    fn candidate(block: usize, is_expected: bool, scores: (u32, u32, u32)) -> Candidate {
        let passage = snapshot::bundled().passage_of_block(Position::new(1, block, 0));
        let (score, likeness, kept) = scores;
        Candidate {
            passage,
            score,
            likeness,
            kept,
            is_expected,
            is_firm: true,
            range: 0..1,
        }
    }

    /// What is decided of these places, and the block of the one that is taken.
    fn decided(found: &[Candidate], evidence: usize) -> (&'static str, Option<usize>) {
        let report = snapshot::bundled();
        let anchor = Anchor::new(&report, &Edition::of(&report), block(&report, 1, 2));
        let decided = decide(&report, &anchor, found, evidence);
        let block = decided.passage().map(|passage| passage.start().block);
        (decided.name(), block)
    }

    #[test]
    fn where_a_passage_is_expected_each_floor_and_the_next_best_there_decide() {
        let here = |score, kept| candidate(4, true, (score, score, kept));
        let beside = |is_expected, score| candidate(5, is_expected, (score, 0, 1000));
        let certain = ("changed", Some(4));
        let unsure = ("unsure", Some(4));
        assert_eq!(decided(&[here(420, 350)], 0), certain);
        assert_eq!(decided(&[here(419, 350)], 0), unsure);
        assert_eq!(decided(&[here(420, 349)], 0), unsure);
        let loose = Candidate {
            is_firm: false,
            ..here(1000, 1000)
        };
        assert_eq!(decided(&[loose], 9), unsure);
        assert_eq!(decided(&[here(420, 350), beside(true, 220)], 0), certain);
        assert_eq!(decided(&[here(420, 350), beside(true, 221)], 0), unsure);
        assert_eq!(decided(&[here(420, 350), beside(false, 420)], 0), certain);
    }

    #[test]
    fn where_a_passage_is_not_expected_evidence_and_all_that_is_like_it_decide() {
        let there = |score, kept| candidate(4, false, (score, score, kept));
        let like = |likeness| candidate(5, true, (0, likeness, 0));
        let certain = ("changed", Some(4));
        let unsure = ("unsure", Some(4));
        assert_eq!(decided(&[there(550, 350)], 6), certain);
        assert_eq!(decided(&[there(550, 350)], 5), unsure);
        assert_eq!(decided(&[there(549, 350)], 6), unsure);
        assert_eq!(decided(&[there(550, 349)], 6), unsure);
        assert_eq!(decided(&[there(550, 350), like(300)], 6), certain);
        assert_eq!(decided(&[there(550, 350), like(301)], 6), unsure);
    }

    #[test]
    fn a_place_elsewhere_has_to_be_much_better_than_the_expected_one() {
        let here = candidate(4, true, (450, 0, 350));
        let there = |score| candidate(5, false, (score, score, 350));
        assert_eq!(decided(&[there(599), here.clone()], 6).1, Some(4));
        assert_eq!(decided(&[there(601), here], 6).1, Some(5));
        assert_eq!(decided(&[there(300)], 6), ("unsure", Some(5)));
        assert_eq!(decided(&[there(299)], 6), ("orphaned", None));
        assert_eq!(decided(&[], 6), ("orphaned", None));
    }

    #[test]
    fn places_are_offered_by_how_like_they_are_and_a_few_faint_ones_where_there_is_no_better() {
        let place = |likeness: u32| candidate(3, false, (0, likeness, 0));
        let found = |all: &[u32]| {
            all.iter()
                .map(|likeness| place(*likeness))
                .collect::<Vec<_>>()
        };
        let count = |all: &[u32]| offered(Vec::new(), &found(all)).len();
        assert_eq!(count(&[900, 300, 299, 100]), 2);
        assert_eq!(count(&[299, 100, 99]), 2);
        assert_eq!(count(&[200, 190, 180, 170, 160, 150, 140]), 5);
        assert_eq!(count(&[99, 0]), 0);
        let exact = place(0).passage;
        assert_eq!(offered(vec![exact], &found(&[900, 299])), [exact]);
    }

    #[test]
    fn of_very_many_exact_places_the_first_fifty_are_offered() {
        let old = snapshot::bundled();
        let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 4));
        let mut new = old.clone();
        let copies = std::iter::repeat_n(old.sections[1].blocks[4].clone(), 60);
        new.sections[2].blocks.extend(copies);
        new.sections[1].blocks.remove(4);
        let edition = Edition::of(&new);
        let places = Resolver::new(&new, &edition).places(&anchor);
        let exact = places
            .iter()
            .filter(|place| new.text_of(**place) == anchor.quote);
        assert_eq!(exact.take(51).count(), MOST_PLACES);
    }

    #[test]
    fn a_paragraph_is_followed_where_it_went_and_an_orphan_where_it_is_gone() {
        let old = snapshot::bundled();
        let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 4));
        assert_eq!(
            resolve(&anchor, &old, &old),
            Resolution::Exact(block(&old, 1, 4))
        );
        let mut new = old.clone();
        let taken = new.sections[1].blocks.remove(4);
        assert_eq!(resolve(&anchor, &old, &new), Resolution::Orphaned);
        new.sections[2].blocks.insert(0, taken);
        assert_eq!(
            resolve(&anchor, &old, &new),
            Resolution::Moved(block(&new, 2, 0))
        );
    }

    #[test]
    fn a_paragraph_with_other_words_is_changed_and_shown_in_whole() {
        let old = snapshot::bundled();
        let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 3));
        let mut new = old.clone();
        new.sections[1].blocks[3].text = new.sections[1].blocks[3]
            .text
            .replace("strives", "has long striven")
            .replace("racism", "injustice");
        assert_eq!(
            resolve(&anchor, &old, &new),
            Resolution::Changed(block(&new, 1, 3))
        );
    }

    #[test]
    fn other_quotation_marks_do_not_lose_a_passage() {
        let old = snapshot::bundled();
        let mut new = old.clone();
        let text = &mut new.sections[1].blocks[2].text;
        let (from, to) = (
            text.find("This year’s").expect("there"),
            text.find(" sends").expect("there"),
        );
        let anchor = Anchor::new(
            &old,
            &Edition::of(&old),
            Passage::new(Position::new(1, 2, from), Position::new(1, 2, to)),
        );
        *text = text.replace('’', "'");
        let found = resolve(&anchor, &old, &new);
        assert!(matches!(found, Resolution::Changed(_)), "{found:?}");
        assert_eq!(
            new.text_of(found.passage().expect("a place")),
            anchor.quote.replace('’', "'")
        );
    }

    #[test]
    fn words_that_stand_in_two_places_are_never_certain() {
        let old = snapshot::bundled();
        let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 0));
        let mut new = old.clone();
        let salutation = new.sections[1].blocks.remove(0);
        new.sections[2].blocks.insert(1, salutation);
        let found = resolve(&anchor, &old, &new);
        assert!(!found.is_certain(), "{found:?}");
    }

    /// A text with each word for which that is wanted replaced by one that stands nowhere.
    fn replaced(text: &str, is_replaced: impl Fn(usize) -> bool) -> String {
        let each = text.split(' ').enumerate().map(|(at, word)| {
            if is_replaced(at) {
                format!("word{at}")
            } else {
                word.to_owned()
            }
        });
        each.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn half_of_the_words_in_another_place_are_never_certain() {
        let old = snapshot::bundled();
        let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 4));
        let mut new = old.clone();
        let mut taken = new.sections[1].blocks.remove(4);
        taken.text = replaced(&taken.text, |at| at % 6 < 3);
        new.sections[2].blocks.insert(0, taken);
        assert_eq!(
            resolve(&anchor, &old, &new),
            Resolution::Unsure(block(&new, 2, 0))
        );
    }

    #[test]
    fn a_few_words_whose_neighbours_are_gone_are_never_certain() {
        let old = snapshot::bundled();
        let mut new = old.clone();
        let text = &old.sections[1].blocks[4].text;
        let words: Vec<&str> = text.split(' ').collect();
        let from = words[..20].iter().map(|word| word.len() + 1).sum::<usize>();
        let to = from + words[20].len() + 1 + words[21].len();
        let anchor = Anchor::new(
            &old,
            &Edition::of(&old),
            Passage::new(Position::new(1, 4, from), Position::new(1, 4, to)),
        );
        let around = |reach: usize| {
            replaced(text, |at| {
                (20 - reach..20).contains(&at) || (22..22 + reach).contains(&at)
            })
        };
        new.sections[1].blocks[4].text = around(1);
        assert!(
            resolve(&anchor, &old, &new).is_certain(),
            "{:?}",
            resolve(&anchor, &old, &new)
        );
        new.sections[1].blocks[4].text = around(8);
        assert!(
            !resolve(&anchor, &old, &new).is_certain(),
            "{:?}",
            resolve(&anchor, &old, &new)
        );
    }

    #[test]
    fn the_places_that_a_passage_could_be_are_offered_the_best_first() {
        let old = snapshot::bundled();
        let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 0));
        let mut new = old.clone();
        let salutation = new.sections[1].blocks.remove(0);
        new.sections[2].blocks.insert(1, salutation);
        let edition = Edition::of(&new);
        let mut resolver = Resolver::new(&new, &edition);
        resolver.learn(&Edition::of(&old));
        let places = resolver.places(&anchor);
        let salutations = [block(&new, 2, 0), block(&new, 2, 1)];
        assert_eq!(
            places.get(..2),
            Some(&salutations[..]),
            "both stand there to the letter"
        );
        let mut rewritten = old.clone();
        let text = &mut rewritten.sections[1].blocks[4].text;
        let kept: Vec<&str> = text
            .split(' ')
            .enumerate()
            .map(|(at, word)| if at % 9 < 7 { "other" } else { word })
            .collect();
        *text = kept.join(" ");
        let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 4));
        let edition = Edition::of(&rewritten);
        let mut resolver = Resolver::new(&rewritten, &edition);
        resolver.learn(&Edition::of(&old));
        assert_eq!(resolver.resolve(&anchor), Resolution::Orphaned);
        assert!(resolver.places(&anchor).len() <= MOST_FAINT);
    }

    #[test]
    fn without_the_old_edition_a_passage_in_its_context_is_certain() {
        let old = snapshot::bundled();
        let anchor = Anchor::new(&old, &Edition::of(&old), block(&old, 1, 4));
        let mut new = old.clone();
        new.sections[2].blocks.pop();
        let edition = Edition::of(&new);
        assert_eq!(
            Resolver::new(&new, &edition).resolve(&anchor),
            Resolution::Exact(block(&new, 1, 4))
        );
    }

    fn any_place() -> impl Strategy<Value = Place> {
        let section = prop_oneof![
            Just("message-from-the-acting-director".to_owned()),
            Just(String::new()),
            Just("2".to_owned())
        ];
        let number = prop_oneof![0..20_usize, Just(usize::MAX), Just(9_999)];
        (
            section,
            number.clone(),
            prop_oneof![Just(String::new()), "[0-9a-f]{16}"],
            number,
        )
            .prop_map(|(section, block, hash, byte)| Place {
                section,
                block,
                hash,
                byte,
            })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn no_anchor_makes_it_panic(
            start in any_place(),
            end in any_place(),
            quote in "(|[ \n]|the |human trafficking |[a-z’]{1,9}|人|\\PC){0,30}",
            before in "(|the |human trafficking |\\PC){0,9}",
            after in "(\n|the |human trafficking |\\PC){0,9}",
            is_known in any::<bool>(),
        ) {
            let report = snapshot::bundled();
            let mut new = report.clone();
            new.sections[1].blocks.remove(3);
            let edition = if is_known { Edition::of(&report).hash } else { "0".into() };
            let anchor = Anchor { edition, start, end, quote, before, after };
            let found = resolve(&anchor, &report, &new);
            if let Some(passage) = found.passage() {
                prop_assert!(new.block(passage.start()).is_some() && new.block(passage.end()).is_some());
            }
        }
    }
}
