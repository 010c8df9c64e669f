//! Links: from one to the next, into the report and out of it. Nothing is opened without a key
//! that says so.

use super::{Effect, Reader};
use crate::{
    command::Command,
    report::{
        layout::Row,
        links::{self, Destination, Link},
        position::{Direction, Passage, Position},
    },
    text::wording,
};

/// Most characters of an address that are told.
const SHOWN: usize = 40;

/// The links of the blocks on the screen.
#[derive(Debug, Default)]
pub struct SeenLinks {
    /// The blocks that were looked through, in reading order.
    blocks: Vec<Position>,
    links: Vec<SeenLink>,
}

/// A link of a block on the screen.
#[derive(Debug)]
pub struct SeenLink {
    /// Where it begins.
    pub position: Position,
    pub link: Link,
    /// What the terminal may be told of where it leads.
    pub uri: Option<String>,
}

impl SeenLinks {
    /// The links of a block, in order.
    pub fn of_block(&self, position: Position) -> &[SeenLink] {
        let before = |link: &SeenLink| link.position.block_key() < position.block_key();
        let first = self.links.partition_point(before);
        let rest = self.links.get(first..).unwrap_or_default();
        let count = rest
            .iter()
            .take_while(|link| link.position.same_block(position))
            .count();
        rest.get(..count).unwrap_or_default()
    }
}

impl Reader {
    /// Works out the links on the screen, where other blocks than before are on it.
    pub(super) fn see_links(&mut self) {
        let mut blocks: Vec<Position> = Vec::with_capacity(self.screen.rows.len());
        for at in &self.screen.rows {
            let Some(&Row::Text { block, .. }) = self.layout.made(at.section).get(at.row) else {
                continue;
            };
            let position = Position::new(at.section, block, 0);
            if blocks.last() != Some(&position) {
                blocks.push(position);
            }
        }
        if blocks == self.screen.links.blocks {
            return;
        }
        let mut seen = Vec::new();
        for &position in &blocks {
            let links = self
                .report
                .block(position)
                .map(links::links)
                .unwrap_or_default();
            seen.extend(links.into_iter().map(|link| {
                let (byte, uri) = (link.bytes.start, link.uri(&self.report));
                SeenLink {
                    position: Position { byte, ..position },
                    link,
                    uri,
                }
            }));
        }
        self.screen.links = SeenLinks {
            blocks,
            links: seen,
        };
    }

    /// Selects the next link, or the one before.
    pub(super) fn next_link(&mut self, direction: Direction, count: usize) {
        let selected = self.selection().filter(|_| self.selected_link().is_some());
        let mut from = selected.map_or(self.screen.cursor, Passage::start);
        let mut counts_here = selected.is_none();
        let mut found = None;
        for _ in 0..count.min(super::MOST_LINKS) {
            let Some(passage) = self.link_from(from, direction, counts_here) else {
                break;
            };
            from = passage.start();
            counts_here = false;
            found = Some(passage);
        }
        let Some(passage) = found else {
            let which = if direction == Direction::Forward {
                "after"
            } else {
                "before"
            };
            return self.say(format!("There is no link {which} this place."));
        };
        self.leave_place();
        self.selection = None;
        self.go_to(passage.start());
        self.select_link(passage);
        self.say_of_link();
    }

    /// The nearest link from a position on; one that begins there counts if asked for.
    fn link_from(
        &self,
        from: Position,
        direction: Direction,
        counts_here: bool,
    ) -> Option<Passage> {
        let mut at = Some(from);
        while let Some(position) = at {
            let links = self
                .report
                .block(position)
                .map(links::links)
                .unwrap_or_default();
            let fits = |link: &&Link| {
                let start = link.bytes.start;
                match direction {
                    _ if !position.same_block(from) => true,
                    Direction::Forward => start > from.byte || (counts_here && start == from.byte),
                    Direction::Backward => start < from.byte,
                }
            };
            let link = if direction == Direction::Forward {
                links.iter().find(fits)
            } else {
                links.iter().rfind(fits)
            };
            if let Some(link) = link {
                let end = |byte: usize| Position { byte, ..position };
                return Some(Passage::new(end(link.bytes.start), end(link.bytes.end)));
            }
            at = self.report.neighbour(position, direction);
        }
        None
    }

    /// The link that is selected.
    pub(super) fn selected_link(&self) -> Option<Link> {
        let passage = self.selection()?;
        let links = self.report.block(passage.start()).map(links::links)?;
        let bytes = passage.start().byte..passage.end().byte;
        links
            .into_iter()
            .find(|link| link.bytes == bytes && passage.end().same_block(passage.start()))
    }

    /// The link that is selected, else the first one at the cursor or after it in its paragraph.
    fn link_here(&self) -> Option<Link> {
        let cursor = self.screen.cursor;
        let links = || {
            self.report
                .block(cursor)
                .map(links::links)
                .unwrap_or_default()
                .into_iter()
        };
        self.selected_link()
            .or_else(|| links().find(|link| link.bytes.end > cursor.byte))
    }

    fn say_of_link(&mut self) {
        let Some(link) = self.selected_link() else {
            return;
        };
        let (open, copy) = (
            self.keymap.shown(Command::OpenLink),
            self.keymap.shown(Command::CopyLink),
        );
        let follow = self.keymap.shown(Command::ReadNote);
        match link.destination(&self.report) {
            Destination::Inside(address) => self.say(format!("To {address}; {follow} goes there.")),
            Destination::Outside(target) => {
                self.say(format!("{open} opens, {copy} copies {target}"))
            }
            Destination::Nowhere => self.say(format!(
                "This link leads nowhere from here; {copy} copies {}",
                link.target
            )),
        }
    }

    /// Goes to where the selected link leads in the report; of one that leads out it says how.
    pub(super) fn follow_link(&mut self, link: &Link) {
        if let Destination::Inside(address) = link.destination(&self.report) {
            self.selection = None;
            return self.go_to_place_of(address);
        }
        self.say_of_link();
    }

    /// Hands the link here to the system's opener, or goes there in the report.
    pub(super) fn open_link(&mut self) {
        let Some(link) = self.link_here() else {
            return self.say_no_link();
        };
        match link.destination(&self.report) {
            Destination::Inside(_) => self.follow_link(&link),
            Destination::Outside(target) => self.effects.push(Effect::OpenLink(target)),
            Destination::Nowhere => self.warn(format!(
                "`{}` is not opened; only web and e-mail addresses are.",
                link.target
            )),
        }
    }

    pub(super) fn copy_link(&mut self) {
        let Some(link) = self.link_here() else {
            return self.say_no_link();
        };
        self.selection = None;
        let address = link
            .target
            .strip_prefix("mailto:")
            .unwrap_or(&link.target)
            .to_owned();
        self.copy_as(wording::cut(&address, SHOWN), address);
    }

    fn say_no_link(&mut self) {
        let next = self.keymap.shown(Command::NextLink);
        self.say(format!(
            "There is no link here; {next} goes to the next one."
        ));
    }

    /// Says what became of a link that was to be opened.
    pub fn hear_of_link(&mut self, target: &str, error: Option<String>) {
        match error {
            None => self.say(format!("Sent to the system's opener: {target}")),
            Some(why) => self.warn(format!("Could not open {target}: {why}.")),
        }
    }
}
