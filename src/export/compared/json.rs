//! JSON: an array with an object for each section.

use serde_json::{Value, json};

use crate::{
    edition::comparison::{BlockChange, SectionChange},
    export::json,
    notebook::compared::{ChangedNote, Compared},
    report::{Report, address::Address},
    text::word_diff::Piece,
};

pub fn write(compared: &Compared) -> String {
    json::array(
        compared
            .sections
            .iter()
            .map(|change| section(compared, change))
            .collect(),
    )
}

fn section(compared: &Compared, change: &SectionChange) -> Value {
    let of =
        |report: &Report, index: Option<usize>, what: fn(&crate::report::Section) -> &String| {
            index
                .and_then(|index| report.sections.get(index))
                .map(|section| what(section).clone())
        };
    let either = |what: fn(&crate::report::Section) -> &String| {
        of(&compared.new, change.new, what).or_else(|| of(&compared.old, change.old, what))
    };
    let changes = change
        .blocks
        .iter()
        .filter(|block| !matches!(block, BlockChange::Same { .. }));
    let is_here = |noted: &&ChangedNote| match (noted.was, change.old) {
        (Some(was), Some(old)) => was.section == old,
        (None, _) => {
            noted.now.passage().map(|passage| passage.start().section) == change.new
                && change.new.is_some()
        }
        _ => false,
    };
    json!({
        "section": either(|section| &section.id),
        "title": either(|section| &section.title),
        "path": change.new.map(|index| compared.new.path(index)),
        "old_path": change.old.map(|index| compared.old.path(index)),
        "old_title": of(&compared.old, change.old, |section| &section.title),
        "old_number": change.old.map(|index| index + 1),
        "number": change.new.map(|index| index + 1),
        "status": change.status.name(),
        "changes": changes.map(|block| block_change(compared, *block)).collect::<Vec<_>>(),
        "notes": compared.notes.iter().filter(is_here).map(|noted| note(compared, noted)).collect::<Vec<_>>(),
    })
}

fn block_change(compared: &Compared, change: BlockChange) -> Value {
    let (status, old, new) = match change {
        BlockChange::Same { old, new } => ("same", Some(old), Some(new)),
        BlockChange::Changed { old, new } => ("changed", Some(old), Some(new)),
        BlockChange::Added(new) => ("added", None, Some(new)),
        BlockChange::Removed(old) => ("removed", Some(old), None),
        BlockChange::MovedAway { old, new } => ("moved-away", Some(old), Some(new)),
        BlockChange::MovedHere { old, new } => ("moved-here", Some(old), Some(new)),
    };
    json!({
        "status": status,
        "old_address": old.map(|at| Address::of(at).number(&compared.old)),
        "address": new.map(|at| Address::of(at).number(&compared.new)),
        "old_text": old.map(|at| compared.old.text_at(at)),
        "text": new.map(|at| compared.new.text_at(at)),
        "words": words(&compared.pieces(change)),
    })
}

fn note(compared: &Compared, noted: &ChangedNote) -> Value {
    let now = noted.now.passage();
    json!({
        "id": noted.annotation.id,
        "kind": noted.annotation.kind.name(),
        "old_address": noted.was.map(|at| Address::of(at).number(&compared.old)),
        "address": now.map(|passage| Address::of(passage.start()).number(&compared.new)),
        "status": noted.now.name(),
        "quote": noted.annotation.anchor.quote,
        "text": noted.annotation.text,
        "words": words(&noted.pieces(&compared.new)),
    })
}

fn words(pieces: &[Piece]) -> Vec<Value> {
    let word = |piece: &Piece| match piece {
        Piece::Same(text) => json!({ "status": "same", "text": text }),
        Piece::Removed(text) => json!({ "status": "removed", "text": text }),
        Piece::Added(text) => json!({ "status": "added", "text": text }),
    };
    pieces.iter().map(word).collect()
}
