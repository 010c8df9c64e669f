//! `print`: sections or paragraphs in other formats.

use super::{Failure, GlobalOptions, Outcome, notes, put};
use crate::{
    export::{self, Format, Part, annotated::Annotated},
    report::{Report, address::Stretch},
    store::Store,
};

#[derive(Debug, clap::Args)]
pub struct PrintArguments {
    /// Sections with all below them (`2`, `ghana`), paragraphs (`2:5`), ranges (`2..4`, `2:3-5`)
    /// or printed pages (`p61`); everything by default
    #[arg(value_name = "ADDRESS")]
    addresses: Vec<String>,
    /// Text width in columns; 0 leaves each paragraph on one line
    #[arg(long, value_name = "N", default_value_t = 72)]
    width: usize,
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
    /// Include annotations: passages marked, notes as footnotes
    #[arg(long)]
    notes: bool,
}

pub fn run(global: &GlobalOptions, given: &PrintArguments) -> Result<Outcome, Failure> {
    let report = global.report()?;
    let addresses: Result<Vec<Stretch>, _> = given
        .addresses
        .iter()
        .map(|text| Stretch::parse(text, &report))
        .collect();
    let addresses =
        addresses.map_err(|error| Failure::Words(format!("could not print: {error}")))?;
    let parts = export::parts(&report, &addresses);
    let width = Some(given.width).filter(|&width| width > 0);
    if given.notes {
        return with_notes(global, given, &report, &parts, width);
    }
    put(&export::write(given.format, &report, &parts, width))?;
    Ok(Outcome::Done)
}

fn with_notes(
    global: &GlobalOptions,
    given: &PrintArguments,
    report: &Report,
    parts: &[Part<'_>],
    width: Option<usize>,
) -> Result<Outcome, Failure> {
    let (notebook, loaded) = Store::new(global.needed_home()?).notebook(report);
    let annotated = Annotated::new(
        report,
        parts,
        notebook.entries(),
        given.addresses.is_empty(),
    );
    put(&annotated.write(given.format, width))?;
    notes::report_unread(&loaded)?;
    Ok(Outcome::Done)
}
