//! Passages one below the other, each under its path: one field of all records, one passage in all
//! editions. They are read as a report of their own; the text below stays where it is.

use std::sync::Arc;

use super::{Keys, Then, steps};
use crate::{
    command::{Command, Context, settings::Settings},
    edition::history::{self, Stage},
    notebook::records,
    reader::{
        parts::Parts,
        reports::Gathered,
        viewport::{Moved, Room, Unit, Viewport},
    },
    report::{
        Block, BlockKind, Report, Section, address::Address, place::Place, position::Position,
    },
    text::wording,
};

/// Passages one below the other, as they are read.
#[derive(Debug)]
pub struct Collection {
    /// What they are, in words.
    heading: String,
    /// A section for each.
    report: Arc<Report>,
    /// Where each of them stands, by section: one source for all of it, or one for each paragraph.
    sources: Vec<Vec<Source>>,
    viewport: Viewport,
}

/// Where a collected passage stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    /// A section of the report that is read, or a paragraph of it.
    Here(Position),
    /// In another edition: what opens it, and the address there.
    Elsewhere(String, String),
    /// It is not there.
    Nowhere,
}

impl Collection {
    /// A field of all records, by its key, under their paths.
    pub(crate) fn of_field(field: &str, parts: &Parts) -> Self {
        let all = &parts.report;
        let fields = records::collected(field, all);
        let heading = format!("{field} of {}", wording::count(fields.len(), "record"));
        let sections: Vec<usize> = fields.into_iter().flatten().collect();
        let collected = sections.into_iter().map(|source| {
            let section = Section {
                title: title(all, source),
                blocks: all.sections[source].blocks.clone(),
                ..Section::default()
            };
            (section, vec![Source::Here(Position::new(source, 0, 0))])
        });
        Self::new(heading, collected.collect(), parts)
    }

    /// A passage in the editions of the report, the oldest first.
    pub(crate) fn of_history(stages: &[Stage], parts: &Parts) -> Self {
        let id = parts.reports.id();
        let collected = stages.iter().enumerate().map(|(index, stage)| {
            let fate = history::fate(stages, index);
            let (address, path) = match &stage.place {
                Some((address, path)) => (address.as_str(), path.join(" › ")),
                None => ("", String::new()),
            };
            let section = Section {
                title: wording::one_line(&format!("{}: {fate}  {address}  {path}", stage.edition)),
                blocks: vec![paragraph(match stage.place {
                    Some(_) => history::words(stages, index),
                    None => "–".to_owned(),
                })],
                ..Section::default()
            };
            let source = match (stage.here, &stage.place) {
                (Some(passage), _) => Source::Here(passage.start()),
                (None, Some((address, _))) => {
                    Source::Elsewhere(format!("{id}@{}", stage.edition), address.clone())
                }
                (None, None) => Source::Nowhere,
            };
            (section, vec![source])
        });
        let heading = format!("in {}", wording::count(stages.len(), "edition"));
        Self::new(heading, collected.collect(), parts)
    }

    /// What was found in all reports: what stands in one section under one title.
    pub(crate) fn of_all_reports(gathered: &[Gathered], parts: &Parts) -> Self {
        let heading = format!(
            "{} in all reports",
            wording::count(gathered.len(), "passage")
        );
        let here = &parts.reports.name;
        let source = |of: &Gathered| {
            let at = of.address.as_deref();
            let in_report = at.filter(|_| of.name == *here);
            let in_report = in_report.and_then(|at| Address::parse(at, &parts.report).ok());
            match (in_report, at) {
                (Some(address), _) => Source::Here(address.position()),
                (None, Some(at)) => Source::Elsewhere(of.name.clone(), at.to_owned()),
                (None, None) => Source::Nowhere,
            }
        };
        let groups = gathered.chunk_by(|one, other| one.title == other.title);
        let collected = groups.map(|group| {
            let section = Section {
                title: group.first().map_or("", |of| &of.title).to_owned(),
                blocks: group.iter().map(|of| paragraph(of.text.clone())).collect(),
                ..Section::default()
            };
            (section, group.iter().map(source).collect())
        });
        Self::new(heading, collected.collect(), parts)
    }

    fn new(heading: String, collected: Vec<(Section, Vec<Source>)>, parts: &Parts) -> Self {
        let all = &parts.report;
        let (sections, sources): (Vec<Section>, _) = collected.into_iter().unzip();
        let sections = sections.into_iter().enumerate();
        let sections = sections.map(|(number, section)| Section {
            id: number.to_string(),
            level: 1,
            ..section
        });
        let report = Arc::new(Report {
            sections: sections.collect(),
            id: all.id.clone(),
            title: all.title.clone(),
            language: all.language.clone(),
            ..Report::default()
        });
        let mut collection = Self {
            heading,
            viewport: Viewport::new(report.clone(), Place::default()),
            report,
            sources,
        };
        collection.fit(parts);
        collection
    }

    /// What it holds, in words.
    pub fn heading(&self) -> &str {
        &self.heading
    }

    /// What is read: a section for each passage.
    pub fn report(&self) -> &Report {
        &self.report
    }

    pub fn viewport(&self) -> &Viewport {
        &self.viewport
    }

    /// Where a position here comes from, and which block below that it is.
    fn source_of(&self, position: Position) -> Option<(&Source, usize)> {
        let sources = self.sources.get(position.section)?;
        match sources.as_slice() {
            [source] => Some((source, position.block)),
            sources => Some((sources.get(position.block)?, 0)),
        }
    }

    /// The position in the report of one here; `None` where it is not of this report.
    pub fn source(&self, position: Position) -> Option<Position> {
        match self.source_of(position)? {
            (Source::Here(start), below) => Some(Position {
                section: start.section,
                block: start.block + below,
                byte: match start.byte {
                    0 => position.byte,
                    byte => byte,
                },
            }),
            (Source::Elsewhere(..) | Source::Nowhere, _) => None,
        }
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
        let cursor = self.viewport.cursor();
        match self.source_of(cursor).map(|(source, _)| source) {
            Some(Source::Here(_)) => {}
            Some(Source::Elsewhere(name, address)) => {
                let waiting = parts.open_report_at(name, address);
                return waiting.map_or(Then::Stay, |waiting| Then::Replace(waiting.into()));
            }
            Some(Source::Nowhere) | None => {
                parts.say("There is no passage to go to.");
                return Then::Stay;
            }
        }
        match self.source(cursor) {
            Some(source) if source.block == 0 => parts.go_to_section(source.section),
            Some(source) => parts.viewport.jump_to(source),
            None => {}
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

fn paragraph(text: String) -> Block {
    Block {
        kind: BlockKind::Paragraph,
        text,
        spans: Vec::new(),
        depth: 0,
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
