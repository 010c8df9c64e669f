//! Other people's files become reports. Each format is one file here, one row of
//! [`source::FORMATS`] and one arm of `read`.

pub mod assemble;
pub mod document;
mod encoding;
mod epub;
mod flow;
pub mod furniture;
pub mod html;
pub mod known;
mod link;
pub mod markdown;
mod mhtml;
mod pdf;
mod places;
pub mod source;
pub mod structure;
pub mod text;

use std::{
    io,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::report::Report;
use document::{Document, LeftOut};
use source::Format;

/// A report made of files, what was left out and what is unsure.
#[derive(Debug, Serialize, Deserialize)]
pub struct Imported {
    pub report: Report,
    pub left_out: Vec<LeftOut>,
    /// Whole sentences.
    pub unsure: Vec<String>,
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

/// Why something could not be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{0}")]
    Unreadable(#[from] io::Error),
    #[error("it holds more than {} MiB; split it, or import a part", .0 / 1024 / 1024)]
    TooLarge(u64),
    #[error("it is {0}, which is not read; save it as text, HTML or PDF and import that")]
    NotText(&'static str),
    #[error("it is {0}; save it again, or in another format")]
    Damaged(&'static str),
    #[error(
        "it holds pictures of pages and no text; recognise its text first, for example with `ocrmypdf`"
    )]
    Scanned,
    #[error("it is locked (encrypted); save it without its password or protection first")]
    Locked,
    #[error("it unpacks to far more than any report holds (64 MiB a chapter, 512 MiB in all)")]
    Bomb,
    #[error("it nests more than {0} levels deep, which no report does")]
    TooDeep(u16),
    #[error("it holds no text")]
    Empty,
    #[error("the folder holds no file that is read (text, Markdown, HTML, MHTML, EPUB, PDF)")]
    NothingWithin,
    #[error("`{0}` cannot be an id: use letters, digits and single hyphens")]
    BadId(String),
}

/// An input that could not be imported, and why.
#[derive(Debug)]
pub struct Refused {
    pub input: PathBuf,
    pub error: ImportError,
}

/// Imports files and folders into one report, in the order given; `-` reads standard input.
/// `tell` is called before each file, or chapter of one, with its number from 1, how many there
/// are, and the name of the file.
///
/// # Errors
/// Where one of them cannot be read, is too large, holds no text, or is of a format that is not
/// read.
pub fn files(
    inputs: &[PathBuf],
    format: Option<Format>,
    metadata: &Metadata,
    tell: &mut dyn FnMut(usize, usize, &str),
) -> Result<Imported, Refused> {
    let first = inputs.first().cloned().unwrap_or_default();
    let refused = |input: &Path| {
        let input = input.to_owned();
        move |error| Refused { input, error }
    };
    let paths = source::expand(inputs).map_err(refused(&first))?;
    let mut documents = Vec::new();
    for (number, path) in (1..).zip(&paths) {
        tell(number, paths.len(), &path.to_string_lossy());
        let name = path.to_string_lossy();
        let mut document = read(path, format, &mut |chapter, of| tell(chapter, of, &name))
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
    tell: &mut dyn FnMut(usize, usize),
) -> Result<Document, ImportError> {
    read_bytes(path, &source::read(path)?, format, tell)
}

/// Reads what a file holds; the path only tells formats apart. `tell` is called before each
/// chapter or page.
///
/// # Errors
/// As [`files`].
pub fn read_bytes(
    path: &Path,
    bytes: &[u8],
    format: Option<Format>,
    tell: &mut dyn FnMut(usize, usize),
) -> Result<Document, ImportError> {
    match source::packed(bytes) {
        Some(Format::Epub) => return epub::read(path, bytes, tell),
        Some(Format::Pdf) => return pdf::read(bytes, tell).map(|document| placed(document, path)),
        Some(Format::Mhtml) => return mhtml::read(bytes).map(|document| placed(document, path)),
        _ => {}
    }
    source::refuse(bytes)?;
    let (text, unsure) = encoding::decode(bytes);
    if text.contains('\0') {
        return Err(ImportError::NotText("not text (it holds zero bytes)"));
    }
    let mut document = match format.unwrap_or_else(|| source::recognise(path, &text)) {
        Format::Text => text::read(&text),
        Format::Markdown => markdown::read(&text)?,
        Format::Html => html::read(&text, html::Taken::Saved)?,
        Format::Mhtml => html::read(&text, html::Taken::Saved)?,
        Format::Epub | Format::Pdf => {
            return Err(ImportError::NotText(
                "neither EPUB nor PDF, whatever its name says",
            ));
        }
    };
    document.unsure.extend(unsure);
    Ok(placed(document, path))
}

/// A file that others may link to by its path.
fn placed(mut document: Document, path: &Path) -> Document {
    let file = path.to_string_lossy().into_owned();
    places::qualify(&mut document, &file);
    document.file = Some(file);
    document
}

/// Says which of several files a document is.
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
fn date(text: &str) -> Option<String> {
    let mut parts = text.trim().split(['-', 'T', ' ', '/']);
    let mut number = |digits: usize| {
        parts
            .next()
            .filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
            .map(str::to_owned)
    };
    let mut date = number(4)?;
    for part in [number(2), number(2)].into_iter().map_while(|part| part) {
        date = format!("{date}-{part}");
    }
    Some(date)
}
