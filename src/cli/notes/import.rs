//! `notes import`: reads exported annotations and Web Annotations of other programs into the
//! notebook.

use std::{
    collections::HashSet,
    ffi::OsStr,
    fs::File,
    io::{Read, stdin},
};

use super::{Failure, Outcome, put, say};
use crate::{
    edition::Edition,
    exchange::{self, Context, Merged, Origin},
    notebook::{Change, annotation::Annotation},
    report::Report,
    store::{self, Store},
    text::wording,
};

/// Largest file that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// `any_page` also imports annotations of other pages.
pub fn run(store: &Store, report: &Report, file: &str, any_page: bool) -> Result<Outcome, Failure> {
    let name = if file == "-" { "standard input" } else { file };
    let failed = |why: String| Failure::Words(format!("could not import `{name}`: {why}"));
    let text = read(file).map_err(failed)?;
    let edition = Edition::of(report);
    let context = Context {
        report,
        edition: &edition,
        now: super::now(),
    };
    let mut incoming = exchange::read(&text, &context)
        .map_err(|error| failed(format!("{error}; nothing was imported")))?;
    let all = incoming.len();
    incoming.retain(|incoming| any_page || incoming.origin != Origin::Elsewhere);
    let elsewhere = all - incoming.len();
    let loaded = store.load();
    // A file that cannot be read may hold any of these: leave them out, and report it below.
    let unread: HashSet<&OsStr> = loaded
        .problems
        .iter()
        .filter_map(|problem| problem.file.file_stem())
        .collect();
    incoming.retain(|incoming| !unread.contains(OsStr::new(&incoming.annotation.id)));
    let merged = exchange::merge(&loaded.annotations, incoming, store::new_id);
    save(store, &merged, report, &edition).map_err(failed)?;
    put(&summary(&merged, elsewhere))?;
    let added = merged.added.iter().chain(&merged.beside);
    let is_purged = |of: &&Annotation| loaded.purged.contains(&of.id);
    for back in added.filter(is_purged) {
        say(&format!(
            "`{0}` was deleted for good before, and is back; `tip-reader notes purge {0}` deletes it again",
            back.id
        ));
    }
    super::report_unread(&loaded)?;
    Ok(Outcome::Done)
}

fn read(file: &str) -> Result<String, String> {
    let mut bytes = Vec::new();
    let read = match file {
        "-" => stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes),
        _ => File::open(file).and_then(|opened| opened.take(LARGEST + 1).read_to_end(&mut bytes)),
    };
    read.map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST {
        return Err("larger than 64 MiB".into());
    }
    String::from_utf8(bytes)
        .map_err(|error| format!("not UTF-8 text (byte {})", error.utf8_error().valid_up_to()))
}

fn save(store: &Store, merged: &Merged, report: &Report, edition: &Edition) -> Result<(), String> {
    let all: Vec<&Annotation> = merged.added.iter().chain(&merged.beside).collect();
    for (done, annotation) in all.iter().enumerate() {
        let known = Some(edition).filter(|edition| {
            report.id == annotation.report && edition.is(&annotation.anchor.edition)
        });
        store
            .save(&Change::Add((*annotation).clone()), known)
            .map_err(|error| {
                format!(
                    "{error}; {done} of {} saved; import again to add the rest",
                    wording::count(all.len(), "annotation")
                )
            })?;
    }
    Ok(())
}

fn summary(merged: &Merged, elsewhere: usize) -> String {
    let beside = match merged.beside.len() {
        0 => String::new(),
        number => format!(", {number} conflicts saved as second notes"),
    };
    let elsewhere = match elsewhere {
        0 => String::new(),
        number => format!("; {number} of other pages skipped, `--any-page` imports them too"),
    };
    format!(
        "{} added{beside}, {} unchanged{elsewhere}\n",
        wording::count(merged.added.len(), "annotation"),
        merged.same
    )
}
