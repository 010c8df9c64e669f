//! Reviewing where annotations stand in another edition, one after the other: accepted as they are
//! shown, put where their passage is, marked as orphaned.

use crate::{
    command::{Command, Context},
    edition::anchor::Resolution,
    notebook::passage,
    notebook::{Change, Entry, review::Verdict},
    reader::{
        effect::Effect,
        layers::{Layer, Then, annotation_list::AnnotationList, picker::Picker},
        parts::Parts,
    },
    report::{
        Report,
        place::Place,
        position::{Passage, Position},
    },
    text::{
        word_diff::{self, Piece},
        wording,
    },
};

/// Characters of unchanged text that are shown on each side of a change in short.
const AROUND: usize = 24;

impl Parts {
    /// The panel for the note here that needs review, else the list of those that do.
    pub(crate) fn review_here(&mut self) -> Layer {
        let here = self.viewport.cursor();
        let here = self.notes.ids_at(here, Entry::needs_review);
        if here.is_empty() {
            return self.review_list();
        }
        self.panel(here, "").into()
    }

    /// The list of the notes that need review.
    pub(crate) fn review_list(&mut self) -> Layer {
        AnnotationList::to_review(self).into()
    }

    /// Says what the keys of a review do.
    pub(crate) fn say_review_keys(&mut self) {
        let key = |command| self.keymap.shown(command, Context::Panel);
        let [accept, choose, orphan] = [
            Command::AcceptPosition,
            Command::ChoosePosition,
            Command::MarkOrphaned,
        ]
        .map(key);
        self.say(format!(
            "{accept} accept, {choose} choose the position, {orphan} orphaned"
        ));
    }

    /// Runs a command of review on an annotation; `next` comes after it.
    pub(crate) fn review(&mut self, command: Command, id: &str, next: Option<String>) -> Then {
        let Some(entry) = self.notes.notebook().entry(id).cloned() else {
            return self.review_nothing(command);
        };
        let is_exact = matches!(entry.resolution, Resolution::Exact(_));
        match command {
            _ if !is_of_review(command) => Then::Pass,
            _ if is_exact && !entry.is_reviewed => self.review_nothing(command),
            Command::AcceptPosition => self.accept_position(&entry, next),
            Command::MarkOrphaned => self.decide(&entry, Some(Verdict::Gone), next),
            Command::ChoosePosition => self.choose_position(&entry),
            _ if self.notes.notebook().decision(id).is_none() => {
                self.say("Not reviewed yet, so there is no decision to clear.");
                Then::Stay
            }
            _ => self.decide(&entry, None, None),
        }
    }

    /// Says that there is nothing to review, where a command is one of review.
    pub(crate) fn review_nothing(&mut self, command: Command) -> Then {
        if !is_of_review(command) {
            return Then::Pass;
        }
        let list = self.key(Command::Review);
        self.say(match self.notes.notebook().count_to_review() {
            0 => "Nothing needs review in this edition.".into(),
            _ => format!("Nothing to review here; {list} lists what needs review."),
        });
        Then::Stay
    }

    fn accept_position(&mut self, entry: &Entry, next: Option<String>) -> Then {
        let key = |command| self.keymap.shown(command, Context::Panel);
        if entry.is_reviewed {
            let clear = key(Command::ClearReview);
            self.say(format!("Already reviewed; {clear} clears the decision."));
            return Then::Stay;
        }
        if !entry.needs_review() {
            let choose = key(Command::ChoosePosition);
            self.say(format!(
                "Text unchanged, only moved; {choose} chooses another position."
            ));
            return Then::Stay;
        }
        let verdict = match passage(entry) {
            Some(passage) => self.notes.here(&self.report, passage),
            None => Verdict::Gone,
        };
        self.decide(entry, Some(verdict), next)
    }

    /// Offers the positions that could be an annotation's.
    fn choose_position(&mut self, entry: &Entry) -> Then {
        if self.is_read_only() {
            return Then::Stay;
        }
        self.viewport.preview(None);
        self.mode.drop_selection();
        let (id, anchor) = (entry.annotation.id.clone(), entry.annotation.anchor.clone());
        let picker = Picker::of_candidates(&id, self);
        let edition = self.notes.edition(&self.report).clone();
        self.ask(Effect::FindPlaces {
            edition,
            id,
            anchor,
        });
        Then::Push(picker.into())
    }

    /// Puts the annotation that is placed on the target.
    pub(crate) fn place_here(&mut self, id: &str) -> Then {
        let Some(target) = self.target() else {
            self.say("There is no paragraph here to put it on.");
            return Then::Stay;
        };
        if self.is_too_long(target) || self.is_read_only() {
            return Then::Stay;
        }
        self.mode.end();
        self.review_at(id, target)
    }

    /// Decides that an annotation stands on a passage.
    pub(crate) fn review_at(&mut self, id: &str, passage: Passage) -> Then {
        let entry = self.notes.notebook().entry(id).cloned();
        let Some(entry) = entry.filter(|_| !self.is_too_long(passage)) else {
            return Then::Close;
        };
        let verdict = self.notes.here(&self.report, passage);
        let next = self.notes.next_to_review(id, &self.notes.ids());
        match self.decide(&entry, Some(verdict), next) {
            Then::Reviewed { next, .. } => Then::Reviewed { next, closes: true },
            _ => Then::Close,
        }
    }

    /// Makes a decision, or clears it, and goes on to the next that needs review.
    fn decide(&mut self, entry: &Entry, verdict: Option<Verdict>, next: Option<String>) -> Then {
        if self.is_read_only() {
            return Then::Stay;
        }
        let annotation = entry.annotation.clone();
        let goes_on = verdict.is_some();
        let old = self.notes.notebook().decision(&annotation.id).cloned();
        let new = verdict.map(|verdict| self.notes.decision(&self.report, &annotation, verdict));
        self.make(Change::Decide {
            annotation,
            old,
            new,
        });
        match goes_on {
            true => Then::Reviewed {
                next,
                closes: false,
            },
            false => Then::Stay,
        }
    }

    /// Where an annotation stood, or the paragraph nearest to that in its section.
    pub(crate) fn place_it_had(&mut self, id: &str) -> Option<Place> {
        let start = &self.notes.notebook().entry(id)?.annotation.anchor.start;
        let at = start.position(&self.report)?;
        let section = self.report.sections.get(at.section)?;
        let last = section.blocks.len().checked_sub(1)?;
        let block = Position::new(at.section, at.block.min(last), 0);
        let passage = self.report.passage_of_block(block);
        Some(self.viewport.place_of_passage(passage))
    }
}

fn is_of_review(command: Command) -> bool {
    use Command as C;
    matches!(
        command,
        C::AcceptPosition | C::ChoosePosition | C::MarkOrphaned | C::ClearReview
    )
}

/// What became of an annotation's passage since it was marked, in words; `None` where it is
/// where it was.
pub fn what_became_of(entry: &Entry, report: &Report) -> Option<String> {
    let anchor = &entry.annotation.anchor;
    let was = format!(
        "{}:{}",
        anchor.start.section,
        anchor.start.block.saturating_add(1)
    );
    match entry.resolution {
        Resolution::Exact(_) => None,
        Resolution::Moved(_) => Some(format!("It was marked at {was}, in another edition.")),
        Resolution::Changed(passage) => {
            let pieces = word_diff::pieces(&anchor.quote, &report.text_of(passage));
            Some(format!("Reworded: {}", in_brackets(pieces)))
        }
        Resolution::Unsure(_) => Some(format!(
            "This may not be the passage. It stood at {was}:\n“{}”",
            anchor.quote
        )),
        Resolution::Orphaned => Some(format!(
            "Not found in this edition. It stood at {was}:\n“{}”",
            anchor.quote
        )),
    }
}

/// The same in few rows: unchanged text is cut to the words around the changes.
pub fn what_became_in_short(entry: &Entry, report: &Report) -> Option<String> {
    match entry.resolution {
        Resolution::Changed(passage) => {
            let quote = &entry.annotation.anchor.quote;
            let pieces = word_diff::pieces(quote, &report.text_of(passage));
            Some(wording::one_line(&in_brackets(shortened(pieces))))
        }
        _ => what_became_of(entry, report),
    }
}

/// A text with removed words in `[-…-]` and added words in `{+…+}`, as `wdiff` and `compare`
/// write it.
fn in_brackets(pieces: Vec<Piece>) -> String {
    let pieces = pieces.into_iter().map(|piece| match piece {
        Piece::Same(text) => text,
        Piece::Removed(text) => enclosed(&text, "[-", "-]"),
        Piece::Added(text) => enclosed(&text, "{+", "+}"),
    });
    pieces.collect()
}

fn enclosed(text: &str, open: &str, close: &str) -> String {
    let bare = text.trim_start();
    let blank = text.get(..text.len() - bare.len()).unwrap_or_default();
    format!("{blank}{open}{bare}{close}")
}

/// Cuts unchanged text to the words beside a change.
fn shortened(pieces: Vec<Piece>) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let shorten = |(at, piece): (usize, Piece)| match piece {
        Piece::Same(text) => Piece::Same(middle_cut(&text, at > 0, at < last)),
        other => other,
    };
    pieces.into_iter().enumerate().map(shorten).collect()
}

/// Cuts the middle of a long text out, or its start or end where there is no change beside it.
fn middle_cut(text: &str, has_start: bool, has_end: bool) -> String {
    let start = text.char_indices().nth(if has_start { AROUND } else { 0 });
    let start = start.map_or(text.len(), |(at, _)| at);
    let end = match has_end {
        true => text.char_indices().rev().nth(AROUND - 1),
        false => Some((text.len(), ' ')),
    };
    let end = end.map_or(0, |(at, _)| at);
    // Cut between words, where there are any.
    let before = text.get(..start).and_then(|head| head.rfind(' '));
    let start = before.map_or(start, |at| at + 1).min(start);
    let after = text.get(end..).and_then(|tail| tail.find(' '));
    let end = after.map_or(end, |at| end + at);
    if start + '…'.len_utf8() >= end {
        return text.to_owned();
    }
    format!(
        "{}…{}",
        text.get(..start).unwrap_or_default(),
        text.get(end..).unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_in_short_keeps_the_words_beside_it() {
        let same = |text: &str| Piece::Same(text.into());
        let long = "one two three four five six seven eight nine ten eleven twelve";
        let pieces = vec![same(long), Piece::Added(" new".into()), same(" end")];
        assert_eq!(
            in_brackets(shortened(pieces)),
            "… nine ten eleven twelve {+new+} end"
        );
        assert_eq!(middle_cut("short", true, true), "short");
    }
}
