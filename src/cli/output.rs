//! Output files: written whole or not at all, with the permissions of the file they replace.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

/// Writes a file, replacing an older one. Writes into pipes and devices, follows links.
///
/// # Errors
/// If it cannot be written; the older file is unchanged then.
pub fn write(path: &Path, text: &str) -> io::Result<()> {
    let before = match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Some(metadata),
        Ok(_) => {
            return File::options()
                .write(true)
                .open(path)?
                .write_all(text.as_bytes());
        }
        Err(error)
            if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_err() =>
        {
            None
        }
        Err(error) => return Err(error),
    };
    let target = if before.is_some() {
        fs::canonicalize(path)?
    } else {
        path.to_owned()
    };
    let mut name = target
        .file_name()
        .ok_or(io::ErrorKind::InvalidFilename)?
        .to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = target.with_file_name(name);
    let written =
        write_new(&temporary, text, before.as_ref()).and_then(|()| fs::rename(&temporary, &target));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn write_new(path: &Path, text: &str, before: Option<&fs::Metadata>) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    if let Some(before) = before {
        file.set_permissions(before.permissions())?;
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_replaced_file_keeps_its_permissions_and_its_link() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("a"), folder.path().join("b"));
        write(&file, "one").expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("set");
        std::os::unix::fs::symlink(&file, &link).expect("a link");
        write(&link, "two").expect("written");
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(fs::read_to_string(&file).expect("there"), "two");
        assert_eq!(
            fs::metadata(&file).expect("there").permissions().mode() & 0o777,
            0o640
        );
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
        write(Path::new("/dev/null"), "gone").expect("written");
        assert!(!fs::metadata("/dev/null").expect("there").is_file());
        assert!(write(folder.path(), "x").is_err());
        assert!(write(&folder.path().join("no/such"), "x").is_err());
    }
}
