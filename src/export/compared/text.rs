//! Plain text: `[-removed-]`, `{+added+}`, as `wdiff` marks them.

use super::marks::{Marks, shown};
use crate::{
    edition::comparison::{BlockChange, SectionChange, Status},
    notebook::compared::{ChangedNote, Compared},
    text::{wording, wrap},
};

/// Text width in columns.
const WIDTH: usize = 72;
const MARKS: Marks = Marks {
    removed: ("[-", "-]"),
    added: ("{+", "+}"),
    escape: str::to_owned,
};

pub fn write(compared: &Compared) -> String {
    let notes = compared.notes.iter().map(|noted| note(compared, noted));
    let notes: String = notes.collect();
    let heading = if notes.is_empty() {
        ""
    } else {
        "Your notes on what changed\n\n"
    };
    let sections = compared.sections.iter();
    let sections: String = sections.map(|change| section(compared, change)).collect();
    shown(&format!("{heading}{notes}{sections}"))
}

fn note(compared: &Compared, noted: &ChangedNote) -> String {
    let annotation = &noted.annotation;
    let id = annotation.id.get(..8).unwrap_or(&annotation.id);
    let mut text = format!(
        "  {}  {}, {}  {id}\n",
        noted.place(&compared.old, &compared.new),
        annotation.kind.name(),
        noted.now.name()
    );
    text.push_str(&indented(&MARKS.set(&noted.pieces(&compared.new))));
    if !annotation.text.is_empty() {
        text.push_str(&format!("\n{}", indented(&annotation.text)));
    }
    text + "\n"
}

fn section(compared: &Compared, change: &SectionChange) -> String {
    let number = change.new.or(change.old).map_or(0, |index| index + 1);
    let title = MARKS.set(&compared.title(change));
    let state = change.state();
    let mut text = format!("{number}  {title}: {state}\n");
    if change.status == Status::Same {
        return text;
    }
    text.push('\n');
    for group in change.blocks.chunk_by(|a, b| a.is_same() && b.is_same()) {
        text.push_str(&blocks(compared, group));
    }
    text
}

/// A changed block, or a run of unchanged ones.
fn blocks(compared: &Compared, group: &[BlockChange]) -> String {
    let Some((first, heading)) = group
        .first()
        .and_then(|first| Some((*first, first.caption(&compared.old, &compared.new)?)))
    else {
        return format!(
            "  … {} the same\n\n",
            wording::count(group.len(), "paragraph")
        );
    };
    let is_moved = matches!(
        first,
        BlockChange::MovedAway { .. } | BlockChange::MovedHere { .. }
    );
    let words = MARKS.set(&compared.pieces(first));
    let words = if is_moved {
        wording::cut(&wording::one_line(&words), WIDTH - 4)
    } else {
        words
    };
    format!("  {heading}\n{}\n", indented(&words))
}

fn indented(text: &str) -> String {
    let lines = text.lines().flat_map(|line| {
        let soft = wrap::lines(line, WIDTH - 4, "");
        soft.into_iter()
            .map(|soft| {
                line.get(soft.start..soft.end)
                    .unwrap_or_default()
                    .trim_end()
                    .to_owned()
            })
            .collect::<Vec<_>>()
    });
    lines.map(|line| format!("    {line}\n")).collect()
}
