//! The section pane while it has the keys.

use super::{Keys, Then, movement};
use crate::{
    command::{Command, Context},
    reader::{editor::Editor, parts::Parts},
};

/// The section pane while it has the keys.
#[derive(Debug, Default)]
pub struct Sections {
    /// What the listed sections have in their titles, while it is typed.
    filter: Option<Editor>,
}

impl Sections {
    /// What is typed to filter the sections.
    pub fn filter(&self) -> Option<&Editor> {
        self.filter.as_ref()
    }

    fn go(&mut self, parts: &mut Parts) -> Then {
        parts.go_to_section(parts.outline.selected());
        Then::Close
    }

    /// Takes a number typed in the pane: goes there as soon as no longer number could be meant.
    pub(crate) fn take_number(&mut self, number: usize, parts: &mut Parts) -> Then {
        let sections = parts.report.sections.len();
        if number > sections {
            parts.input.clear();
            parts.say(format!("There is no section {number}."));
            return Then::Stay;
        }
        parts.outline.select(number - 1);
        if number * 10 > sections {
            parts.input.clear();
            return self.go(parts);
        }
        parts.say(format!("Section {number}: Enter goes there, or type on."));
        Then::Stay
    }
}

impl Keys for Sections {
    fn context(&self) -> Option<Context> {
        Some(match self.filter {
            Some(_) => Context::SectionFilter,
            None => Context::Sections,
        })
    }

    fn run(&mut self, command: Command, count: Option<usize>, parts: &mut Parts) -> Then {
        let page = usize::from(parts.viewport.size().1.saturating_sub(3));
        if let Some(by) = movement(command, count, page) {
            let filter = self.filter.as_ref().map(Editor::text);
            let listed = parts.outline.listed(&parts.report, filter);
            parts.outline.step(&listed, by);
            return Then::Stay;
        }
        match command {
            Command::Accept => return self.go(parts),
            Command::Filter => self.filter = Some(Editor::single_line("")),
            Command::Fold if !parts.outline.fold(&parts.report) => {
                parts.say("This section has no parts to fold.");
            }
            Command::Unfold if !parts.outline.unfold() => {
                parts.say("This section is not folded; Enter goes there.");
            }
            Command::Fold | Command::Unfold => {}
            Command::SwitchPane => return Then::Close,
            Command::ToggleSections => {
                parts.settings.sections_shown = !parts.settings.sections_shown;
                return Then::Close;
            }
            _ => return Then::Pass,
        }
        Then::Stay
    }

    fn cancel(&mut self, _: &mut Parts) -> Then {
        match self.filter.take() {
            Some(_) => Then::Stay,
            None => Then::Close,
        }
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.filter.as_mut()
    }

    fn typed(&mut self, parts: &mut Parts) {
        if let Some(filter) = &self.filter {
            parts.outline.select_fitting(&parts.report, filter.text());
        }
    }
}
