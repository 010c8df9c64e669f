//! Other people's files become reports. Each format is one file here, one row of
//! [`source::FORMATS`] and one arm of `read`.

pub mod assemble;
mod boilerplate;
mod controls;
pub mod document;
mod encoding;
mod epub;
mod flow;
mod front;
pub mod html;
mod known;
mod link;
mod looks;
pub mod markdown;
mod mhtml;
mod pdf;
mod places;
pub mod source;
mod structure;
pub mod text;

use std::{
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::report::Report;
use document::{Document, LeftOut};
use source::Format;

/// An imported report, what was left out, and what should be checked.
#[derive(Debug, Serialize, Deserialize)]
pub struct Imported {
    pub report: Report,
    pub left_out: Vec<LeftOut>,
    /// Warnings, as whole sentences.
    pub unsure: Vec<String>,
}

/// Metadata given on the command line; what is missing is read from the text.
#[derive(Debug, Clone, Default)]
pub struct Metadata {
    pub id: Option<String>,
    pub title: Option<String>,
    pub author: Option<String>,
    pub published: Option<String>,
    pub source: Option<String>,
    pub language: Option<String>,
}

/// Why something could not be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{0}")]
    Unreadable(#[from] io::Error),
    #[error("larger than {} MiB; split it, or import a part", .0 / 1024 / 1024)]
    TooLarge(u64),
    #[error("unsupported format: {0}; save it as text, HTML or PDF and import that")]
    NotText(&'static str),
    #[error("{0}; save it again, or in another format")]
    Damaged(&'static str),
    #[error("scanned pages without text; recognise the text first, for example with `ocrmypdf`")]
    Scanned,
    #[error("encrypted; save it without a password or protection first")]
    Locked,
    #[error("unpacks to more than 64 MiB a chapter or 512 MiB in all")]
    Bomb,
    #[error("nested deeper than {0} levels")]
    TooDeep(u16),
    #[error("no text found")]
    Empty,
    #[error("no supported file in the folder (text, Markdown, HTML, MHTML, EPUB, PDF)")]
    NothingWithin,
    #[error("`{0}` is not a valid id: use letters, digits and single hyphens")]
    BadId(String),
}

/// An input that could not be imported, and why.
#[derive(Debug)]
pub struct Refused {
    pub input: PathBuf,
    pub error: ImportError,
}

/// Imports files and folders into one report, in the order given; `-` reads standard input.
/// `report` is called before each file, or chapter of one, with its number from 1, the total, and
/// the name of the file.
///
/// # Errors
/// Where one of them cannot be read, is too large, holds no text, or has an unsupported format.
pub fn files(
    inputs: &[PathBuf],
    format: Option<Format>,
    metadata: &Metadata,
    report: &mut dyn FnMut(usize, usize, &str),
) -> Result<Imported, Refused> {
    let first = inputs.first().cloned().unwrap_or_default();
    let refused = |input: &Path| {
        let input = input.to_owned();
        move |error| Refused { input, error }
    };
    let paths = source::expand(inputs).map_err(refused(&first))?;
    let mut documents = Vec::new();
    for (number, path) in (1..).zip(&paths) {
        report(number, paths.len(), &path.to_string_lossy());
        let name = path.to_string_lossy();
        let mut document = read(path, format, &mut |chapter, of| report(chapter, of, &name))
            .map_err(refused(path))?;
        if paths.len() > 1 {
            name_document(&mut document, path);
        }
        documents.push(document);
    }
    let named = if inputs.len() == 1 {
        &first
    } else {
        paths.first().unwrap_or(&first)
    };
    let name = named
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .filter(|stem| stem != "-");
    assemble::report(documents, name.as_deref().unwrap_or("report"), metadata)
        .map_err(refused(&first))
}

/// Reads one file.
fn read(
    path: &Path,
    format: Option<Format>,
    report: &mut dyn FnMut(usize, usize),
) -> Result<Document, ImportError> {
    match source::book(path)? {
        Some(files) => epub::read_folder(path, files, report),
        None => read_bytes(path, &source::read(path)?, format, report),
    }
}

/// Reads the bytes of a file; the path only helps to recognise the format. `report` is called
/// before each chapter or page.
///
/// # Errors
/// As [`files`].
pub fn read_bytes(
    path: &Path,
    bytes: &[u8],
    format: Option<Format>,
    report: &mut dyn FnMut(usize, usize),
) -> Result<Document, ImportError> {
    match source::packed(bytes) {
        Some(Format::Epub) => return epub::read(path, bytes, report),
        Some(Format::Pdf) => {
            return pdf::read(bytes, report).map(|document| placed(document, path));
        }
        Some(Format::Mhtml) => return mhtml::read(bytes).map(|document| placed(document, path)),
        _ => {}
    }
    source::refuse(bytes)?;
    let (text, unsure) = encoding::decode(bytes);
    if text.contains('\0') {
        return Err(ImportError::NotText("not text (contains zero bytes)"));
    }
    let mut document = match format.unwrap_or_else(|| source::recognise(path, &text)) {
        Format::Text => text::read(&text),
        Format::Markdown => markdown::read(&text)?,
        Format::Html => html::read(&text, html::Taken::Saved)?,
        Format::Mhtml => html::read(&text, html::Taken::Saved)?,
        Format::Epub | Format::Pdf => {
            return Err(ImportError::NotText(
                "neither EPUB nor PDF, despite the name",
            ));
        }
    };
    document.unsure.extend(unsure);
    Ok(placed(document, path))
}

/// Makes links and anchors unique to the file, so that other files can link to it.
fn placed(mut document: Document, path: &Path) -> Document {
    let file = path.to_string_lossy().into_owned();
    places::qualify(&mut document, &file);
    document.file = Some(file);
    document
}

/// Names the file in what a document of several reports.
fn name_document(document: &mut Document, path: &Path) {
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned();
    document
        .left_out
        .iter_mut()
        .for_each(|left| left.input = Some(name.clone()));
    document
        .unsure
        .iter_mut()
        .for_each(|words| *words = format!("`{name}`: {words}"));
    if document.title.is_none() {
        document.title = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .filter(|stem| stem != "-");
    }
}

/// The date at the start of a text: `2021`, `2021-07` or `2021-07-01`.
pub fn date(text: &str) -> Option<String> {
    let mut parts = text.trim().split(['-', 'T', ' ', '/']);
    let mut number = |digits: usize| {
        parts
            .next()
            .filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
            .map(str::to_owned)
    };
    let mut date = number(4)?;
    for (part, most) in [number(2), number(2)].into_iter().zip(["12", "31"]) {
        match part.filter(|part| ("01"..=most).contains(&part.as_str())) {
            Some(part) => date = format!("{date}-{part}"),
            None => break,
        }
    }
    Some(date)
}
