//! `print`: sections or paragraphs in other formats.

use super::{Everywhere, Failure, Outcome, put};
use crate::{
    export::{self, Format},
    report::address::Address,
};

#[derive(Debug, clap::Args)]
pub struct PrintArguments {
    /// Sections (`2`) or paragraphs (`2:5`); all where none is given
    #[arg(value_name = "ADDRESS")]
    addresses: Vec<String>,
    /// Most columns of a line of plain text; 0 leaves each paragraph on one line
    #[arg(long, value_name = "N", default_value_t = 72)]
    width: usize,
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: Format,
}

pub fn run(everywhere: &Everywhere, given: &PrintArguments) -> Result<Outcome, Failure> {
    let report = everywhere.report()?;
    let addresses: Result<Vec<Address>, _> = given.addresses.iter().map(|text| Address::parse(text, &report)).collect();
    let addresses = addresses.map_err(|error| Failure::Words(format!("could not print: {error}")))?;
    let parts = export::parts(&report, &addresses);
    let width = Some(given.width).filter(|&width| width > 0);
    put(&export::write(given.format, &report, &parts, width))?;
    Ok(Outcome::Done)
}
