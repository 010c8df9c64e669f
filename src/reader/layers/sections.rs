//! The section pane while it has the keys.

use super::{Keys, Then, movement};
use crate::{
    command::{Command, Context},
    reader::{editor::Editor, parts::Parts},
};

/// The section pane while it has the keys.
#[derive(Debug, Default)]
pub struct Sections {
    /// What the listed sections have in their paths, while it is typed.
    filter: Option<Editor>,
    /// The section that was selected before a number was typed.
    before_number: Option<usize>,
}

impl Sections {
    /// What is typed to filter the sections.
    pub fn filter(&self) -> Option<&Editor> {
        self.filter.as_ref()
    }

    fn go(&mut self, parts: &mut Parts) -> Then {
        parts.go_to_section(parts.pane.selected());
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
        self.before_number.get_or_insert(parts.pane.selected());
        parts.pane.select(number - 1);
        if number * 10 > sections {
            parts.input.clear();
            return self.go(parts);
        }
        let path = parts.report.path(number - 1).join(" › ");
        parts.say(format!("{number} {path}: Enter goes there, or type on."));
        Then::Stay
    }

    fn fold(&self, command: Command, count: Option<usize>, parts: &mut Parts) {
        let report = &parts.report;
        match command {
            Command::Fold if !parts.pane.fold(report) => {
                parts.say("This section has no parts to fold.");
            }
            Command::Unfold if !parts.pane.unfold(report) => {
                let go = parts.keymap.shown(Command::Accept, Context::Sections);
                parts.say(format!("This section is not folded; {go} goes there."));
            }
            Command::FoldAll => {
                let (level, all) = parts.pane.fold_all(report, count);
                parts.pane.select_shown(&parts.report);
                parts.say(match all {
                    1 => "No section here has parts to fold.".to_owned(),
                    _ => format!("Folded to level {level} of {all}."),
                });
            }
            _ => {}
        }
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
        // A number was typed for what comes now, unless that is to go there.
        if let Some(before) = self
            .before_number
            .take()
            .filter(|_| command != Command::Accept)
        {
            parts.pane.select(before);
        }
        let page = usize::from(parts.viewport.size().1.saturating_sub(3));
        if let Some(by) = movement(command, count, page) {
            let filter = self.filter.as_ref().map(Editor::text);
            let listed = parts.pane.listed(&parts.report, filter);
            parts.pane.step(&parts.report, &listed, by);
            return Then::Stay;
        }
        match command {
            Command::Accept => return self.go(parts),
            Command::Filter => self.filter = Some(Editor::single_line("")),
            Command::Fold | Command::Unfold | Command::FoldAll => self.fold(command, count, parts),
            Command::Widen | Command::Narrow => {
                let by = count.unwrap_or(1) as isize;
                let by = if command == Command::Widen { by } else { -by };
                let columns = parts.viewport.size().0;
                parts.pane.widen(&parts.report, by, columns);
            }
            Command::AddNote => {
                let section = parts.pane.selected();
                return parts
                    .add_note_on_section(section)
                    .map_or(Then::Stay, |note| Then::Push(note.into()));
            }
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
            parts.pane.select_fitting(&parts.report, filter.text());
        }
    }
}
