//! Reads what is to be imported: files, folders, standard input. Limits what is read and
//! recognises formats.

#![expect(
    clippy::disallowed_methods,
    reason = "what is imported lies on the disk"
)]

use std::{
    collections::HashSet,
    fs::{self, File},
    io::{self, Read},
    path::{Path, PathBuf},
};

use super::{ImportError, encoding::LARGEST_TEXT, markdown, mhtml};

/// Largest packed file that is read, in bytes.
const LARGEST_PACKED: u64 = 256 * 1024 * 1024;
/// Most files of a folder.
const MOST_FILES: usize = 10_000;
/// Deepest folder within a folder.
const DEEPEST_FOLDER: usize = 16;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Text,
    Markdown,
    Html,
    Mhtml,
    Epub,
    Pdf,
}

/// Names of the formats and the endings of their files.
pub const FORMATS: &[(Format, &str, &[&str])] = &[
    (Format::Text, "text", &["txt", "text"]),
    (
        Format::Markdown,
        "markdown",
        &["md", "markdown", "mdown", "mkd"],
    ),
    (Format::Html, "html", &["html", "htm", "xhtml", "xht"]),
    (Format::Mhtml, "mhtml", &["mhtml", "mht"]),
    (Format::Epub, "epub", &["epub"]),
    (Format::Pdf, "pdf", &["pdf"]),
];

/// The format of this name.
pub fn format_named(name: &str) -> Option<Format> {
    FORMATS
        .iter()
        .find(|(_, known, _)| *known == name)
        .map(|(format, _, _)| *format)
}

/// Files in the order in which they are read: those of a folder by name, numbers by value.
///
/// # Errors
/// Where a folder cannot be read or holds nothing that is read.
pub fn expand(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, ImportError> {
    let mut files = Vec::new();
    for input in inputs {
        if input.as_os_str() == "-" || !input.is_dir() || is_book(input) {
            files.push(input.clone());
            continue;
        }
        let before = files.len();
        gather(input, 0, &mut files)?;
        if files.len() == before {
            return Err(ImportError::NothingWithin);
        }
    }
    let mut seen = HashSet::new();
    files.retain(|file| seen.insert(fs::canonicalize(file).unwrap_or_else(|_| file.clone())));
    Ok(files)
}

/// The files of a folder and of those within it. What a browser saves beside a page
/// (`NAME_files`) and hidden files are passed over, links to folders are not followed.
fn gather(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), ImportError> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .collect();
    entries.sort_by_cached_key(|path| natural_key(&name(path)));
    for path in entries {
        let name = name(&path);
        if name.starts_with('.') || name.ends_with("_files") || files.len() >= MOST_FILES {
            continue;
        }
        if is_book(&path) && !path.is_symlink() {
            files.push(path);
        } else if path.is_dir() && !path.is_symlink() && depth < DEEPEST_FOLDER {
            gather(&path, depth + 1, files)?;
        } else if path.is_file() && by_ending(&path).is_some() {
            files.push(path);
        }
    }
    Ok(())
}

/// Whether a folder is an unpacked EPUB.
fn is_book(folder: &Path) -> bool {
    folder.join("META-INF/container.xml").is_file()
}

/// The files of an unpacked EPUB, by their paths in it; `None` for anything else.
///
/// # Errors
/// Where a folder cannot be read.
pub fn book(folder: &Path) -> Result<Option<Vec<(String, PathBuf)>>, ImportError> {
    if !is_book(folder) {
        return Ok(None);
    }
    let mut files = Vec::new();
    let mut waiting = vec![(folder.to_owned(), String::new(), 0)];
    while let Some((folder, before, depth)) = waiting.pop() {
        for path in fs::read_dir(folder)?
            .filter_map(Result::ok)
            .map(|entry| entry.path())
        {
            let inner = format!("{before}{}", name(&path));
            if path.is_file() && files.len() < MOST_FILES {
                files.push((inner, path));
            } else if path.is_dir() && !path.is_symlink() && depth < DEEPEST_FOLDER {
                waiting.push((path, format!("{inner}/"), depth + 1));
            }
        }
    }
    Ok(Some(files))
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Sorts `part-2` before `part-10`: words, and numbers by their value.
fn natural_key(name: &str) -> Vec<(u64, String)> {
    let mut key = Vec::new();
    let mut rest = name.to_lowercase();
    while !rest.is_empty() {
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let after: String = rest.chars().skip(digits.len()).collect();
        let word: String = after.chars().take_while(|c| !c.is_ascii_digit()).collect();
        rest = after.chars().skip(word.chars().count()).collect();
        key.push((
            digits
                .parse()
                .unwrap_or(if digits.is_empty() { 0 } else { u64::MAX }),
            word,
        ));
    }
    key
}

/// The bytes of one input; `-` is standard input.
///
/// # Errors
/// Where it cannot be read or is larger than what its format may be.
pub fn read(path: &Path) -> Result<Vec<u8>, ImportError> {
    let mut source: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path)?)
    };
    let mut bytes = Vec::new();
    source
        .by_ref()
        .take(LARGEST_TEXT + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 <= LARGEST_TEXT {
        return Ok(bytes);
    }
    if packed(&bytes).is_none() {
        return Err(ImportError::TooLarge(LARGEST_TEXT));
    }
    source
        .take(LARGEST_PACKED + 1 - bytes.len() as u64)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_PACKED {
        Err(ImportError::TooLarge(LARGEST_PACKED))
    } else {
        Ok(bytes)
    }
}

/// The format of a binary or multipart file, by its first bytes.
pub fn packed(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [b'P', b'K', 3, 4, ..] => Some(Format::Epub),
        [b'%', b'P', b'D', b'F', ..] => Some(Format::Pdf),
        _ => mhtml::is_likely(bytes).then_some(Format::Mhtml),
    }
}

fn by_ending(path: &Path) -> Option<Format> {
    let ending = path.extension()?.to_string_lossy().to_ascii_lowercase();
    FORMATS
        .iter()
        .find(|(_, _, endings)| endings.contains(&ending.as_str()))
        .map(|(format, _, _)| *format)
}

/// What cannot be read, by its first bytes.
///
/// # Errors
/// Names the format of a file that is not read.
pub fn refuse(bytes: &[u8]) -> Result<(), ImportError> {
    const FORMATS: &[(&[u8], &str)] = &[
        (b"\x1f\x8b", "compressed (gzip)"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"{\\rtf", "a rich text file"),
        (b"bplist00", "a web archive of Safari"),
        (b"\x7fELF", "a program"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
    ];
    let found = FORMATS.iter().find(|(magic, _)| bytes.starts_with(magic));
    found.map_or(Ok(()), |(_, name)| Err(ImportError::NotText(name)))
}

/// The format of a text: by the name of the file, else by its first words.
pub fn recognise(path: &Path, text: &str) -> Format {
    let start: String = text
        .trim_start()
        .chars()
        .take(512)
        .collect::<String>()
        .to_ascii_lowercase();
    let is_page = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<!-- saved from url",
        "<h1",
        "<p>",
        "<div",
        "<article",
        "<main",
    ];
    let is_page = is_page.iter().any(|tag| start.starts_with(tag))
        || (start.starts_with("<?xml") && start.contains("<html"));
    match by_ending(path) {
        _ if is_page => Format::Html,
        Some(format) => format,
        None if markdown::is_likely(text) => Format::Markdown,
        None => Format::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_sorted_as_people_number_them() {
        let mut names = ["part-10.html", "part-2.html", "Part-1.html", "annex.html"];
        names.sort_by_cached_key(|name| natural_key(name));
        assert_eq!(
            names,
            ["annex.html", "Part-1.html", "part-2.html", "part-10.html"]
        );
    }

    #[test]
    fn formats_are_recognised_by_name_and_words() {
        let format = |name: &str, text: &str| recognise(Path::new(name), text);
        assert_eq!(format("-", "# Title\n\ntext"), Format::Markdown);
        assert_eq!(format("-", "Title\n\n#hash text"), Format::Text);
        assert_eq!(format("x.txt", "# Title"), Format::Text);
        assert_eq!(format("x", "\n<!DOCTYPE html><p>"), Format::Html);
        assert_eq!(format("x.htm", "text"), Format::Html);
    }
}
