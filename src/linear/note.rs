//! Notes, highlights and bookmarks in words.

use crate::{
    notebook::{
        Entry, Saved,
        annotation::{Annotation, Kind},
        passage,
    },
    reader::{Reader, what_became_in_short, what_became_of},
    report::{Report, address::Address, position::Position},
    text::{width, wording},
};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// `1 note, 2 highlights`, on the paragraph at a position; `None` where there is nothing.
pub(super) fn counts(reader: &Reader, at: Position) -> Option<String> {
    let here = || reader.notes().notebook().in_block(at);
    let count = |kind: &Kind| {
        let count = here()
            .filter(|entry| entry.annotation.kind == *kind)
            .count();
        (count > 0).then(|| wording::count(count, kind.name()))
    };
    let mut counts: Vec<String> = Kind::ALL.iter().filter_map(count).collect();
    let to_review = here().filter(|entry| entry.needs_review()).count();
    counts.extend((to_review > 0).then(|| format!("{to_review} to review")));
    (!counts.is_empty()).then(|| counts.join(", "))
}

/// A note in full: its number, date, text and tags, and what became of its passage.
pub(super) fn in_full(
    entry: &Entry,
    (number, all): (usize, usize),
    report: &Report,
) -> Vec<String> {
    let annotation = &entry.annotation;
    let of = if all > 1 {
        format!(" of {all}")
    } else {
        String::new()
    };
    let kind = wording::capitalized(annotation.kind.name());
    let head = format!("{kind} {number}{of}, {}", day(&annotation.modified));
    let text = match annotation.text.as_str() {
        "" => format!("on “{}”", wording::one_line(&annotation.anchor.quote)),
        text => width::written(text),
    };
    let mut lines = vec![format!("{head}: {text}{}", tags(annotation))];
    lines.extend(what_became_of(entry, report).map(|became| width::written(&became)));
    lines.extend((all > 1).then(|| "`next-note` reads the next.".to_owned()));
    lines
}

/// One row of a list: what it is and where, its text and its quote.
pub(super) fn row(entry: &Entry, is_draft: bool, report: &Report) -> String {
    let annotation = &entry.annotation;
    let mut about = vec![wording::capitalized(match is_draft {
        true => "draft",
        false => annotation.kind.name(),
    })];
    about.extend(annotation.color.clone());
    about.extend(annotation.letter.map(String::from));
    about.push(match passage(entry) {
        Some(passage) => Address::of(passage.start()).name(report),
        None => "its passage is not in this edition".into(),
    });
    let resolution = entry.resolution.name();
    about.extend((resolution != "exact").then(|| resolution.to_owned()));
    about.extend(entry.is_reviewed.then(|| "reviewed".to_owned()));
    about.extend(match &entry.saved {
        Saved::Failed(_) => Some("NOT SAVED".to_owned()),
        Saved::Vanished => Some("its file has vanished".into()),
        Saved::Unreadable => Some("its file cannot be read".into()),
        Saved::Yes | Saved::Pending => None,
    });
    let text = wording::one_line(&annotation.text);
    let quote = wording::cut(&wording::one_line(&annotation.anchor.quote), 60);
    let note = if text.is_empty() {
        String::new()
    } else {
        format!("{text} ")
    };
    let became = what_became_in_short(entry, report).filter(|_| entry.needs_review());
    let became = became.map_or(String::new(), |became| {
        format!(". {}", wording::one_line(&became))
    });
    format!("{}: {note}“{quote}”{became}", about.join(", "))
}

fn tags(annotation: &Annotation) -> String {
    match annotation.tags().as_slice() {
        [] => String::new(),
        [tag] => format!(" Tag {tag}."),
        tags => format!(" Tags {}.", tags.join(", ")),
    }
}

/// `2 March 2026`, of a date as RFC 3339 has it; as it is where it is no such date.
fn day(date: &str) -> String {
    let mut parts = date.get(..10).unwrap_or_default().split('-');
    let mut number = || parts.next()?.parse::<usize>().ok();
    let day = || {
        let (year, month, day) = (number()?, number()?, number()?);
        Some(format!(
            "{day} {} {year}",
            MONTHS.get(month.checked_sub(1)?)?
        ))
    };
    let mut day = day;
    day().unwrap_or_else(|| date.to_owned())
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn a_date_is_said_with_its_month_and_what_is_none_as_it_is() {
        assert_eq!(day("2026-03-02T10:11:12+01:00"), "2 March 2026");
        assert_eq!(day("2026-13-02T10:11:12Z"), "2026-13-02T10:11:12Z");
        assert_eq!(day(""), "");
    }
}
