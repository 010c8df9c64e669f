//! Other reports: asked for, chosen, opened and compared with.

use crate::reader::{
    effect::{Effect, Everywhere},
    layers::{
        Then,
        waiting::{Awaited, Waiting},
    },
    parts::Parts,
    reports::Purpose,
};
use crate::search::Query;

impl Parts {
    /// Asks for the other reports, to choose one as soon as they are known.
    pub(crate) fn choose_report(&mut self, purpose: Purpose) {
        self.reports.choosing_for = Some(purpose);
        self.ask(Effect::ListReports);
    }

    /// Does with another report what it was chosen for.
    pub(crate) fn accept_report(&mut self, purpose: Purpose, index: usize) -> Then {
        let Some(name) = self.reports.others().get(index).map(|of| of.name.clone()) else {
            return Then::Close;
        };
        let waiting = match purpose {
            Purpose::Open => self.open_report(&name, false),
            Purpose::Compare => Some(self.compare_with(&name)),
        };
        waiting.map_or(Then::Close, |waiting| Then::Replace(waiting.into()))
    }

    /// Asks for a report of a name or path, to be read in place of this one.
    pub(crate) fn open_report(&mut self, name: &str, is_back: bool) -> Option<Waiting> {
        if let Some(reason) = self.notes.unsaved() {
            let said = format!("Not opened: changes here are not on disk yet ({reason}).");
            self.warn(said);
            return None;
        }
        let waiting = self.wait_for(name, Awaited::Report { is_back });
        self.ask(Effect::Open {
            number: waiting.number,
            name: name.into(),
        });
        Some(waiting)
    }

    /// Asks for another edition, to be read from an address on.
    pub(crate) fn open_report_at(&mut self, name: &str, address: &str) -> Option<Waiting> {
        let waiting = self.open_report(name, false)?;
        self.reports.going_to = Some((waiting.number, address.to_owned()));
        Some(waiting)
    }

    /// Asks for the history of the selection, else of the paragraph.
    pub(crate) fn ask_for_history(&mut self) {
        match self.target_to_copy() {
            Some(passage) => {
                self.say("Looking through the editions …");
                self.ask(Effect::History(passage));
            }
            None => self.say("There is no text here to follow."),
        }
    }

    /// Asks for the comparison of the report that is read with an older one of a name or path.
    pub(crate) fn compare_with(&mut self, name: &str) -> Waiting {
        let waiting = self.wait_for(name, Awaited::Comparison);
        self.ask(Effect::Compare {
            number: waiting.number,
            name: name.into(),
        });
        waiting
    }

    /// Looks for notes or matches in every report.
    pub(crate) fn look_everywhere(&mut self, what: Everywhere) -> Waiting {
        let waiting = self.wait_for("all reports", Awaited::Everywhere);
        self.ask(Effect::LookEverywhere {
            number: waiting.number,
            what,
        });
        waiting
    }

    /// Searches every report for words, else for what was searched for last.
    pub(crate) fn search_everywhere(&mut self, words: &str) -> Option<Waiting> {
        let query = match words {
            "" => self.matches.earlier().last().cloned(),
            words => Some(Query {
                text: words.to_owned(),
                ..self.matches.options().clone()
            }),
        };
        if query.is_none() {
            self.say("`:all-matches` takes words: nothing was searched for yet.");
        }
        query.map(|query| self.look_everywhere(Everywhere::Matches(query)))
    }

    fn wait_for(&mut self, name: &str, purpose: Awaited) -> Waiting {
        Waiting {
            number: self.reports.ask(),
            name: name.into(),
            purpose,
        }
    }

    /// The last comparison again, else the choice of a report to compare with.
    pub(crate) fn return_to_comparison(&mut self) -> Then {
        match self.reports.compared.take() {
            Some(comparison) => Then::Push(comparison.into()),
            None => {
                self.choose_report(Purpose::Compare);
                Then::Stay
            }
        }
    }
}
