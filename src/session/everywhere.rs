//! All notes, or all matches of a search, in every report of the library.

use super::{Job, Session, Terminal};
use crate::{
    disk::home::Home,
    library::{self, Listed},
    notebook::passage,
    reader::{Everywhere, Gathered},
    report::{Report, address::Address},
    search::{Pattern, Query, context, pieces::Pieces},
    store::Store,
    text::wording,
};

/// Columns before a match, and of all of its line.
const AROUND: (usize, usize) = (30, 160);
/// Most matches of one edition that are shown; the rest is counted.
const MOST: usize = 500;

impl<T: Terminal> Session<T> {
    /// Looks through every report; what comes back is shown where it is still waited for.
    pub(super) fn look_everywhere(&mut self, number: u64, what: Everywhere) {
        let home = self.home.clone();
        self.start("everywhere", move |done| {
            let gathered = match &what {
                Everywhere::Notes => home.as_ref().map(notes).unwrap_or_default(),
                Everywhere::Matches(query) => matches(home.as_ref(), query),
            };
            done(Job::Everywhere(number, gathered));
        });
    }
}

/// The notes of all reports, by report and place; those of reports that are not here last.
fn notes(home: &Home) -> Vec<Gathered> {
    let store = Store::new(home.clone());
    let mut of_others = store.load().annotations;
    let mut all = Vec::new();
    let newest = library::list(Some(home)).into_iter();
    for listed in newest.filter(|of| of.is_newest) {
        let has_notes = of_others.iter().any(|of| of.report == listed.notes_id());
        let Some(report) = listed.read().ok().filter(|_| has_notes) else {
            continue;
        };
        of_others.retain(|of| of.report != report.id);
        let (notebook, _) = store.notebook(&report);
        all.extend(notebook.entries().iter().map(|entry| {
            let at = passage(entry).map(|passage| passage.start());
            let annotation = &entry.annotation;
            let quote = wording::one_line(&annotation.anchor.quote);
            let text = wording::one_line(&annotation.text);
            let status = match entry.resolution.name() {
                "exact" => String::new(),
                status => format!(", {status}"),
            };
            Gathered {
                name: listed.name(),
                title: title(&listed, &report, at.map_or(0, |at| at.section)),
                address: at.map(|at| Address::of(at).number(&report)),
                text: format!("{}{status}: {text}\n“{quote}”", annotation.kind.name()),
            }
        }));
    }
    all.extend(of_others.into_iter().map(|of| Gathered {
        name: of.report.clone(),
        title: format!("{}, which is not in the library", of.report),
        address: None,
        text: format!("{}: {}", of.kind.name(), wording::one_line(&of.text)),
    }));
    all
}

/// The matches in all editions of all reports.
fn matches(home: Option<&Home>, query: &Query) -> Vec<Gathered> {
    let Ok(pattern) = Pattern::new(query) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for listed in library::list(home) {
        let Ok(report) = listed.read() else { continue };
        let pieces = Pieces::new(&report);
        let mut count = 0;
        for index in 0..pieces.count() {
            let piece = pieces.piece(index);
            let text = piece.text(&report);
            pattern.each_match(text, pieces.is_simple(index), |range| {
                count += 1;
                if count <= MOST {
                    let around = context::in_line(text, range, AROUND.0, AROUND.1);
                    all.push(Gathered {
                        name: listed.exact_name(),
                        title: title(&listed, &report, piece.section),
                        address: Some(piece.address().number(&report)),
                        text: format!("{}{}{}", around.before, around.hit, around.after),
                    });
                }
            });
        }
        if count > MOST {
            all.push(Gathered {
                name: listed.exact_name(),
                title: listed.exact_name(),
                address: None,
                text: format!("and {} more", count - MOST),
            });
        }
    }
    all
}

/// `harbor@2031 › Ghana (Tier 2) › Protection`.
fn title(listed: &Listed, report: &Report, section: usize) -> String {
    let path = report.path(section).join(" › ");
    wording::one_line(&format!("{} › {path}", listed.exact_name()))
}
