//! `compare`: what changed between two editions of a report.

use super::{Everywhere, Failure, Outcome, put};
use crate::{
    export::compared::{self, Compared, ComparedFormat, Noted},
    library,
    notebook::{annotation::Annotation, editions::Editions, following, store::Store},
    report::{
        Report,
        anchor::Resolution,
        comparison::{self, Status},
        edition::Edition,
        position::Passage,
        resolver::Resolver,
    },
};

/// Tells what changed section by section, words in [-removed-] and {+added+}, with your notes on
/// changed passages first.
#[derive(Debug, clap::Args)]
pub struct CompareArguments {
    /// The old edition: a snapshot's path, or the id of an imported report
    #[arg(value_name = "OLD")]
    old: String,
    /// The new edition
    #[arg(value_name = "NEW")]
    new: String,
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: ComparedFormat,
    /// One array of objects, as `--format json`
    #[arg(long)]
    json: bool,
    /// End with exit status 1 where they differ
    #[arg(long)]
    exit_code: bool,
}

pub fn run(everywhere: &Everywhere, given: &CompareArguments) -> Result<Outcome, Failure> {
    let home = everywhere.home();
    let old = library::open(Some(&given.old), home.as_ref())?;
    let new = library::open(Some(&given.new), home.as_ref())?;
    let sections = comparison::compare(&old, &new);
    let differ = sections.iter().any(|section| section.status != Status::Same);
    let notes = home.map(Store::new).map(|store| notes(&store, &old, &new)).unwrap_or_default();
    let format = if given.json { ComparedFormat::Json } else { given.format };
    put(&compared::write(format, &Compared { old: &old, new: &new, sections, notes }))?;
    Ok(if differ && given.exit_code { Outcome::Nothing } else { Outcome::Done })
}

/// The annotations of either report that are not to the letter in the new edition.
fn notes(store: &Store, old: &Report, new: &Report) -> Vec<Noted> {
    let mut annotations = store.load().annotations;
    annotations.retain(|annotation| annotation.report == old.id || annotation.report == new.id);
    let (old_edition, new_edition) = (Edition::of(old), Edition::of(new));
    let editions = store.editions();
    let was = resolutions(&editions, &annotations, (old, &old_edition), &new_edition);
    let now = resolutions(&editions, &annotations, (new, &new_edition), &old_edition);
    let both = was.into_iter().zip(now);
    let all = annotations.into_iter().zip(both).map(|(annotation, (was, now))| Noted {
        annotation,
        was: Some(was).filter(|was| was.is_certain()).and_then(Resolution::passage).map(Passage::start),
        now,
    });
    let is_changed = |noted: &Noted| noted.was.is_some() && !matches!(noted.now, Resolution::Exact(_) | Resolution::Moved(_));
    let mut changed: Vec<Noted> = all.filter(is_changed).collect();
    changed.sort_by(|a, b| (a.was, &a.annotation.id).cmp(&(b.was, &b.annotation.id)));
    changed
}

fn resolutions(editions: &Editions, annotations: &[Annotation], of: (&Report, &Edition), other: &Edition) -> Vec<Resolution> {
    let mut resolver = Resolver::new(of.0, of.1);
    resolver.learn(other);
    following::learn(&mut resolver, editions, of.0, annotations.iter().map(|annotation| &annotation.anchor));
    annotations.iter().map(|annotation| resolver.resolve(&annotation.anchor)).collect()
}
