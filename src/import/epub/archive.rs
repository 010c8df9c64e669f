//! The files of a book: a ZIP archive in memory, read within bounds, or a folder. Nothing is ever
//! written, so names lead nowhere.

use std::{
    collections::HashMap,
    io::{Cursor, Read},
    path::PathBuf,
};

use zip::ZipArchive;

use crate::{
    import::{ImportError, source},
    text::fold,
};

/// Most entries of an archive.
const MOST_ENTRIES: u16 = 20_000;
/// Largest entry that is unpacked, in bytes.
const LARGEST_ENTRY: u64 = 64 * 1024 * 1024;
/// Most bytes that are unpacked in all.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

pub struct Archive<'a> {
    files: Files<'a>,
    /// The true names of files by what programs make of them.
    names: HashMap<String, String>,
    /// Bytes unpacked so far.
    unpacked: u64,
}

enum Files<'a> {
    Zip(Box<ZipArchive<Cursor<&'a [u8]>>>),
    Folder(HashMap<String, PathBuf>),
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// Where it is damaged or has too many entries.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ImportError> {
        if entries(bytes).is_none_or(|entries| entries > MOST_ENTRIES) {
            return Err(ImportError::Damaged(
                "truncated ZIP archive, or more than 20,000 entries",
            ));
        }
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| ImportError::Damaged("damaged ZIP archive"))?;
        let known: Vec<String> = zip
            .file_names()
            .filter_map(|name| Some(name.ok()?.into_owned()))
            .collect();
        Ok(Self {
            files: Files::Zip(Box::new(zip)),
            names: names(known.iter().map(String::as_str)),
            unpacked: 0,
        })
    }

    /// The files of a folder, by their paths in it.
    pub fn of_folder(files: Vec<(String, PathBuf)>) -> Self {
        Self {
            names: names(files.iter().map(|(name, _)| name.as_str())),
            files: Files::Folder(files.into_iter().collect()),
            unpacked: 0,
        }
    }

    pub fn has(&self, name: &str) -> bool {
        match &self.files {
            Files::Zip(zip) => zip.index_for_name(name).is_some(),
            Files::Folder(files) => files.contains_key(name),
        }
    }

    /// The name of a file as the archive writes it: other programs write it with `\`, in another
    /// case or with other marks of the same letters.
    pub fn true_name(&self, name: String) -> String {
        if self.has(&name) {
            return name;
        }
        self.names.get(&plain(&name)).cloned().unwrap_or(name)
    }

    /// The bytes of an entry; `None` where there is none of this name. Sizes that the archive
    /// states are not believed: bytes count as they come.
    ///
    /// # Errors
    /// Where the entry is damaged, locked or larger than what may be unpacked.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let most = LARGEST_ENTRY.min(MOST_BYTES.saturating_sub(self.unpacked));
        let bytes = match &mut self.files {
            Files::Zip(zip) => unpacked(zip, name, most)?,
            Files::Folder(files) => match files.get(name) {
                Some(path) => Some(source::read(path)?),
                None => None,
            },
        };
        self.unpacked += bytes.as_ref().map_or(0, Vec::len) as u64;
        match bytes {
            Some(bytes) if bytes.len() as u64 > most => Err(ImportError::Bomb),
            bytes => Ok(bytes),
        }
    }
}

/// The bytes of an entry, at most one more than may be unpacked.
fn unpacked(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    most: u64,
) -> Result<Option<Vec<u8>>, ImportError> {
    let Some(index) = zip.index_for_name(name) else {
        return Ok(None);
    };
    let entry = zip.by_index(index).map_err(|error| match error {
        zip::result::ZipError::UnsupportedArchive(_) => ImportError::Locked,
        _ => ImportError::Damaged("damaged ZIP archive"),
    })?;
    let mut bytes = Vec::new();
    entry
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| ImportError::Damaged("damaged ZIP archive"))?;
    Ok(Some(bytes))
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> HashMap<String, String> {
    names.map(|name| (plain(name), name.to_owned())).collect()
}

/// A name without case, marks and kinds of slashes.
fn plain(name: &str) -> String {
    let name = name.replace('\\', "/");
    let name = name.trim_start_matches("./").trim_start_matches('/');
    fold::fold_text(name, true).into_iter().collect()
}

/// How many entries the end of an archive states (APPNOTE.TXT, 4.3.16).
fn entries(bytes: &[u8]) -> Option<u16> {
    let tail = bytes.get(bytes.len().saturating_sub(22 + usize::from(u16::MAX))..)?;
    let end = tail
        .windows(4)
        .rposition(|window| window == b"PK\x05\x06")?;
    Some(u16::from_le_bytes([
        *tail.get(end + 10)?,
        *tail.get(end + 11)?,
    ]))
}
