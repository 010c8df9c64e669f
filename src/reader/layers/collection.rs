//! One field of all records, one below the other, each under its path. It is read as a report of
//! its own; the text below stays where it is.

use std::sync::Arc;

use super::{Keys, Then, steps};
use crate::{
    command::{Command, Context, settings::Settings},
    notebook::records,
    reader::{
        parts::Parts,
        viewport::{Moved, Room, Unit, Viewport},
    },
    report::{Report, Section, place::Place, position::Position},
};

/// A field of all records, as it is read.
#[derive(Debug)]
pub struct Collection {
    /// The key of the field.
    field: String,
    /// Its sections, with their paths for titles.
    report: Arc<Report>,
    /// The section of the report that each of them is.
    sources: Vec<usize>,
    /// How many records have the field.
    count: usize,
    viewport: Viewport,
}

impl Collection {
    pub(crate) fn new(field: &str, parts: &Parts) -> Self {
        let all = &parts.report;
        let fields = records::collected(field, all);
        let count = fields.len();
        let sources: Vec<usize> = fields.into_iter().flatten().collect();
        let section = |&source: &usize| Section {
            id: source.to_string(),
            title: title(all, source),
            level: 1,
            blocks: all.sections[source].blocks.clone(),
            ..Section::default()
        };
        let report = Arc::new(Report {
            sections: sources.iter().map(section).collect(),
            id: all.id.clone(),
            title: all.title.clone(),
            language: all.language.clone(),
            ..Report::default()
        });
        let mut collection = Self {
            field: field.into(),
            viewport: Viewport::new(report.clone(), Place::default()),
            report,
            sources,
            count,
        };
        collection.fit(parts);
        collection
    }

    /// How many records have the field.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The key of the field.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// What is read: sections with their paths for titles.
    pub fn report(&self) -> &Report {
        &self.report
    }

    pub fn viewport(&self) -> &Viewport {
        &self.viewport
    }

    /// The position in the report of one here.
    pub fn source(&self, position: Position) -> Option<Position> {
        let section = *self.sources.get(position.section)?;
        Some(Position {
            section,
            ..position
        })
    }

    fn fit(&mut self, parts: &Parts) {
        let (columns, rows) = parts.viewport.size();
        if self.viewport.size() != (columns, rows) {
            self.viewport.resize(columns, rows);
        }
        let settings = Settings {
            sections_shown: false,
            numbers_shown: false,
            ..parts.settings.clone()
        };
        self.viewport.fit(&settings, Room::default());
    }

    fn go(&self, parts: &mut Parts) -> Then {
        let Some(source) = self.source(self.viewport.cursor()) else {
            return Then::Stay;
        };
        match source.block {
            0 => parts.go_to_section(source.section),
            _ => parts.viewport.jump_to(source),
        }
        Then::Close
    }

    /// Moves through what is collected; `None` for a command that moves nothing.
    fn travel(&mut self, command: Command, count: Option<usize>) -> Option<Moved> {
        let (by, many) = (steps(count), count.unwrap_or(1));
        let viewport = &mut self.viewport;
        Some(match command {
            Command::Down => viewport.scroll(by),
            Command::Up => viewport.scroll(-by),
            Command::PageDown => viewport.scroll(viewport.page(many)),
            Command::PageUp => viewport.scroll(-viewport.page(many)),
            Command::HalfPageDown => viewport.scroll(viewport.half_page(many)),
            Command::HalfPageUp => viewport.scroll(-viewport.half_page(many)),
            Command::NextParagraph => viewport.step(Unit::Paragraph, by),
            Command::PreviousParagraph => viewport.step(Unit::Paragraph, -by),
            Command::NextSection => self.step_sections(by),
            Command::PreviousSection => self.step_sections(-by),
            Command::First => {
                viewport.jump_to_start();
                Moved::Yes
            }
            Command::Last => {
                viewport.jump_to_end();
                Moved::Yes
            }
            _ => return None,
        })
    }

    /// Back from inside a section goes to its start first.
    fn step_sections(&mut self, by: isize) -> Moved {
        let here = self.viewport.cursor();
        let is_inside = by < 0 && here.block_start() != Position::new(here.section, 0, 0);
        let by = by.saturating_add(isize::from(is_inside));
        let last = self.sources.len().saturating_sub(1);
        let to = here.section.saturating_add_signed(by).min(last);
        if to == here.section && !is_inside {
            return Moved::AtEnd;
        }
        self.viewport.jump_to_section(to);
        Moved::Yes
    }
}

/// The path of a section from its record on.
fn title(report: &Report, section: usize) -> String {
    let outline = report.outline();
    let record = report.records().record_of(section);
    let path = outline.path(section).into_iter();
    let path = path.skip_while(|&at| record.is_some_and(|record| at < record));
    let titles = path.filter_map(|at| outline.node(at).map(|node| node.title.as_str()));
    titles.collect::<Vec<_>>().join(" › ")
}

impl Keys for Collection {
    fn context(&self) -> Option<Context> {
        Some(Context::Collection)
    }

    fn run(&mut self, command: Command, count: Option<usize>, parts: &mut Parts) -> Then {
        match self.travel(command, count) {
            Some(Moved::AtEnd) => parts.say("There is no more this way."),
            Some(Moved::Yes) => {}
            None if command == Command::Accept => return self.go(parts),
            None => return Then::Pass,
        }
        Then::Stay
    }

    fn refresh(&mut self, parts: &mut Parts) {
        self.fit(parts);
    }
}
