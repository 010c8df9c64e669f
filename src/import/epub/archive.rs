//! A ZIP archive in memory, read within bounds. Nothing is ever written, so names lead nowhere.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::import::ImportError;

/// Most entries of an archive.
const MOST_ENTRIES: u16 = 20_000;
/// Largest entry that is unpacked, in bytes.
const LARGEST_ENTRY: u64 = 64 * 1024 * 1024;
/// Most bytes that are unpacked in all.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Bytes unpacked so far.
    unpacked: u64,
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
        Ok(Self { zip, unpacked: 0 })
    }

    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The bytes of an entry; `None` where there is none of this name. Sizes that the archive
    /// states are not believed: bytes count as they come.
    ///
    /// # Errors
    /// Where the entry is damaged, locked or larger than what may be unpacked.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let Some(index) = self.zip.index_for_name(name) else {
            return Ok(None);
        };
        let entry = self.zip.by_index(index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(_) => ImportError::Locked,
            _ => ImportError::Damaged("damaged ZIP archive"),
        })?;
        let most = LARGEST_ENTRY.min(MOST_BYTES.saturating_sub(self.unpacked));
        let mut bytes = Vec::new();
        entry
            .take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| ImportError::Damaged("damaged ZIP archive"))?;
        self.unpacked += bytes.len() as u64;
        if bytes.len() as u64 > most {
            Err(ImportError::Bomb)
        } else {
            Ok(Some(bytes))
        }
    }
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
