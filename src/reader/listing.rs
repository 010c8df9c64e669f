//! The list of all annotations: tabs, a filter that is typed, a preview.

use std::collections::HashMap;

use super::{Reader, editor::Editor, overlay::Overlay};
use crate::{
    command::Command,
    notebook::{
        Entry, Notebook,
        annotation::{Annotation, Kind},
        filter::{self, Filter},
        passage,
    },
    report::Report,
};

/// Which annotations a tab holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    All,
    Notes,
    Highlights,
    Bookmarks,
    /// Those that need a look in this edition.
    ToCheck,
    Drafts,
}

impl Tab {
    /// All tabs with their titles, in the order in which they are shown.
    pub const ALL: &[(Self, &str)] = &[
        (Self::All, "All"),
        (Self::Notes, "Notes"),
        (Self::Highlights, "Highlights"),
        (Self::Bookmarks, "Bookmarks"),
        (Self::ToCheck, "To check"),
        (Self::Drafts, "Drafts"),
    ];

    fn holds(self, item: &Item) -> bool {
        let kind = item.entry.annotation.kind;
        match self {
            Self::All => true,
            Self::Notes => kind == Kind::Note && !item.is_draft,
            Self::Highlights => kind == Kind::Highlight,
            Self::Bookmarks => kind == Kind::Bookmark,
            Self::ToCheck => item.entry.needs_review() && !item.is_draft,
            Self::Drafts => item.is_draft,
        }
    }
}

/// In which order annotations are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Reading order, orphans last.
    Place,
    /// The one changed last first.
    Date,
}

/// An annotation or draft of the list.
#[derive(Debug, Clone)]
pub struct Item {
    pub entry: Entry,
    pub is_draft: bool,
}

/// The list as it stands.
#[derive(Debug)]
pub struct List {
    pub tab: Tab,
    pub order: Order,
    pub filter: Editor,
    /// Whether keys type the filter.
    pub is_filtering: bool,
    /// Everything, in the order asked for.
    items: Vec<Item>,
    /// What is shown of `items`, by index.
    pub shown: Vec<usize>,
    /// How many items that the filter wants each tab of [`Tab::ALL`] holds.
    pub counts: Vec<usize>,
    /// Which of `shown` is selected.
    pub selected: usize,
    pub complaint: Option<String>,
    /// Folded text by id, made when words are first looked for.
    haystacks: HashMap<String, String>,
    /// What `items` were made of: revision of the notebook, drafts, order.
    made_of: Option<(u64, Vec<Annotation>, Order)>,
    /// What `shown` was made for.
    made_for: Option<(String, Tab)>,
}

impl List {
    fn new(tab: Tab) -> Self {
        Self {
            tab,
            order: Order::Place,
            filter: Editor::single_line(""),
            is_filtering: false,
            items: Vec::new(),
            shown: Vec::new(),
            counts: Vec::new(),
            selected: 0,
            complaint: None,
            haystacks: HashMap::new(),
            made_of: None,
            made_for: None,
        }
    }

    /// An item that is shown, by its row.
    pub fn item(&self, row: usize) -> Option<&Item> {
        self.items.get(*self.shown.get(row)?)
    }

    /// The item that is selected.
    pub fn current(&self) -> Option<&Item> {
        self.item(self.selected)
    }

    /// Ids of what is shown, in its order.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        let shown = self.shown.iter().filter_map(|&index| self.items.get(index));
        shown.map(|item| item.entry.annotation.id.as_str())
    }

    /// Takes what the notebook holds where it has changed.
    fn take(&mut self, notebook: &Notebook, drafts: &[Annotation], report: &Report) {
        let is_same = |(revision, of, order): &(u64, Vec<Annotation>, Order)| {
            (*revision, *order) == (notebook.revision(), self.order) && of == drafts
        };
        if self.made_of.as_ref().is_some_and(is_same) {
            return;
        }
        let is_draft = |id: &str| drafts.iter().any(|draft| draft.id == id);
        let kept = notebook
            .entries()
            .iter()
            .filter(|entry| !is_draft(&entry.annotation.id));
        let drafted = drafts.iter().map(|draft| Item {
            entry: Notebook::draft_entry(draft, report),
            is_draft: true,
        });
        self.items = drafted
            .chain(kept.map(|entry| Item {
                entry: entry.clone(),
                is_draft: false,
            }))
            .collect();
        match self.order {
            Order::Place => self.items.sort_by_key(|item| {
                passage(&item.entry).map_or((true, None), |passage| (false, Some(passage.start())))
            }),
            Order::Date => self.items.sort_by(|a, b| {
                b.entry
                    .annotation
                    .modified
                    .cmp(&a.entry.annotation.modified)
            }),
        }
        self.haystacks.clear();
        self.made_of = Some((notebook.revision(), drafts.to_vec(), self.order));
        self.made_for = None;
    }

    /// Works out what is shown, where filter, tab or items have changed. What was selected, by
    /// its id, stays selected.
    fn choose(&mut self, selected: Option<String>, report: &Report) {
        let made_for = (self.filter.text().to_owned(), self.tab);
        if self.made_for.as_ref() == Some(&made_for) {
            return;
        }
        let filter = Filter::parse(self.filter.text());
        let mut wanted = Vec::new();
        for (index, item) in self.items.iter().enumerate() {
            let id = &item.entry.annotation.id;
            if !filter.is_empty() && !self.haystacks.contains_key(id) {
                self.haystacks
                    .insert(id.clone(), filter::haystack(&item.entry));
            }
            let haystack = self.haystacks.get(id).map_or("", String::as_str);
            if filter.is_empty() || filter.wants(&item.entry, haystack, item.is_draft, report) {
                wanted.push(index);
            }
        }
        let holds =
            |tab: Tab, index: usize| self.items.get(index).is_some_and(|item| tab.holds(item));
        self.counts = Tab::ALL
            .iter()
            .map(|(tab, _)| wanted.iter().filter(|&&index| holds(*tab, index)).count())
            .collect();
        self.shown = wanted
            .into_iter()
            .filter(|&index| holds(self.tab, index))
            .collect();
        let same = (0..self.shown.len())
            .find(|&row| self.item(row).map(|item| &item.entry.annotation.id) == selected.as_ref());
        self.selected = same
            .unwrap_or(self.selected)
            .min(self.shown.len().saturating_sub(1));
        self.complaint = filter.complaint;
        self.made_for = Some(made_for);
    }
}

impl Reader {
    pub(super) fn open_list(&mut self, tab: Tab) {
        self.overlay = Some(Overlay::List(List::new(tab)));
        self.settle_list();
        self.select_nearest();
    }

    /// Selects the first item at the cursor or after it.
    fn select_nearest(&mut self) {
        let here = self.screen.cursor.block_start();
        let Some(list) = self.list() else { return };
        let is_before = |row: usize| {
            list.item(row)
                .and_then(|item| passage(&item.entry))
                .is_some_and(|passage| passage.end() < here)
        };
        list.selected = (0..list.shown.len())
            .find(|&row| !is_before(row))
            .unwrap_or(list.shown.len().saturating_sub(1));
    }

    fn list(&mut self) -> Option<&mut List> {
        match &mut self.overlay {
            Some(Overlay::List(list)) => Some(list),
            _ => None,
        }
    }

    /// Brings the list up to date.
    pub(super) fn settle_list(&mut self) {
        let Some(Overlay::List(list)) = &mut self.overlay else {
            return;
        };
        let selected = list.current().map(|item| item.entry.annotation.id.clone());
        list.take(&self.notebook, &self.drafts, &self.report);
        list.choose(selected, &self.report);
    }

    /// Brings the list up to date and selects an annotation in it, where that is shown.
    pub(super) fn select_listed(&mut self, id: Option<&str>) {
        self.settle_list();
        let Some(list) = self.list() else { return };
        let row = (0..list.shown.len())
            .find(|&row| list.item(row).map(|item| item.entry.annotation.id.as_str()) == id);
        list.selected = row.unwrap_or(list.selected);
    }

    /// Shows the selected item in full over the list.
    pub(super) fn read_listed(&mut self) {
        let Some(item) = self.list().and_then(|list| list.current().cloned()) else {
            return self.say("There is nothing in the list to read.");
        };
        if item.is_draft {
            let edit = self.keymap.shown(Command::ListEdit);
            return self.say(format!("This is a draft; {edit} opens it."));
        }
        let below = self.overlay.take().map(Box::new);
        self.open_panel(vec![item.entry.annotation.id], "e edits it, x deletes it");
        if let Some(Overlay::Panel(panel)) = &mut self.overlay {
            panel.below = below;
        }
        self.show_behind_panel();
    }

    pub(super) fn move_in_list(&mut self, by: isize) {
        if let Some(list) = self.list() {
            list.selected = list
                .selected
                .saturating_add_signed(by)
                .min(list.shown.len().saturating_sub(1));
        }
    }

    /// Rows of a page of the list.
    pub(super) fn list_page(&self, count: Option<usize>) -> isize {
        (self.height() / 2)
            .max(1)
            .saturating_mul(count.unwrap_or(1))
            .min(isize::MAX as usize) as isize
    }

    pub(super) fn change_tab(&mut self, by: isize) {
        if let Some(list) = self.list() {
            let at = Tab::ALL
                .iter()
                .position(|(tab, _)| *tab == list.tab)
                .unwrap_or(0) as isize;
            let to = (at + by).rem_euclid(Tab::ALL.len() as isize) as usize;
            list.tab = Tab::ALL.get(to).map_or(Tab::All, |(tab, _)| *tab);
        }
    }

    pub(super) fn sort_list(&mut self) {
        let Some(list) = self.list() else { return };
        let (order, said) = match list.order {
            Order::Place => (Order::Date, "By date, the last changed first."),
            Order::Date => (Order::Place, "In reading order."),
        };
        list.order = order;
        self.say(said);
    }

    pub(super) fn filter_list(&mut self, is_filtering: bool) {
        if let Some(list) = self.list() {
            list.is_filtering = is_filtering;
        }
    }

    pub(super) fn drop_filter(&mut self) {
        if let Some(list) = self.list() {
            list.filter = Editor::single_line("");
            list.is_filtering = false;
        }
    }

    /// Goes to the passage of the selected item and closes the list.
    pub(super) fn open_listed(&mut self) {
        let Some(item) = self.list().and_then(|list| list.current().cloned()) else {
            return self.say("There is nothing in the list to go to.");
        };
        let Some(passage) = passage(&item.entry) else {
            return self.warn("Its passage is not in this edition; what it was on is shown below.");
        };
        self.overlay = None;
        self.leave_place();
        self.go_to(passage.start().block_start());
        if item.is_draft {
            self.open_draft(item.entry.annotation);
        }
    }

    /// Edits the selected item; the list comes back afterwards.
    pub(super) fn edit_listed(&mut self) {
        let Some(item) = self.list().and_then(|list| list.current().cloned()) else {
            return self.say("There is nothing in the list to edit.");
        };
        if item.entry.annotation.kind == Kind::Bookmark {
            return self.say("A bookmark has no text to edit; Enter goes there.");
        }
        self.edit_over(|reader| {
            if item.is_draft {
                reader.open_draft(item.entry.annotation);
            } else {
                reader.edit(&item.entry.annotation.id);
            }
        });
    }

    /// Opens a note box over what lies there, which comes back afterwards.
    pub(super) fn edit_over(&mut self, edit: impl FnOnce(&mut Self)) {
        let below = self.overlay.take();
        edit(self);
        match (&mut self.overlay, below) {
            (Some(Overlay::NoteBox(note)), below) => note.below = below.map(Box::new),
            (overlay, below) => *overlay = below,
        }
    }

    pub(super) fn delete_listed(&mut self) {
        let Some(item) = self.list().and_then(|list| list.current().cloned()) else {
            return self.say("There is nothing in the list to delete.");
        };
        if item.is_draft {
            let edit = self.keymap.shown(Command::ListEdit);
            return self.say(format!(
                "A draft goes when it is saved, or closed without text; {edit} opens it."
            ));
        }
        self.delete(&item.entry.annotation.id);
    }
}
