//! What the list of annotations holds: in an order, by tab and filter.

use std::collections::HashMap;

use crate::{
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
    /// Those that need review in this edition.
    ToReview,
    Drafts,
}

impl Tab {
    /// All tabs with their titles, in the order in which they are shown.
    pub const ALL: &[(Self, &str)] = &[
        (Self::All, "All"),
        (Self::Notes, "Notes"),
        (Self::Highlights, "Highlights"),
        (Self::Bookmarks, "Bookmarks"),
        (Self::ToReview, "To review"),
        (Self::Drafts, "Drafts"),
    ];

    fn holds(self, item: &Item) -> bool {
        let kind = item.entry.annotation.kind;
        match self {
            Self::All => true,
            Self::Notes => kind == Kind::Note && !item.is_draft,
            Self::Highlights => kind == Kind::Highlight,
            Self::Bookmarks => kind == Kind::Bookmark,
            Self::ToReview => item.entry.needs_review() && !item.is_draft,
            Self::Drafts => item.is_draft,
        }
    }
}

/// In which order annotations are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Reading order, orphans last.
    Position,
    /// The one changed last first.
    Date,
}

/// An annotation or draft of the list.
#[derive(Debug, Clone)]
pub struct Item {
    pub entry: Entry,
    pub is_draft: bool,
}

/// All annotations and drafts, and which of them are shown.
#[derive(Debug)]
pub(super) struct Items {
    pub tab: Tab,
    pub order: Order,
    all: Vec<Item>,
    /// What is shown of `all`, by index.
    shown: Vec<usize>,
    counts: Vec<usize>,
    complaint: Option<String>,
    /// Folded text by id, made when words are first searched for.
    haystacks: HashMap<String, String>,
    /// What `all` was made of: revision of the notebook, drafts, order.
    made_of: Option<(u64, Vec<Annotation>, Order)>,
    /// What `shown` was made for.
    made_for: Option<(String, Tab)>,
}

impl Items {
    pub fn new(tab: Tab) -> Self {
        Self {
            tab,
            order: Order::Position,
            all: Vec::new(),
            shown: Vec::new(),
            counts: Vec::new(),
            complaint: None,
            haystacks: HashMap::new(),
            made_of: None,
            made_for: None,
        }
    }

    /// What is shown, in its order.
    pub fn shown(&self) -> impl Iterator<Item = &Item> {
        self.shown.iter().filter_map(|&index| self.all.get(index))
    }

    pub fn count(&self) -> usize {
        self.shown.len()
    }

    /// An item that is shown, by its row.
    pub fn get(&self, row: usize) -> Option<&Item> {
        self.all.get(*self.shown.get(row)?)
    }

    pub fn counts(&self) -> &[usize] {
        &self.counts
    }

    pub fn complaint(&self) -> Option<&str> {
        self.complaint.as_deref()
    }

    pub fn change_tab(&mut self, by: isize) {
        let tabs = Tab::ALL;
        let at = tabs.iter().position(|(tab, _)| *tab == self.tab);
        let to = (at.unwrap_or(0) as isize + by).rem_euclid(tabs.len() as isize);
        self.tab = tabs.get(to as usize).map_or(Tab::All, |(tab, _)| *tab);
    }

    /// Takes what the notebook holds where it has changed.
    pub fn take(&mut self, notebook: &Notebook, drafts: &[Annotation], report: &Report) {
        let is_same = |(revision, of, order): &(u64, Vec<Annotation>, Order)| {
            (*revision, *order) == (notebook.revision(), self.order) && of == drafts
        };
        if self.made_of.as_ref().is_some_and(is_same) {
            return;
        }
        let is_draft = |id: &str| drafts.iter().any(|draft| draft.id == id);
        let saved = notebook
            .entries()
            .iter()
            .filter(|entry| !is_draft(&entry.annotation.id));
        let drafted = drafts.iter().map(|draft| Item {
            entry: Notebook::draft_entry(draft, report),
            is_draft: true,
        });
        let saved = saved.map(|entry| Item {
            entry: entry.clone(),
            is_draft: false,
        });
        self.all = drafted.chain(saved).collect();
        match self.order {
            Order::Position => self.all.sort_by_key(|item| {
                passage(&item.entry).map_or((true, None), |passage| (false, Some(passage.start())))
            }),
            Order::Date => self.all.sort_by(|a, b| {
                let date = |item: &Item| item.entry.annotation.modified.clone();
                date(b).cmp(&date(a))
            }),
        }
        self.haystacks.clear();
        self.made_of = Some((notebook.revision(), drafts.to_vec(), self.order));
        self.made_for = None;
    }

    /// Works out what is shown, where filter, tab or items have changed; says whether they have.
    pub fn choose(&mut self, filter: &str, report: &Report) -> bool {
        let made_for = (filter.to_owned(), self.tab);
        if self.made_for.as_ref() == Some(&made_for) {
            return false;
        }
        let filter = Filter::parse(filter, report);
        let wanted = self.wanted(&filter, report);
        let holds =
            |tab: Tab, index: usize| self.all.get(index).is_some_and(|item| tab.holds(item));
        let count = |tab: Tab| wanted.iter().filter(|&&index| holds(tab, index)).count();
        self.counts = Tab::ALL.iter().map(|(tab, _)| count(*tab)).collect();
        let shown = wanted.iter().filter(|&&index| holds(self.tab, index));
        self.shown = shown.copied().collect();
        self.complaint = filter.complaint;
        self.made_for = Some(made_for);
        true
    }

    /// The items that a filter wants, by index.
    fn wanted(&mut self, filter: &Filter, report: &Report) -> Vec<usize> {
        let mut wanted = Vec::new();
        for (index, item) in self.all.iter().enumerate() {
            let id = &item.entry.annotation.id;
            if !filter.is_empty() && !self.haystacks.contains_key(id) {
                let haystack = filter::haystack(&item.entry);
                self.haystacks.insert(id.clone(), haystack);
            }
            let haystack = self.haystacks.get(id).map_or("", String::as_str);
            if filter.is_empty() || filter.wants(&item.entry, haystack, item.is_draft, report) {
                wanted.push(index);
            }
        }
        wanted
    }
}
