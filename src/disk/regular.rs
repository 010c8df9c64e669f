//! Files opened so that a folder somebody else prepared does no harm: never through a symbolic
//! link where that is not wanted, never a FIFO or device, never more bytes than expected.

use std::{
    fs::{File, OpenOptions},
    io::{self, Read},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use rustix::fs::OFlags;

/// Whether a symbolic link at the end of a path is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Links {
    Follow,
    Refuse,
}

/// Opens a regular file; anything else is an error, and nothing blocks. A file that is made is
/// readable by its owner alone.
///
/// # Errors
/// If it cannot be opened, is a link that is not followed, or is not a regular file.
pub fn open(path: &Path, options: &mut OpenOptions, links: Links) -> io::Result<File> {
    let no_links = match links {
        Links::Refuse => OFlags::NOFOLLOW,
        Links::Follow => OFlags::empty(),
    };
    let flags = OFlags::NONBLOCK | OFlags::NOCTTY | no_links;
    let opened = options
        .mode(0o600)
        .custom_flags(flags.bits().cast_signed())
        .open(path);
    let file = opened.map_err(|error| match error.raw_os_error() {
        Some(code) if code == rustix::io::Errno::LOOP.raw_os_error() => {
            io::Error::other("a symbolic link, which is not followed here")
        }
        Some(code) if code == rustix::io::Errno::NXIO.raw_os_error() => not_regular(),
        _ => error,
    })?;
    if file.metadata()?.is_file() {
        Ok(file)
    } else {
        Err(not_regular())
    }
}

/// Reads a regular file of at most `largest` bytes, counted while reading; `None` if it is larger.
///
/// # Errors
/// As [`open()`], and where it cannot be read.
pub fn read(path: &Path, largest: u64, links: Links) -> io::Result<Option<Vec<u8>>> {
    let file = open(path, OpenOptions::new().read(true), links)?;
    let mut bytes = Vec::new();
    file.take(largest.saturating_add(1))
        .read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= largest).then_some(bytes))
}

fn not_regular() -> io::Error {
    io::Error::other("not a regular file")
}
