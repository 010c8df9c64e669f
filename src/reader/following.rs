//! Annotations that were made in another edition: asked to be looked for, and taken where they
//! were found.

use super::{Effect, Reader};
use crate::{
    command::Command,
    edition::anchor::Resolution,
    notebook::{Entry, annotation::Annotation, resolution::Found},
    report::position::Passage,
    text::{
        word_diff::{self, Piece},
        wording,
    },
};

/// Characters of a stretch that stayed which are shown on each side of a change in short.
const AROUND: usize = 24;

/// A text with what went in `[-…-]` and what came in `{+…+}`, as `wdiff` and `compare` write it.
fn reworded(old: &str, new: &str) -> String {
    in_brackets(word_diff::pieces(old, new))
}

fn in_brackets(pieces: Vec<Piece>) -> String {
    let pieces = pieces.into_iter().map(|piece| match piece {
        Piece::Same(text) => text,
        Piece::Removed(text) => enclosed(&text, "[-", "-]"),
        Piece::Added(text) => enclosed(&text, "{+", "+}"),
    });
    pieces.collect()
}

/// Cuts what stayed to the words beside what did not.
fn shortened(pieces: Vec<Piece>) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let shorten = |(at, piece): (usize, Piece)| match piece {
        Piece::Same(text) => Piece::Same(middle_cut(&text, at > 0, at < last)),
        other => other,
    };
    pieces.into_iter().enumerate().map(shorten).collect()
}

/// Cuts the middle of a long text out, or its start or end where there is no change beside it.
fn middle_cut(text: &str, keeps_start: bool, keeps_end: bool) -> String {
    let start = text
        .char_indices()
        .nth(if keeps_start { AROUND } else { 0 })
        .map_or(text.len(), |(at, _)| at);
    let end = if keeps_end {
        text.char_indices()
            .rev()
            .nth(AROUND - 1)
            .map_or(0, |(at, _)| at)
    } else {
        text.len()
    };
    // Cut between words, where there are any.
    let start = text
        .get(..start)
        .and_then(|head| head.rfind(' '))
        .map_or(start, |at| at + 1)
        .min(start);
    let end = text
        .get(end..)
        .and_then(|tail| tail.find(' '))
        .map_or(end, |at| end + at);
    if start + '…'.len_utf8() >= end {
        return text.to_owned();
    }
    format!(
        "{}…{}",
        text.get(..start).unwrap_or_default(),
        text.get(end..).unwrap_or_default()
    )
}

fn enclosed(text: &str, open: &str, close: &str) -> String {
    let bare = text.trim_start();
    let blank = text.get(..text.len() - bare.len()).unwrap_or_default();
    format!("{blank}{open}{bare}{close}")
}

impl Reader {
    /// Asks for the annotations to be looked for that may not be where their anchors say.
    pub(super) fn ask_to_follow(&mut self) {
        let Some(edition) = self.edition.clone() else {
            return;
        };
        let mut astray = self.notebook.astray(&edition.hash);
        astray.retain(|(id, _)| self.followed.insert(id.clone()));
        if !astray.is_empty() {
            self.effects.push(Effect::Follow { edition, astray });
        }
    }

    /// Where an annotation stands in this edition, as far as that is known.
    pub fn stands(&self, annotation: &Annotation) -> Option<Passage> {
        let entry = self
            .notebook
            .entry(&annotation.id)
            .filter(|entry| entry.annotation.anchor == annotation.anchor);
        entry
            .map_or_else(
                || annotation.anchor.at_first_sight(&self.report),
                |entry| entry.resolution,
            )
            .passage()
    }

    /// What became of an annotation's passage since it was marked, in words; `None` where it is
    /// where it was.
    pub(super) fn what_became_of(&self, entry: &Entry) -> Option<String> {
        let anchor = &entry.annotation.anchor;
        let was = format!(
            "{}:{}",
            anchor.start.section,
            anchor.start.block.saturating_add(1)
        );
        match entry.resolution {
            Resolution::Exact(_) => None,
            Resolution::Moved(_) => Some(format!("It was marked at {was}, in another edition.")),
            Resolution::Changed(passage) => Some(format!(
                "Reworded: {}",
                reworded(&anchor.quote, &self.report.text_of(passage))
            )),
            Resolution::Unsure(_) => Some(format!(
                "It may not be this passage. It stood at {was}:\n“{}”",
                anchor.quote
            )),
            Resolution::Orphaned => Some(format!(
                "Not found in this edition. It stood at {was}:\n“{}”",
                anchor.quote
            )),
        }
    }

    /// The same in few rows: what stayed is cut to the words around what did not.
    pub fn what_became_in_short(&self, entry: &Entry) -> Option<String> {
        match entry.resolution {
            Resolution::Changed(passage) => {
                let pieces = word_diff::pieces(
                    &entry.annotation.anchor.quote,
                    &self.report.text_of(passage),
                );
                Some(wording::one_line(&in_brackets(shortened(pieces))))
            }
            _ => self.what_became_of(entry),
        }
    }

    /// Takes where annotations were found, and says how many need a look once all are.
    pub(super) fn take_found(&mut self, found: Vec<Found>) {
        for (id, _, _) in &found {
            self.followed.remove(id);
        }
        self.notebook.take_found(found, &self.report);
        if self.followed.is_empty() && self.message.is_none() {
            self.tell_of_doubts();
        }
    }

    /// Says what became of the annotations in this edition, where not all are as they were.
    pub(super) fn tell_of_doubts(&mut self) {
        let standings = || {
            self.notebook
                .entries()
                .iter()
                .filter(|entry| !matches!(entry.resolution, Resolution::Exact(_)))
        };
        let told = |wanted: fn(&Entry) -> bool| {
            let count = |name| {
                standings()
                    .filter(|entry| wanted(entry) && entry.resolution.name() == name)
                    .count()
            };
            let counts = ["moved", "changed", "unsure", "orphaned"]
                .map(|name| (count(name), name))
                .into_iter();
            counts
                .filter(|(count, _)| *count > 0)
                .map(|(count, name)| format!("{count} {name}"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let settled = self
            .notebook
            .entries()
            .iter()
            .filter(|entry| entry.is_reviewed)
            .count();
        let settled = Some(format!("{settled} settled")).filter(|_| settled > 0);
        let moved = Some(told(|entry| !entry.needs_review() && !entry.is_reviewed))
            .filter(|moved| !moved.is_empty());
        let rest = moved
            .into_iter()
            .chain(settled)
            .collect::<Vec<_>>()
            .join(", ");
        let look = self.notebook.count_to_review();
        if (look == 0 && rest.is_empty()) || self.overlay.is_some() {
            return;
        }
        if look == 0 {
            let here = self.edition.as_ref().map(|edition| &edition.hash);
            let is_other = standings().any(|entry| Some(&entry.annotation.anchor.edition) != here);
            return self.say(format!(
                "{}: {rest}.",
                if is_other {
                    "Another edition"
                } else {
                    "In this edition"
                }
            ));
        }
        let (need, them) = if look == 1 {
            ("needs", "it")
        } else {
            ("need", "them")
        };
        let list = self.keymap.shown(Command::ListToCheck);
        let others = if rest.is_empty() {
            String::new()
        } else {
            format!("; {rest}")
        };
        let doubts = told(Entry::needs_review);
        self.say(format!(
            "{} {need} a look, {list} lists {them}: {doubts}{others}.",
            wording::count(look, "annotation")
        ));
    }

    /// Takes what was settled for the open edition, once that is known.
    pub(super) fn take_decisions(&mut self) {
        if let Some(edition) = &self.edition {
            self.notebook
                .take_decisions(self.decisions.clone(), &edition.hash, &self.report);
        }
    }
}
