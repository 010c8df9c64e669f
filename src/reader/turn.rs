//! Turning to another report, which takes the place of the one that is read.

use std::sync::Arc;

use super::{
    Reader,
    layers::{
        collection::Collection,
        comparison::Comparison,
        picker::Picker,
        waiting::{Awaited, Waiting},
    },
    parts::Parts,
    reports::{Gathered, Left, Opened, OtherReport},
};
use crate::{
    command::Command,
    edition::history::Stage,
    notebook::compared::Compared,
    report::{address::Address, place::SavedPlace},
    text::{width, wording},
};

impl Reader {
    /// Takes the reports that there are.
    pub fn hear_of_reports(&mut self, reports: Vec<OtherReport>) {
        let parts = &mut self.parts;
        parts.reports.take(reports, &parts.report);
        if let Some(picker) = self.layers.find_mut::<Picker>() {
            picker.take_reports(parts);
        }
        let purpose = parts.reports.choosing_for.take();
        if let Some(purpose) = purpose.filter(|_| self.layers.is_empty()) {
            if parts.reports.others().is_empty() {
                parts.say("There is no other report; `tip-reader import` makes one from a file.");
            } else {
                let picker = Picker::of_reports(purpose, parts);
                self.layers.push(picker);
            }
        }
        self.refresh();
    }

    /// What is waited for by its number.
    fn awaited(&self, number: u64) -> Option<&Waiting> {
        let waiting = self.layers.find::<Waiting>();
        waiting.filter(|waiting| waiting.number == number)
    }

    /// Takes a comparison that was asked for, or why there is none. One that nobody waits for any
    /// longer is let go.
    pub fn hear_of_comparison(&mut self, number: u64, compared: Result<Compared, String>) {
        let Some(name) = self.awaited(number).map(|waiting| waiting.name.clone()) else {
            return;
        };
        match compared {
            Ok(compared) if compared.differs() => {
                let comparison = Comparison::new(name, Arc::new(compared));
                self.layers.put_for::<Waiting>(comparison);
            }
            Ok(_) => {
                self.layers.close::<Waiting>();
                self.say(format!("`{name}` and this report are the same."));
            }
            Err(why) => {
                self.layers.close::<Waiting>();
                self.warn(wording::one_line(&width::shown(&why)));
            }
        }
        self.refresh();
    }

    /// Takes a report that was asked for, or why there is none. What comes back is to be turned
    /// to, once all of this one is saved; one that nobody waits for any longer is let go.
    pub fn hear_of_report(
        &mut self,
        number: u64,
        opened: Result<Opened, String>,
    ) -> Option<Opened> {
        self.awaited(number)?;
        let refused = match opened {
            Ok(opened) if opened.report != *self.parts.report => return Some(opened),
            Ok(opened) => format!("`{}` is the report that is open.", opened.name),
            Err(why) => wording::one_line(&width::shown(&why)),
        };
        self.layers.close::<Waiting>();
        self.warn(refused);
        self.refresh();
        None
    }

    /// Reads another report from now on. Window, settings and what was typed on the command line
    /// stay; notebook and places are the other's, and are reported as at a start.
    pub fn turn_to(&mut self, opened: Opened) {
        let is_back = self
            .layers
            .find::<Waiting>()
            .is_some_and(|waiting| waiting.purpose == Awaited::Report { is_back: true });
        let number = self.layers.find::<Waiting>().map(|waiting| waiting.number);
        let here = self.left_here();
        let old = &mut self.parts;
        let going_to = old.reports.going_to.take();
        let going_to = going_to.filter(|(of, _)| Some(*of) == number);
        let mut left = std::mem::take(&mut old.reports.left);
        let before = if is_back { left.pop() } else { None };
        if !is_back {
            left.push(here);
        }
        let before = before.filter(|before| before.place.report == opened.report.id);
        let report = Arc::new(opened.report);
        let saved = before.as_ref().map(|before| before.place.clone());
        let saved = saved.or(opened.place);
        let place = saved.as_ref().map(|place| place.find(&report));
        let place = place.unwrap_or_default();
        let mut new = Parts::new(
            report,
            place,
            old.keymap.clone(),
            old.settings.clone(),
            old.notes.environment(),
        );
        let is_known = before.is_some();
        if let Some(before) = before {
            // The very same screen, also where the cursor was not on it.
            new.viewport.let_go_of_cursor();
            // Places are of the text as it was.
            if before.report == new.report {
                new.viewport.put_jumps(before.jumps);
            }
        }
        let mut panes = std::mem::take(&mut old.reports.panes);
        panes.retain(|(outline, _)| outline != old.report.outline());
        panes.push((old.report.outline().clone(), std::mem::take(&mut old.pane)));
        let pane = panes.iter().find(|(of, _)| of == new.report.outline());
        new.pane = pane.map(|(_, pane)| pane.clone()).unwrap_or_default();
        new.reports.panes = panes;
        new.reports.name = opened.name;
        new.reports.left = left;
        new.messages = std::mem::take(&mut old.messages);
        new.input.lines = std::mem::take(&mut old.input.lines);
        new.input.pipes = std::mem::take(&mut old.input.pipes);
        let earlier = old.matches.earlier();
        let earlier: Vec<String> = earlier.iter().map(|query| query.text.clone()).collect();
        let read_only = old.notes.read_only().map(str::to_owned);
        new.notes.set_read_only(read_only);
        let (columns, rows) = old.viewport.size();
        self.parts = new;
        self.layers = Default::default();
        if let Some(saved) = saved.filter(|_| !is_known) {
            self.go_on_from(&saved);
        }
        self.parts.matches.take_earlier(&earlier);
        self.take_progress(opened.progress);
        self.resize(columns, rows);
        self.say_turned(is_back);
        if let Some((_, address)) = going_to {
            let address = Address::parse(&address, &self.parts.report);
            address.into_iter().for_each(|at| self.open_at(at));
            self.refresh();
        }
    }

    /// Takes what was found in all reports. What nobody waits for any longer is let go.
    pub fn hear_of_everywhere(&mut self, number: u64, gathered: &[Gathered]) {
        if self.awaited(number).is_none() {
            return;
        }
        if gathered.is_empty() {
            self.layers.close::<Waiting>();
            self.say("Nothing was found in any report.");
        } else {
            let collection = Collection::of_all_reports(gathered, &self.parts);
            let back = self.parts.key(Command::Cancel);
            self.say(format!(
                "{}; Enter goes there, {back} returns.",
                collection.heading()
            ));
            self.layers.put_for::<Waiting>(collection);
        }
        self.refresh();
    }

    /// Shows a passage in the editions of the report; `broken` says which could not be read.
    pub fn show_history(&mut self, stages: &[Stage], broken: &[String]) {
        if !self.layers.is_empty() {
            return;
        }
        if let [_] = stages {
            self.say(
                "This report has one edition; `tip-reader import FILE --edition-of` adds another.",
            );
        } else {
            let back = self.parts.key(Command::Cancel);
            self.say(format!("Enter goes to the passage, {back} returns."));
            let collection = Collection::of_history(stages, &self.parts);
            self.layers.push(collection);
        }
        if let [first, ..] = broken {
            self.warn(wording::one_line(&width::shown(first)));
        }
        self.refresh();
    }

    /// The report that is read, as it is left for another one.
    fn left_here(&mut self) -> Left {
        let parts = &mut self.parts;
        let place = parts.viewport.place_here();
        Left {
            name: parts.reports.name.clone(),
            place: SavedPlace::new(&parts.report, place),
            report: parts.report.clone(),
            jumps: parts.viewport.take_jumps(),
        }
    }

    fn say_turned(&mut self, is_back: bool) {
        let title = wording::one_line(&self.parts.report.title);
        let back = self.parts.key(Command::Back);
        self.parts.say(match self.parts.reports.last_left() {
            Some(left) if !is_back => format!("{title}; {back} goes back to `{left}`."),
            _ => title,
        });
    }
}
