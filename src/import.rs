//! Other people's files become reports. Each format is one file here and one row of
//! `recognise`.

pub mod furniture;
pub mod known;
pub mod structure;
pub mod text;

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use crate::report::Report;

/// Largest text that is imported, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;

/// What the reader of the file is told about a line that did not become part of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Line of the file, from 1.
    pub line: usize,
    pub text: String,
    /// Why, as half a sentence.
    pub reason: &'static str,
}

/// A report made of a file, and what was left out.
#[derive(Debug)]
pub struct Imported {
    pub report: Report,
    pub left_out: Vec<LeftOut>,
}

/// What the person who imports says of the report; what is not said is taken from the text.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    pub id: Option<String>,
    pub title: Option<String>,
    pub author: Option<String>,
    pub published: Option<String>,
    pub source: Option<String>,
    pub language: Option<String>,
}

/// Why a file could not be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{0}")]
    Unreadable(#[from] io::Error),
    #[error("it holds more than 64 MiB; split it, or import a part")]
    TooLarge,
    #[error("it is {0}; save it as plain text (UTF-8) and import that")]
    NotText(&'static str),
    #[error("byte {0} is not UTF-8; convert it first, for example with `iconv -t UTF-8`")]
    NotUtf8(usize),
    #[error("it holds no text")]
    Empty,
    #[error("`{0}` cannot be an id: use letters, digits and single hyphens")]
    BadId(String),
}

/// Imports one file; `-` reads standard input.
///
/// # Errors
/// Where the file cannot be read, is too large, holds no text, or is of a format that is not
/// read.
pub fn file(path: &Path, metadata: &Metadata) -> Result<Imported, ImportError> {
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)?;
    } else {
        File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    }
    if bytes.len() as u64 > LARGEST {
        return Err(ImportError::TooLarge);
    }
    if let Some(format) = recognise(&bytes) {
        return Err(ImportError::NotText(format));
    }
    let text = String::from_utf8(bytes).map_err(|error| ImportError::NotUtf8(error.utf8_error().valid_up_to()))?;
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    text::import(&text, stem.as_deref().unwrap_or("report"), metadata)
}

/// The name of a format that is not plain text, by its first bytes.
fn recognise(bytes: &[u8]) -> Option<&'static str> {
    const FORMATS: &[(&[u8], &str)] = &[
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive (EPUB or office document)"),
        (b"<!doctype html", "a web page"),
        (b"<html", "a web page"),
        (b"<?xml", "an XML document"),
        (b"\xff\xfe", "UTF-16 text"),
        (b"\xfe\xff", "UTF-16 text"),
        (b"\x1f\x8b", "compressed (gzip)"),
    ];
    let start: Vec<u8> = bytes.iter().copied().skip_while(u8::is_ascii_whitespace).take(16).collect();
    let found = FORMATS.iter().find(|(magic, _)| start.get(..magic.len()).is_some_and(|s| s.eq_ignore_ascii_case(magic)));
    found.map(|(_, name)| *name).or_else(|| bytes.contains(&0).then_some("not text (it holds zero bytes)"))
}
