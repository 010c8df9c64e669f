//! Links: from one to the next, into the report and out of it. Nothing is opened without a key
//! that says so.

use crate::{
    command::Command,
    reader::{effect::Effect, parts::Parts},
    report::{
        Report,
        links::{self, Destination, Link},
        position::{Direction, Passage, Position},
    },
    text::wording,
};

/// Most characters of an address that are shown.
const SHOWN: usize = 40;
/// Most links that a count goes over.
const MOST: usize = 10_000;

impl Parts {
    /// Selects the next link, or the one before.
    pub(crate) fn next_link(&mut self, direction: Direction, count: usize) {
        let selected = self.selection().filter(|_| self.selected_link().is_some());
        let mut from = selected.map_or(self.viewport.cursor(), Passage::start);
        let mut counts_here = selected.is_none();
        let mut found = None;
        for _ in 0..count.min(MOST) {
            let Some(passage) = link_from(&self.report, from, direction, counts_here) else {
                break;
            };
            from = passage.start();
            counts_here = false;
            found = Some(passage);
        }
        let Some(passage) = found else {
            let which = match direction {
                Direction::Forward => "after",
                Direction::Backward => "before",
            };
            return self.say(format!("There is no link {which} this position."));
        };
        self.mode.drop_selection();
        self.viewport.jump_to(passage.start());
        self.select_link(passage);
        self.say_of_link();
    }

    /// The link that is selected.
    pub(crate) fn selected_link(&self) -> Option<Link> {
        let passage = self.selection()?;
        let links = self.report.block(passage.start()).map(links::links)?;
        let bytes = passage.start().byte..passage.end().byte;
        links
            .into_iter()
            .find(|link| link.bytes == bytes && passage.end().same_block(passage.start()))
    }

    /// The link that is selected, else the first one at the cursor or after it in its paragraph.
    /// Says so where there is none.
    fn link_here(&mut self) -> Option<Link> {
        let cursor = self.viewport.cursor();
        let in_block = || {
            let mut links = links_in(&self.report, cursor).into_iter();
            links.find(|link| link.bytes.end > cursor.byte)
        };
        let link = self.selected_link().or_else(in_block);
        if link.is_none() {
            let next = self.key(Command::NextLink);
            self.say(format!(
                "There is no link here; {next} goes to the next one."
            ));
        }
        link
    }

    fn say_of_link(&mut self) {
        let Some(link) = self.selected_link() else {
            return;
        };
        let [open, copy, follow] =
            [Command::OpenLink, Command::CopyLink, Command::Accept].map(|c| self.key(c));
        self.say(match link.destination(&self.report) {
            Destination::Inside(address) => {
                format!("To {}; {follow} goes there.", address.number(&self.report))
            }
            Destination::Outside(target) => format!("{open} opens, {copy} copies {target}"),
            Destination::Nowhere => format!(
                "This link leads nowhere from here; {copy} copies {}",
                link.target
            ),
        });
    }

    /// Follows the link that holds a position, where there is one.
    pub(crate) fn follow_link_at(&mut self, at: Position) {
        let links = links_in(&self.report, at).into_iter();
        let mut links = links.filter(|link| link.bytes.contains(&at.byte));
        let Some(link) = links.next() else { return };
        let position = |byte| Position { byte, ..at };
        let passage = Passage::new(position(link.bytes.start), position(link.bytes.end));
        self.viewport.stay_as_seen();
        self.select_link(passage);
        self.follow_link(&link);
    }

    /// Goes to where a link leads in the report; of one that leads out it says how.
    pub(crate) fn follow_link(&mut self, link: &Link) {
        match link.destination(&self.report) {
            Destination::Inside(address) => {
                self.mode.drop_selection();
                self.go_to_address(address);
            }
            _ => self.say_of_link(),
        }
    }

    /// Opens the link here with the system's program, or goes there in the report.
    pub(crate) fn open_link(&mut self) {
        let Some(link) = self.link_here() else {
            return;
        };
        match link.destination(&self.report) {
            Destination::Inside(_) => self.follow_link(&link),
            Destination::Outside(_) => {
                let target = link.to_open(&self.report);
                target
                    .into_iter()
                    .for_each(|target| self.ask(Effect::OpenLink(target)));
            }
            Destination::Nowhere => self.warn(format!(
                "`{}` is not opened; only web and e-mail addresses are.",
                link.target
            )),
        }
    }

    pub(crate) fn copy_link(&mut self) {
        let Some(link) = self.link_here() else {
            return;
        };
        self.mode.drop_selection();
        let target = link.target.strip_prefix("mailto:").unwrap_or(&link.target);
        self.ask(Effect::Copy {
            what: wording::cut(target, SHOWN),
            text: target.to_owned(),
        });
    }

    /// Says what became of a link that was to be opened.
    pub(crate) fn hear_of_link(&mut self, target: &str, error: Option<String>) {
        match error {
            None => self.say(format!("Sent to the system's opener: {target}")),
            Some(why) => self.warn(format!("Could not open {target}: {why}.")),
        }
    }
}

fn links_in(report: &Report, block: Position) -> Vec<Link> {
    report.block(block).map(links::links).unwrap_or_default()
}

/// The nearest link from a position on; one that begins there counts if asked for.
fn link_from(
    report: &Report,
    from: Position,
    direction: Direction,
    counts_here: bool,
) -> Option<Passage> {
    let mut at = Some(from);
    while let Some(position) = at {
        let links = links_in(report, position);
        let fits = |link: &&Link| {
            let start = link.bytes.start;
            match direction {
                _ if !position.same_block(from) => true,
                Direction::Forward => start > from.byte || (counts_here && start == from.byte),
                Direction::Backward => start < from.byte,
            }
        };
        let link = match direction {
            Direction::Forward => links.iter().find(fits),
            Direction::Backward => links.iter().rfind(fits),
        };
        if let Some(link) = link {
            let end = |byte: usize| Position { byte, ..position };
            return Some(Passage::new(end(link.bytes.start), end(link.bytes.end)));
        }
        at = report.neighbour(position, direction);
    }
    None
}
