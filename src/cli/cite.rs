//! `cite`: a citation of a section, paragraph, range or printed page.

use super::{Failure, GlobalOptions, Outcome, put};
use crate::{
    export::cite::{self, CitationFormat},
    report::{address::Stretch, citation::Citation},
};

#[derive(Debug, clap::Args)]
pub struct CiteArguments {
    /// Section (`2`, `ghana`), paragraph (`2:5`), range (`2:3-5`) or printed page (`p61`)
    address: String,
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: CitationFormat,
}

pub fn run(global: &GlobalOptions, given: &CiteArguments) -> Result<Outcome, Failure> {
    let report = global.report()?;
    let stretch = Stretch::parse(&given.address, &report)
        .map_err(|error| Failure::Words(format!("could not cite: {error}")))?;
    let cited = match &stretch {
        // A section with all that is below it, not a range of sections.
        Stretch::Sections(sections) if !given.address.contains("..") => {
            Citation::of_section(&report, sections.start)
        }
        other => Citation::of_passage(&report, other.passage(&report)),
    };
    put(&cite::write(given.format, &cited))?;
    Ok(Outcome::Done)
}
