//! What lies over the text, in lines: lists from the selected row on, numbered.

use super::{note, passage};
use crate::{
    edition::progress::Reading,
    reader::{
        Reader,
        layers::{
            Layer,
            annotation_list::{AnnotationList, Order, Tab},
            collection::Collection,
            comparison::Comparison,
            note_box::NoteBox,
            picker::{Picker, row::Line},
            record_list::RecordList,
            search_box::SearchBox,
        },
        lines::{ROWS, SAVES},
        row_of,
    },
    text::{width, wording},
};

/// Columns that a row of a chooser may have.
const COLUMNS: usize = 160;

/// A layer as it was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heard {
    /// What it is.
    head: Vec<String>,
    rows: Vec<String>,
    /// Which of them is selected.
    at: usize,
    /// The selected row of the whole list, from 0, and how many there are.
    selected: (usize, usize),
}

impl Heard {
    fn text(head: Vec<String>) -> Self {
        Self {
            head,
            rows: Vec::new(),
            at: 0,
            selected: (0, 0),
        }
    }

    /// A list: all of it where it is short, else from the selected row on.
    fn list(
        head: Vec<String>,
        (selected, count): (usize, usize),
        row: impl Fn(usize) -> Option<String>,
    ) -> Self {
        let from = if count <= ROWS { 0 } else { selected };
        Self {
            head,
            rows: (from..count).take(ROWS).filter_map(row).collect(),
            at: selected - from.min(selected),
            selected: (selected, count),
        }
    }

    /// What is new after what was said before: the row alone after a step by one, or in a list
    /// that was said already.
    pub fn news(&self, before: Option<&Self>) -> Vec<String> {
        let Some(before) = before.filter(|before| before.head == self.head) else {
            return self.head.iter().chain(&self.listed()).cloned().collect();
        };
        let step = before.selected.0.abs_diff(self.selected.0);
        let is_same = before.rows == self.rows;
        if is_same && step == 0 {
            return Vec::new();
        }
        let is_known = is_same || (step == 1 && before.selected.1 == self.selected.1);
        match is_known {
            true => self.rows.get(self.at).cloned().into_iter().collect(),
            false => self.listed(),
        }
    }

    fn listed(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let (selected, count) = self.selected;
        let above = selected - self.at.min(selected);
        lines.extend((above > 0).then(|| format!("{above} more above; `first` goes there.")));
        lines.extend(self.rows.iter().cloned());
        let left = count.saturating_sub(above + self.rows.len());
        lines.extend(
            (left > 0 && !self.rows.is_empty())
                .then(|| format!("{left} more below; an empty line goes on.")),
        );
        lines
    }
}

/// What the layer on top says; `None` where the text is heard.
pub(super) fn heard(reader: &Reader) -> Option<Heard> {
    Some(match reader.layers().top()? {
        Layer::Sections(_) => sections(reader),
        Layer::NoteBox(note) => Heard::text(note_box(reader, note)),
        Layer::NotePanel(panel) => {
            let entry = panel.entry(reader.parts())?;
            Heard::text(note::in_full(entry, panel.number(), reader.report()))
        }
        Layer::AnnotationList(list) => annotations(reader, list),
        Layer::Picker(picker) => choices(reader, picker),
        Layer::Placing(_) => Heard::text(reader.placing_hint().into_iter().collect()),
        Layer::SearchBox(search) => Heard::text(search_box(search)),
        Layer::CommandLine(line) if line.is_pipe() => {
            Heard::text(vec!["A shell command that gets the text:".into()])
        }
        Layer::CommandLine(_) => Heard::text(vec!["A command by its name:".into()]),
        Layer::Comparison(shown) => comparison(shown),
        Layer::RecordList(list) => records(list),
        Layer::Collection(shown) => collection(shown),
        Layer::Waiting(waiting) => {
            let name = width::shown(&waiting.name);
            Heard::text(vec![format!("{} `{name}`; C-c cancels.", waiting.doing())])
        }
        Layer::Help(_) => Heard::text(vec!["`help` says what can be typed.".into()]),
    })
}

fn note_box(reader: &Reader, note: &NoteBox) -> Vec<String> {
    let report = reader.report();
    let about = match note.section() {
        Some(section) => report.path(section).join(", "),
        None => wording::cut(
            &wording::one_line(&note.annotation().anchor.quote),
            COLUMNS / 2,
        ),
    };
    let mut lines = vec![format!("Note on “{about}”.")];
    // Only what was there when it was opened: what is typed was heard already.
    let was = note.opened_with();
    lines.extend((!was.is_empty()).then(|| format!("It says: {}", width::written(was))));
    lines.push(format!(
        "Type the text; a line of `{SAVES}` alone saves, `:cancel` keeps a draft, `:edit-outside` opens your editor."
    ));
    lines
}

fn search_box(search: &SearchBox) -> Vec<String> {
    let error = search.error().map(width::written);
    let mut lines: Vec<String> = error.into_iter().collect();
    lines.push("Words to search for; an empty line repeats the last search. `:toggle-regex`, `:toggle-case`, `:toggle-word`, `:earlier` and `:cancel` work.".into());
    let query = search.query();
    let options = [
        (query.is_regex, "regular expression"),
        (query.counts_case(), "case counts"),
        (query.is_whole_word, "whole words"),
    ];
    let on = options.iter().filter(|(is_on, _)| *is_on);
    let on: Vec<&str> = on.map(|(_, option)| *option).collect();
    lines.extend((!on.is_empty()).then(|| format!("Now: {}.", on.join(", "))));
    lines
}

fn annotations(reader: &Reader, list: &AnnotationList) -> Heard {
    let title = Tab::ALL.iter().find(|(tab, _)| *tab == list.tab());
    let title = title.map_or("", |(_, title)| *title);
    let order = match list.order() {
        Order::Position => "in reading order",
        Order::Date => "the last changed first",
    };
    let mut head = vec![format!("{title}: {} listed, {order}.", list.count())];
    if !list.filter().text().is_empty() {
        head.push(format!("Filter: {}", width::shown(list.filter().text())));
    }
    head.extend(list.complaint().map(str::to_owned));
    if list.is_filtering() {
        head.push(
            "Filter by words, #tag, is:note, is:review, section:2 or color:green:".to_owned(),
        );
    }
    let row = |at: usize| {
        let item = list.item(at)?;
        let row = note::row(&item.entry, item.is_draft, reader.report());
        Some(format!("{}. {row}", at + 1))
    };
    Heard::list(head, (list.selected(), list.count()), row)
}

fn records(list: &RecordList) -> Heard {
    let (shown, all) = list.counts();
    let mut head = vec![format!(
        "{shown} of {}, {}.",
        wording::count(all, "record"),
        list.order().name()
    )];
    if list.is_filtering() {
        head.push("Filter by words of paths and facets:".into());
    } else if !list.filter().text().is_empty() {
        head.push(format!("Filter: {}", width::shown(list.filter().text())));
    }
    let row = |at: usize| {
        let row = list.shown().nth(at)?;
        let mut about = vec![wording::one_line(&row.name)];
        about.extend((!row.facet.is_empty()).then(|| wording::one_line(&row.facet)));
        about.push(wording::count(row.words, "word"));
        about.extend((row.notes > 0).then(|| wording::count(row.notes, "note")));
        Some(format!("{}. {}", at + 1, about.join(", ")))
    };
    Heard::list(head, (list.selected(), shown), row)
}

fn sections(reader: &Reader) -> Heard {
    let (report, listed) = (reader.report(), reader.listed_sections());
    let outline = report.outline();
    let selected = row_of(outline, &listed, reader.section_pane().selected());
    let row = |at: usize| {
        let section = *listed.get(at)?;
        let node = outline.node(section)?;
        let mut about = vec![wording::one_line(&node.title)];
        about.extend(reading(reader, section));
        let [notes, highlights, bookmarks] = reader.notes().notebook().counts_in_section(section);
        for (count, noun) in [
            (notes, "note"),
            (highlights, "highlight"),
            (bookmarks, "bookmark"),
        ] {
            about.extend((count > 0).then(|| wording::count(count, noun)));
        }
        let is_folded = reader.section_pane().is_folded(section);
        about.extend(is_folded.then(|| "folded".to_owned()));
        let indent = "  ".repeat(node.depth.min(8));
        Some(format!("{indent}{}. {}", section + 1, about.join(", ")))
    };
    let sections = wording::count(report.sections.len(), "section");
    let mut head = vec![format!(
        "{sections}, {} listed; a number goes there.",
        listed.len()
    )];
    head.extend(reader.left_to_read());
    Heard::list(head, (selected, listed.len()), row)
}

/// Whether a section was read, in a word.
fn reading(reader: &Reader, section: usize) -> Option<String> {
    let said = match reader.reading(section)? {
        Reading::Read => "read",
        Reading::Seen => "read in part",
        Reading::Unread => return None,
    };
    Some(said.to_owned())
}

fn choices(reader: &Reader, picker: &Picker) -> Heard {
    let (title, count) = picker.title(reader.parts());
    let selected = picker.selected();
    // The selected one is in the middle of what is given.
    let lines = picker.lines(reader.parts(), ROWS * 3, COLUMNS);
    let is_selected =
        |line: &&Line| matches!(line, Line::Choice { is_selected, .. } if *is_selected);
    let is_short = count <= ROWS;
    let first = lines.iter().position(|line| is_selected(&line));
    let first = first.filter(|_| !is_short).unwrap_or(0);
    let mut number = if is_short { 0 } else { selected };
    let (mut rows, mut at) = (Vec::new(), 0);
    for line in lines.iter().skip(first) {
        match line {
            Line::Group { title, count } => rows.push(format!("In {title}, {count}:")),
            Line::Choice { head, pieces, .. } => {
                let text: String = pieces.iter().map(|(text, _)| text.as_str()).collect();
                number += 1;
                at = if is_selected(&line) { rows.len() } else { at };
                let head = head.trim().replace('▸', ", here:");
                let text = wording::cut(text.trim(), COLUMNS);
                rows.push(format!("{number}. {head} {text}"));
            }
        }
    }
    rows.truncate(ROWS * 2);
    let head = format!(
        "{title}. A number chooses, words narrow the list, an empty line takes the first; `:cancel` returns."
    );
    Heard {
        head: vec![head],
        // What is above is that of a list whose groups are no rows of it.
        selected: (if is_short { at } else { selected }, count),
        rows,
        at,
    }
}

fn comparison(shown: &Comparison) -> Heard {
    let text = width::written(shown.text().trim_end());
    Heard {
        head: vec![format!("{}.", shown.counts())],
        rows: vec![text],
        at: 0,
        selected: (0, 0),
    }
}

fn collection(shown: &Collection) -> Heard {
    let (report, at) = (shown.report(), shown.viewport().cursor());
    let block = report
        .block(at)
        .map(|block| (block.kind, block.text.as_str()));
    let title = report.sections.get(at.section).map(|of| of.title.as_str());
    let mut rows: Vec<String> = title.map(wording::one_line).into_iter().collect();
    rows.extend(block.map(passage::said));
    Heard {
        head: vec![format!("{}.", shown.heading())],
        rows,
        at: 0,
        selected: (0, 0),
    }
}
