//! The saved place in each report, by names and bytes.

use serde::{Deserialize, Serialize};

use crate::report::{Report, position::Position, scroll::Top};

/// A place in a report: what the screen shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    pub top: Top,
    /// The paragraph cursor.
    pub cursor: Position,
}

/// Most rows of title and gaps above the top.
const MOST_LEAD: usize = 64;

impl Place {
    fn of(position: Position, lead: usize, cursor: Position) -> Self {
        Self {
            top: Top {
                position,
                lead: lead.min(MOST_LEAD),
            },
            cursor,
        }
    }
}

/// A place as saved on disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedPlace {
    pub report: String,
    pub top: Point,
    /// Rows of title and gaps above `top` on the screen.
    pub lead: usize,
    pub cursor: Point,
    /// Whether it was left at once: the next start shows the first page, and the way back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_hidden: bool,
    /// The places that jumps left, the last one last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jumps: Vec<SavedJump>,
    /// Ids of the folded sections, where they were folded on purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folded: Option<Vec<String>>,
    /// What was searched for, the last one last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub searches: Vec<String>,
}

/// A place that a jump left, by names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedJump {
    top: Point,
    lead: usize,
    cursor: Point,
}

impl SavedJump {
    pub fn new(report: &Report, place: Place) -> Self {
        Self {
            top: Point::new(report, place.top.position),
            lead: place.top.lead,
            cursor: Point::new(report, place.cursor),
        }
    }

    /// The place in a report; `None` where it is gone.
    pub fn find(&self, report: &Report) -> Option<Place> {
        let (top, cursor) = (self.top.find(report)?, self.cursor.find(report)?);
        Some(Place::of(top, self.lead, cursor))
    }
}

/// A position by names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    pub section: String,
    pub block: usize,
    pub byte: usize,
}

impl SavedPlace {
    pub fn new(report: &Report, place: Place) -> Self {
        Self {
            report: report.id.clone(),
            top: Point::new(report, place.top.position),
            lead: place.top.lead,
            cursor: Point::new(report, place.cursor),
            is_hidden: false,
            jumps: Vec::new(),
            folded: None,
            searches: Vec::new(),
        }
    }

    /// The place in a report; the start if it is of another report or gone.
    pub fn find(&self, report: &Report) -> Place {
        let (Some(top), Some(cursor)) = (self.top.find(report), self.cursor.find(report)) else {
            return Place::default();
        };
        Place::of(top, self.lead, cursor)
    }
}

impl Point {
    fn new(report: &Report, position: Position) -> Self {
        let section = report
            .sections
            .get(position.section)
            .map(|section| section.id.clone());
        Self {
            section: section.unwrap_or_default(),
            block: position.block,
            byte: position.byte,
        }
    }

    fn find(&self, report: &Report) -> Option<Position> {
        let is_old = |old: &String| *old == self.section;
        let section = report.section_index(&self.section);
        let section = section.or_else(|| report.old_ids.iter().position(is_old))?;
        let blocks = &report.sections.get(section)?.blocks;
        let block = self.block.min(blocks.len().saturating_sub(1));
        let text = blocks.get(block).map_or("", |block| block.text.as_str());
        let byte = if text.is_char_boundary(self.byte) {
            self.byte
        } else {
            0
        };
        Some(Position::new(section, block, byte))
    }
}
