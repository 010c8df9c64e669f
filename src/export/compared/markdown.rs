//! Markdown: ~~removed~~, **added**.

use super::marks::{Marks, shown};
use crate::{
    edition::comparison::{BlockChange, SectionChange, Status},
    export::markdown::escape,
    notebook::compared::{ChangedNote, Compared},
    text::wording,
};

const MARKS: Marks = Marks {
    removed: ("~~", "~~"),
    added: ("**", "**"),
    escape,
};

pub fn write(compared: &Compared) -> String {
    let title = escape(&wording::one_line(&compared.new.title));
    let notes = compared.notes.iter().map(|noted| note(compared, noted));
    let notes: String = notes.collect();
    let heading = if notes.is_empty() {
        ""
    } else {
        "## Your notes on what changed\n\n"
    };
    let sections = compared.sections.iter();
    let sections: String = sections.map(|change| section(compared, change)).collect();
    shown(&format!(
        "# What changed in {title}\n\n{heading}{notes}{sections}"
    ))
}

fn note(compared: &Compared, noted: &ChangedNote) -> String {
    let annotation = &noted.annotation;
    let quote = MARKS.set(&noted.pieces(&compared.new));
    let quoted: String = quote
        .lines()
        .map(|line| format!("  > {line}\n  >\n"))
        .collect();
    let quoted = quoted.trim_end_matches("  >\n");
    let words: String = annotation
        .text
        .lines()
        .map(|line| format!("  {line}\n"))
        .collect();
    let gap = if words.is_empty() { "" } else { "\n" };
    format!(
        "- **{}** · {} · {}\n\n{quoted}{gap}{words}\n",
        noted.place(&compared.old, &compared.new),
        annotation.kind.name(),
        noted.now.name()
    )
}

fn section(compared: &Compared, change: &SectionChange) -> String {
    let title = MARKS.set(&compared.title(change));
    let state = match change.status {
        Status::Changed => format!("changed: {}", change.state()),
        other => other.name().to_owned(),
    };
    let mut text = format!("## {title}\n\n*{state}*\n\n");
    if change.status == Status::Same {
        return text;
    }
    for group in change.blocks.chunk_by(|a, b| a.is_same() && b.is_same()) {
        text.push_str(&blocks(compared, group));
    }
    text
}

fn blocks(compared: &Compared, group: &[BlockChange]) -> String {
    let Some((first, heading)) = group
        .first()
        .and_then(|first| Some((*first, first.caption(&compared.old, &compared.new)?)))
    else {
        return format!(
            "… {} the same\n\n",
            wording::count(group.len(), "paragraph")
        );
    };
    let words = MARKS.set(&compared.pieces(first));
    let quoted: String = words.lines().map(|line| format!("> {line}\n")).collect();
    format!("**{heading}**\n\n{quoted}\n")
}
