//! `reports`: lists the library.

use serde_json::{Value, json};

use super::{Failure, GlobalOptions, Outcome, put, toc};
use crate::{
    export,
    library::{self, Listed},
    report::Report,
    text::{width, wording},
};

#[derive(Debug, clap::Args)]
pub struct ReportsArguments {
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

pub fn run(global: &GlobalOptions, given: &ReportsArguments) -> Result<Outcome, Failure> {
    let listed = library::list(global.home().as_ref());
    let text = if given.json {
        let values = listed
            .iter()
            .filter_map(|listed| Some(json(listed, listed.report.as_ref().ok()?)));
        export::json::array(values.collect())
    } else {
        listed.iter().map(row).collect()
    };
    put(&text)?;
    let broken = listed
        .iter()
        .filter_map(|listed| Some((listed.path.as_ref()?, listed.report.as_ref().err()?)));
    let broken: Vec<String> = broken
        .map(|(path, error)| format!("could not read `{}`: {error}", path.display()))
        .collect();
    match broken.first() {
        Some(first) => Err(Failure::Words(format!(
            "{first}{}",
            if broken.len() > 1 {
                format!(" (and {} more)", broken.len() - 1)
            } else {
                String::new()
            }
        ))),
        None => Ok(Outcome::Done),
    }
}

fn words(report: &Report) -> usize {
    report.sections.iter().map(toc::words).sum()
}

fn json(listed: &Listed, report: &Report) -> Value {
    json!({
        "id": report.id,
        "title": report.title,
        "path": listed.path.as_ref().map(|path| path.display().to_string()),
        "sections": report.sections.len(),
        "words": words(report),
    })
}

fn row(listed: &Listed) -> String {
    let Ok(report) = &listed.report else {
        return String::new();
    };
    let place = listed
        .path
        .as_ref()
        .map_or_else(|| "bundled".to_owned(), |path| path.display().to_string());
    let row = format!(
        "{}  {}  {}  {} words  {place}",
        report.id,
        report.title,
        wording::count(report.sections.len(), "section"),
        words(report)
    );
    format!("{}\n", width::shown(&row))
}
