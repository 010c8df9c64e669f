//! Movement and jumps, and what is said at their ends.

use crate::{
    reader::{
        parts::Parts,
        viewport::{Moved, Unit},
    },
    report::address::{Address, AddressError},
    text::wording,
};

impl Parts {
    /// Scrolls by rows, down where positive.
    pub(crate) fn scroll(&mut self, by: isize) {
        if self.viewport.scroll(by) == Moved::AtEnd {
            self.say_end(by);
        }
    }

    /// Goes down by lines: by the cursor, where that is followed; else scrolls.
    pub(crate) fn down(&mut self, by: isize) {
        if !self.settings.has_cursor {
            return self.scroll(by);
        }
        if self.viewport.step_rows(by) == Moved::AtEnd {
            self.say_end(by);
        }
    }

    fn say_end(&mut self, by: isize) {
        let end = if by > 0 { "end" } else { "start" };
        self.say(format!("This is the {end} of the report."));
    }

    /// Moves the cursor by paragraphs or sentences.
    pub(crate) fn step(&mut self, unit: Unit, by: isize) {
        if self.viewport.step(unit, by) == Moved::AtEnd {
            let which = if by > 0 { "last" } else { "first" };
            let what = match unit {
                Unit::Paragraph => "paragraph",
                Unit::Sentence => "sentence",
            };
            self.say(format!("This is the {which} {what}."));
        }
    }

    /// Jumps to a section, which is selected in the section pane too.
    pub(crate) fn go_to_section(&mut self, section: usize) {
        self.viewport.jump_to_section(section);
        self.pane.select(section);
    }

    /// Jumps to the start, or with a count to that section.
    pub(crate) fn go_to_first(&mut self, count: Option<usize>) {
        match count {
            Some(number) => self.go_to_numbered(number),
            None => self.viewport.jump_to_start(),
        }
    }

    /// Jumps to the end, or with a count to that section.
    pub(crate) fn go_to_last(&mut self, count: Option<usize>) {
        match count {
            Some(number) => self.go_to_numbered(number),
            None => self.viewport.jump_to_end(),
        }
    }

    fn go_to_numbered(&mut self, number: usize) {
        let sections = self.report.sections.len();
        match number.checked_sub(1).filter(|&index| index < sections) {
            Some(section) => self.go_to_section(section),
            None => self.say(format!(
                "There is no section {number}; the report has {}.",
                wording::count(sections, "section")
            )),
        }
    }

    pub(crate) fn go_to_percent(&mut self, count: Option<usize>) {
        match count {
            Some(percent) => self.viewport.jump_to_percent(percent),
            None => self.say("Type the percent first: 50% is half-way."),
        }
    }

    pub(crate) fn next_section(&mut self, count: usize) {
        let here = self.viewport.cursor().section;
        let last = self.report.sections.len().saturating_sub(1);
        if here == last {
            return self.say("This is the last section.");
        }
        self.go_to_section(here.saturating_add(count).min(last));
    }

    /// Goes to the start of the section, then to the previous one.
    pub(crate) fn previous_section(&mut self, count: usize) {
        let cursor = self.viewport.cursor();
        let is_at_start = cursor.block == 0 && cursor.byte == 0;
        if is_at_start && cursor.section == 0 {
            return self.say("This is the first section.");
        }
        let back = count - usize::from(!is_at_start && count > 0);
        self.go_to_section(cursor.section.saturating_sub(back));
    }

    /// Goes to the start of the section, then to the one that holds it.
    pub(crate) fn parent_section(&mut self, count: usize) {
        let cursor = self.viewport.cursor();
        let is_at_start = cursor.block == 0 && cursor.byte == 0;
        let steps = count.saturating_sub(usize::from(!is_at_start));
        let sections = &self.report.sections;
        // The cursor is on a paragraph: what has none is passed over.
        let has_text = |at: &usize| sections.get(*at).is_some_and(|of| !of.blocks.is_empty());
        let mut path = self.report.outline().path(cursor.section);
        path.retain(has_text);
        let to = path.iter().rev().nth(steps).or(path.first());
        match to.copied() {
            Some(to) if to != cursor.section || !is_at_start => self.go_to_section(to),
            _ => self.say("No section with text of its own holds this one."),
        }
    }

    /// Jumps to a section or paragraph.
    pub(crate) fn go_to_address(&mut self, address: Address) {
        match address.block {
            None => self.go_to_section(address.section),
            Some(_) => self.viewport.jump_to(address.position()),
        }
    }

    /// Jumps to an address as it is typed.
    pub(crate) fn go_to_typed(&mut self, text: &str) {
        let here = self.viewport.cursor().section;
        match Address::parse_near(text, &self.report, here) {
            Ok(address) => self.go_to_address(address),
            Err(error) => self.warn(format!("No such address: {error}.")),
        }
    }

    /// Jumps to what is no command: an address, as it is typed.
    pub(crate) fn go_to_unknown(&mut self, line: &str) {
        let here = self.viewport.cursor().section;
        let name = line.split_whitespace().next().unwrap_or_default();
        match Address::parse_near(line, &self.report, here) {
            Ok(address) => self.go_to_address(address),
            Err(error @ AddressError::Several { .. }) => self.warn(format!("{error}.")),
            Err(error) if name.contains(['/', ':']) => {
                self.warn(format!("No such address: {error}."));
            }
            Err(_) => self.warn(format!("Unknown command `{name}`; Tab completes a name.")),
        }
    }

    pub(crate) fn go_back(&mut self) {
        if !self.viewport.go_back() {
            self.say("There is no jump to go back from yet.");
        }
    }

    /// Goes back through the jump list; returns what opens the report that was left before, where
    /// the list has no more.
    pub(crate) fn back(&mut self, count: usize) -> Option<String> {
        if self.viewport.back(count) == 0 {
            return None;
        }
        let before = self.reports.last_left();
        if before.is_none() {
            self.say("This is the start of the jump list.");
        }
        before
    }

    pub(crate) fn forward(&mut self, count: usize) {
        if self.viewport.forward(count) > 0 {
            self.say("This is the end of the jump list.");
        }
    }

    /// Goes to a place of the jump list by its index.
    pub(crate) fn go_to_jump(&mut self, index: usize) {
        let here = self.viewport.jump_here();
        match index.checked_sub(here) {
            Some(0) => self.say("This is where you are."),
            Some(forward) => self.forward(forward),
            None => drop(self.viewport.back(here - index)),
        }
    }
}
