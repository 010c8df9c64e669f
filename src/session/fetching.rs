//! Other reports: listed, opened and compared beside the reading.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use super::{Event, Session};
use crate::{
    disk::home::Home,
    library,
    notebook::{annotation::Annotation, compared::Compared},
    reader::{OtherReport, Reader},
    report::Report,
    store::Store,
};

/// What is said where the work itself has failed.
const BROKEN: &str = "internal error while comparing; please report this";

impl Session {
    /// Lists the reports; where no thread can be started none is listed.
    pub(crate) fn list_reports(&self, reader: &Reader) {
        let (home, here, sender) = (
            self.home.clone(),
            reader.report().clone(),
            self.sender.clone(),
        );
        let work = move || drop(sender.send(Event::Reports(shelved(home.as_ref(), &here))));
        drop(
            std::thread::Builder::new()
                .name("lister".into())
                .spawn(work),
        );
    }

    /// Compares the report that is read with another.
    pub(crate) fn compare(&self, reader: &mut Reader, number: u64, name: String) {
        let (home, new, sender) = (
            self.home.clone(),
            reader.report().clone(),
            self.sender.clone(),
        );
        let annotations = reader
            .notes()
            .notebook()
            .entries()
            .iter()
            .map(|entry| entry.annotation.clone())
            .collect();
        let work = move || {
            let compared =
                catch_unwind(AssertUnwindSafe(|| compared(home, new, &name, annotations)));
            drop(sender.send(Event::Compared(
                number,
                compared.unwrap_or_else(|_| Err(BROKEN.into())),
            )));
        };
        if let Err(error) = std::thread::Builder::new()
            .name("comparer".into())
            .spawn(work)
        {
            reader.hear_of_comparison(number, Err(format!("could not compare: {error}")));
        }
    }
}

/// The reports that can be read, for one that is open.
pub fn shelved(home: Option<&Home>, here: &Report) -> Vec<OtherReport> {
    let readable = library::list(home)
        .into_iter()
        .filter_map(|listed| Some((listed.name, listed.report.ok()?)));
    let shelved = readable.map(|(name, report)| OtherReport {
        name,
        is_here: report == *here,
        id: report.id,
        title: report.title,
        published: report.published,
    });
    shelved.collect()
}

/// Opens the other report and compares; `annotations` are those of the report that is read.
///
/// # Errors
/// Where there is no such report, or it cannot be read: what failed and why, in words.
pub fn compared(
    home: Option<Home>,
    new: Arc<Report>,
    name: &str,
    mut annotations: Vec<Annotation>,
) -> Result<Compared, String> {
    let old = library::open(Some(name), home.as_ref()).map_err(|error| error.to_string())?;
    let mut compared = Compared::new(Arc::new(old), new);
    if let Some(store) = home.map(Store::new) {
        let loaded = store.load();
        if compared.old.id != compared.new.id {
            annotations.extend(
                loaded
                    .annotations
                    .into_iter()
                    .filter(|annotation| annotation.report == compared.old.id),
            );
        }
        compared.take_notes(annotations, &loaded.decisions, &store.editions());
    }
    Ok(compared)
}
