//! The list of all annotations: tabs, a filter that is typed, and what can be done with each.

mod items;

use items::Items;
pub use items::{Item, Order, Tab};

use super::{Keys, Then, movement, note_panel::NotePanel};
use crate::{
    command::{Command, Context},
    notebook::{annotation::Kind, passage},
    reader::{editor::Editor, parts::Parts, viewport::frame::Area},
};

/// Rows of the tabs and the filter.
const HEAD: u16 = 2;

/// The list as it stands.
#[derive(Debug)]
pub struct AnnotationList {
    filter: Editor,
    /// Whether keys type the filter.
    is_filtering: bool,
    items: Items,
    /// Which of the items that are shown is selected.
    selected: usize,
}

impl AnnotationList {
    /// A list with the first annotation selected that is at the cursor or after it.
    pub(crate) fn new(tab: Tab, parts: &mut Parts) -> Self {
        let mut list = Self {
            filter: Editor::single_line(""),
            is_filtering: false,
            items: Items::new(tab),
            selected: 0,
        };
        list.refresh(parts);
        let here = parts.viewport.cursor().block_start();
        let is_before =
            |item: &Item| passage(&item.entry).is_some_and(|passage| passage.end() < here);
        let at = list.items.shown().position(|item| !is_before(item));
        list.selected = at.unwrap_or(list.items.count().saturating_sub(1));
        list
    }

    /// The list of what needs review.
    pub(crate) fn to_review(parts: &mut Parts) -> Self {
        Self::new(Tab::ToReview, parts)
    }

    /// The rows of the annotations in an area, and how many rows the selected one has below them.
    pub fn areas(area: Area) -> (Area, u16) {
        let below = area.height.saturating_sub(HEAD);
        let preview = if below >= 6 {
            (below / 3).clamp(3, 12)
        } else {
            0
        };
        let rows = Area {
            y: area.y + HEAD,
            height: below - preview,
            ..area
        };
        (rows, preview)
    }

    pub fn tab(&self) -> Tab {
        self.items.tab
    }

    pub fn order(&self) -> Order {
        self.items.order
    }

    pub fn filter(&self) -> &Editor {
        &self.filter
    }

    /// Whether keys type the filter.
    pub fn is_filtering(&self) -> bool {
        self.is_filtering
    }

    /// What is wrong with the filter.
    pub fn complaint(&self) -> Option<&str> {
        self.items.complaint()
    }

    /// How many items that the filter wants each tab of [`Tab::ALL`] holds.
    pub fn counts(&self) -> &[usize] {
        self.items.counts()
    }

    /// How many items are shown.
    pub fn count(&self) -> usize {
        self.items.count()
    }

    /// Which of the items that are shown is selected.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// An item that is shown, by its row.
    pub fn item(&self, row: usize) -> Option<&Item> {
        self.items.get(row)
    }

    /// The item that is selected.
    pub fn current(&self) -> Option<&Item> {
        self.items.get(self.selected)
    }

    /// Selects an annotation where it is shown.
    pub(crate) fn select(&mut self, id: Option<&str>, parts: &mut Parts) {
        self.refresh(parts);
        let is_it = |item: &Item| Some(item.entry.annotation.id.as_str()) == id;
        let row = self.items.shown().position(is_it);
        self.selected = row.unwrap_or(self.selected);
    }

    fn ids(&self) -> Vec<String> {
        let shown = self.items.shown();
        shown.map(|item| item.entry.annotation.id.clone()).collect()
    }

    /// The selected item, for something that is done with it; says so where there is none.
    fn chosen(&self, what: &str, parts: &mut Parts) -> Option<Item> {
        let chosen = self.current().cloned();
        if chosen.is_none() {
            parts.say(format!("There is nothing in the list to {what}."));
        }
        chosen
    }

    /// Goes to the passage of the selected item and closes the list.
    fn go(&self, item: &Item, parts: &mut Parts) -> Then {
        let Some(passage) = passage(&item.entry) else {
            parts.warn("Its passage is not in this edition; the original quote is shown below.");
            return Then::Stay;
        };
        parts.viewport.jump_to(passage.start().block_start());
        if item.is_draft {
            return Then::Replace(parts.draft_box(item.entry.annotation.clone()).into());
        }
        Then::Close
    }

    fn edit(&self, item: Item, parts: &mut Parts) -> Then {
        if item.entry.annotation.kind == Kind::Bookmark {
            let go = parts.keymap.shown(Command::Accept, Context::List);
            parts.say(format!("A bookmark has no text to edit; {go} goes there."));
            return Then::Stay;
        }
        let note = if item.is_draft {
            Some(parts.draft_box(item.entry.annotation))
        } else {
            parts.note_box_for(&item.entry.annotation.id)
        };
        note.map_or(Then::Stay, |note| Then::Push(note.into()))
    }

    /// Shows the selected item in full over the list.
    fn read(&self, item: Item, parts: &mut Parts) -> Then {
        if item.is_draft {
            let edit = parts.keymap.shown(Command::Edit, Context::List);
            parts.say(format!("This is a draft; {edit} opens it."));
            return Then::Stay;
        }
        let panel = NotePanel::over_list(item.entry.annotation.id, self.ids(), parts);
        let hint = parts.panel_hint();
        parts.say_of_panel(&panel, &hint);
        Then::Push(panel.into())
    }

    fn delete(&self, item: &Item, parts: &mut Parts) -> Then {
        if item.is_draft {
            let edit = parts.keymap.shown(Command::Edit, Context::List);
            parts.say(format!(
                "A draft goes when it is saved, or closed without text; {edit} opens it."
            ));
        } else {
            parts.delete(&item.entry.annotation.id);
        }
        Then::Stay
    }

    fn review(&self, command: Command, parts: &mut Parts) -> Then {
        let Some(item) = self.current().filter(|item| !item.is_draft) else {
            return parts.review_nothing(command);
        };
        let id = item.entry.annotation.id.clone();
        let next = parts.notes.next_to_review(&id, &self.ids());
        parts.review(command, &id, next)
    }

    fn sort(&mut self, parts: &mut Parts) {
        let (order, said) = match self.items.order {
            Order::Position => (Order::Date, "Sorted by date, the last changed first."),
            Order::Date => (Order::Position, "In reading order."),
        };
        self.items.order = order;
        parts.say(said);
    }
}

impl Keys for AnnotationList {
    fn context(&self) -> Option<Context> {
        Some(match self.is_filtering {
            true => Context::Filter,
            false => Context::List,
        })
    }

    fn run(&mut self, command: Command, count: Option<usize>, parts: &mut Parts) -> Then {
        let rows = usize::from(Self::areas(parts.viewport.over_all()).0.height);
        if let Some(by) = movement(command, count, rows) {
            let last = self.items.count().saturating_sub(1);
            self.selected = self.selected.saturating_add_signed(by).min(last);
            return Then::Stay;
        }
        let chosen = |what, parts: &mut Parts| self.chosen(what, parts);
        match command {
            Command::Accept if self.is_filtering => self.is_filtering = false,
            Command::Accept => {
                return chosen("go to", parts).map_or(Then::Stay, |item| self.go(&item, parts));
            }
            Command::Read => {
                return chosen("read", parts).map_or(Then::Stay, |item| self.read(item, parts));
            }
            Command::Edit => {
                return chosen("edit", parts).map_or(Then::Stay, |item| self.edit(item, parts));
            }
            Command::Delete => {
                return chosen("delete", parts)
                    .map_or(Then::Stay, |item| self.delete(&item, parts));
            }
            Command::Filter => self.is_filtering = true,
            Command::NextTab => self.items.change_tab(1),
            Command::PreviousTab => self.items.change_tab(-1),
            Command::Sort => self.sort(parts),
            _ => return self.review(command, parts),
        }
        Then::Stay
    }

    /// Clears the filter while it is typed, else closes the list.
    fn cancel(&mut self, _: &mut Parts) -> Then {
        if !std::mem::take(&mut self.is_filtering) {
            return Then::Close;
        }
        self.filter = Editor::single_line("");
        Then::Stay
    }

    fn refresh(&mut self, parts: &mut Parts) {
        let selected = self.current().map(|item| item.entry.annotation.id.clone());
        let notes = &parts.notes;
        self.items
            .take(notes.notebook(), notes.drafts(), &parts.report);
        if self.items.choose(self.filter.text(), &parts.report) {
            let is_same = |item: &Item| Some(&item.entry.annotation.id) == selected.as_ref();
            let same = self.items.shown().position(is_same);
            self.selected = same.unwrap_or(self.selected);
        }
        self.selected = self.selected.min(self.items.count().saturating_sub(1));
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        self.is_filtering.then_some(&mut self.filter)
    }
}
