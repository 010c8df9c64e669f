//! `:export`: the notes as a file.

use std::{fs::OpenOptions, io::Write, path::PathBuf};

use super::{Session, Terminal};
use crate::{
    export::notes::{self, NotesFormat},
    notebook::Entry,
};

impl<T: Terminal> Session<T> {
    /// Writes all notes of the report to a new file; `words` are a format and a name, each of which
    /// may be left out. Returns how many, and where.
    ///
    /// # Errors
    /// Where it cannot be written; an older file is never replaced.
    pub(super) fn export(&self, words: &str) -> Result<(usize, String), String> {
        let report = self.reader.report();
        let (format, path) = asked(words, &report.id);
        let entries: Vec<&Entry> = self.reader.notes().notebook().entries().iter().collect();
        let text = notes::write(format, report, &entries);
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        let written = file.and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()
        });
        let shown = path.display().to_string();
        match written {
            Ok(()) => Ok((entries.len(), shown)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(format!(
                "`{shown}` is there already; name another file: `:export markdown FILE`"
            )),
            Err(error) => Err(format!("`{shown}`: {error}")),
        }
    }
}

/// The format, by its name or the ending of the file, and the file.
fn asked(words: &str, id: &str) -> (NotesFormat, PathBuf) {
    let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
    let named = NotesFormat::named(first);
    let name = if named.is_some() { rest.trim() } else { words };
    let by_ending = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html" | "htm") => NotesFormat::Html,
        Some("json") => NotesFormat::Json,
        Some("jsonld") => NotesFormat::Annotation,
        Some("csv") => NotesFormat::Csv,
        _ => NotesFormat::Markdown,
    };
    let format = named.unwrap_or(by_ending);
    let ending = match format {
        NotesFormat::Markdown => "md",
        NotesFormat::Html => "html",
        NotesFormat::Json => "json",
        NotesFormat::Csv => "csv",
        NotesFormat::Annotation => "jsonld",
    };
    let path = match name {
        "" => format!("{id}-notes.{ending}").into(),
        name => name.strip_prefix("~/").map_or_else(
            || PathBuf::from(name),
            |rest| std::env::home_dir().unwrap_or_default().join(rest),
        ),
    };
    (format, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::EXPORTS;

    #[test]
    fn format_and_name_are_taken_in_either_form() {
        let of = |words: &str| {
            let (format, path) = asked(words, "harbor");
            (format, path.display().to_string())
        };
        assert_eq!(of(""), (NotesFormat::Markdown, "harbor-notes.md".into()));
        assert_eq!(of("csv"), (NotesFormat::Csv, "harbor-notes.csv".into()));
        assert_eq!(of("a b.html"), (NotesFormat::Html, "a b.html".into()));
        assert_eq!(of("json a b"), (NotesFormat::Json, "a b".into()));
        assert_eq!(NotesFormat::names(), EXPORTS);
    }
}
