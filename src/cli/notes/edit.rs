//! `notes edit`: replaces an annotation's text by an argument, standard input or what an editor
//! wrote.

use std::io::{IsTerminal, stdin, stdout};

use super::{Failure, Outcome, put, say};
use crate::{
    disk::home::Home,
    notebook::{
        Change,
        annotation::{Annotation, Kind},
        news::SavedAs,
    },
    session::editing,
    store::{
        Store,
        outside::{self, Edited},
    },
    text::width,
};

pub fn run(store: &Store, home: &Home, id: &str, text: Option<&str>) -> Result<Outcome, Failure> {
    let failed = |why: String| Failure::Words(format!("could not edit `{id}`: {why}"));
    let old = super::find(&store.load(), id).map_err(failed)?;
    if old.is_newer() {
        return Err(failed(
            "a newer tip-reader wrote it; edit it with that version".into(),
        ));
    }
    match text {
        Some(text) => save(store, &old, super::given_text(text).map_err(failed)?).map_err(failed),
        None => in_editor(store, home, &old).map_err(failed),
    }
}

fn in_editor(store: &Store, home: &Home, old: &Annotation) -> Result<Outcome, String> {
    if !stdin().is_terminal() || !stdout().is_terminal() {
        return Err(
            "no terminal for an editor; give the text, or `-` to read standard input".into(),
        );
    }
    let name = format!("note-{}", old.id);
    for earlier in outside::unsaved(&home.drafts(), &name) {
        say(&format!(
            "an earlier, unsaved edit is in `{}`",
            earlier.display()
        ));
    }
    let text = (old.text.as_str(), old.anchor.quote.as_str());
    let edited = editing::edit(text, &home.drafts(), &name).map_err(|error| error.to_string())?;
    save_edited(store, old, edited)
}

/// Keeps the draft if the text cannot be saved.
fn save_edited(store: &Store, old: &Annotation, edited: Edited) -> Result<Outcome, String> {
    let outcome = save(store, old, edited.text.clone());
    match outcome {
        Err(why) if !edited.text.is_empty() => Err(format!(
            "{why}; your text is in `{}`",
            edited.draft.display()
        )),
        outcome => {
            edited.drop_draft();
            outcome
        }
    }
}

/// Saves the text and prints the id of the annotation that has it.
fn save(store: &Store, old: &Annotation, text: String) -> Result<Outcome, String> {
    if text.is_empty() && old.kind == Kind::Note {
        return Err("the text is empty; use `tip-reader notes rm` to delete a note".into());
    }
    let mut id = old.id.clone();
    if text != old.text {
        let new = Annotation {
            text,
            modified: super::now(),
            ..old.clone()
        };
        let saved = store
            .save(
                &Change::Edit {
                    old: old.clone(),
                    new,
                },
                None,
            )
            .map_err(|error| error.to_string())?;
        if let SavedAs::Beside(ours) = saved {
            say(&format!(
                "`{id}` was changed elsewhere; both texts are saved, this one as `{}`",
                ours.id
            ));
            id = ours.id;
        }
    }
    put(&format!("{}\n", width::shown(&id))).map_err(|error| error.to_string())?;
    Ok(Outcome::Done)
}
