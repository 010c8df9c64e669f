//! Files for external editors: text written for one, and what it left. Whatever happens to the
//! editor, the text stays.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use crate::{
    disk::{
        durable,
        regular::{self, Links},
    },
    text::wording,
};

/// Largest text that is read back, in bytes.
const LARGEST: u64 = 1024 * 1024;
/// How many unsaved texts of one name a folder may hold.
const MOST_DRAFTS: usize = 99;

/// Text written in the editor. Its file stays until [`Edited::drop_draft`].
#[derive(Debug, PartialEq, Eq)]
pub struct Edited {
    /// The text without trailing white space.
    pub text: String,
    /// The file that holds it until it is saved.
    pub draft: PathBuf,
}

impl Edited {
    /// Removes the file, once the text is saved.
    pub fn drop_draft(self) {
        // A draft that cannot be removed is only reported again.
        let _ = fs::remove_file(self.draft);
    }
}

/// Unsaved texts of that name that an editor left, by number.
pub fn unsaved(folder: &Path, name: &str) -> Vec<PathBuf> {
    names(name)
        .map(|name| folder.join(name))
        .filter(|path| path.is_file())
        .collect()
}

/// `NAME.md`, `NAME-2.md` and so on: letters, digits and hyphens only.
fn names(name: &str) -> impl Iterator<Item = String> {
    let name: String = name
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                character
            } else {
                '-'
            }
        })
        .collect();
    (1..=MOST_DRAFTS).map(move |number| {
        if number == 1 {
            format!("{name}.md")
        } else {
            format!("{name}-{number}.md")
        }
    })
}

/// How the comment begins and ends that says what a text is about.
const COMMENT: (&str, &str) = ("<!-- On “", "” (this line is not saved) -->");
/// Longest quote in it, in columns.
const LONGEST_QUOTE: usize = 1000;

/// Writes a text for an editor, below a comment with the quote that it is about, into the temporary
/// folder if `folder` cannot be written.
///
/// # Errors
/// The file that could not be written, and why.
pub fn write_draft(
    (text, quote): (&str, &str),
    folder: &Path,
    name: &str,
) -> Result<PathBuf, (PathBuf, io::Error)> {
    let mut text = match text {
        "" => String::new(),
        text => format!("{}\n", text.trim_end()),
    };
    if !quote.is_empty() {
        let quote = wording::cut(&wording::one_line(quote), LONGEST_QUOTE);
        let (head, tail) = COMMENT;
        text = format!("{head}{}{tail}\n\n{text}", quote.replace("--", "- -"));
    }
    write_in(folder, name, &text).or_else(|_| write_in(&std::env::temp_dir(), name, &text))
}

fn write_in(folder: &Path, name: &str, text: &str) -> Result<PathBuf, (PathBuf, io::Error)> {
    let failed = |source| (folder.join(name), source);
    durable::make_folder(folder).map_err(failed)?;
    for name in names(name) {
        match durable::add(folder, &name, text.as_bytes()) {
            Ok(()) => return Ok(folder.join(name)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed(error)),
        }
    }
    Err(failed(io::ErrorKind::AlreadyExists.into()))
}

/// Reads a text that an editor left.
///
/// # Errors
/// If it is not text, or larger than 1 MiB.
pub fn read_back(draft: &Path) -> Result<String, String> {
    let mut options = fs::OpenOptions::new();
    let opened = regular::open(draft, options.read(true), Links::Follow);
    let text = read_text(opened.map_err(|error| error.to_string())?)?;
    Ok(without_comment(text))
}

/// Reads text of at most 1 MiB and [cleans](clean) it.
///
/// # Errors
/// The reason, as half a sentence.
pub fn read_text(source: impl Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    source
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST {
        return Err("larger than 1 MiB".into());
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| format!("byte {} is not UTF-8", error.utf8_error().valid_up_to()))?;
    Ok(clean(&text))
}

/// The text without the comment, also where something was written above that, and without the blank
/// line below it.
fn without_comment(text: String) -> String {
    let (head, tail) = COMMENT;
    let is_comment = |line: &&str| line.starts_with(head) && line.trim_end().ends_with(tail);
    let mut lines = text.split_inclusive('\n');
    let Some(at) = lines.position(|line| is_comment(&line)) else {
        return text;
    };
    let below = usize::from(lines.next() == Some("\n"));
    let lines = text.split_inclusive('\n').enumerate();
    let kept = lines.filter(|(number, _)| !(at..=at + below).contains(number));
    kept.map(|(_, line)| line).collect()
}

/// The text without a byte order mark, with LF line ends.
pub fn clean(text: &str) -> String {
    text.strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quote_above_a_text_is_not_read_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let quote = "one --> two\nthree";
        for text in ["", "a note", "\n\nafter blank lines", "<!-- mine -->\nkept"] {
            let draft = write_draft((text, quote), folder.path(), "n").expect("written");
            let written = fs::read_to_string(&draft).expect("there");
            assert!(written.starts_with("<!-- On “one - -> two three” (this line"));
            assert_eq!(read_back(&draft).expect("read").trim_end(), text);
        }
        let draft = write_draft(("mine", quote), folder.path(), "n").expect("written");
        let written = fs::read_to_string(&draft).expect("there");
        fs::write(&draft, format!("above\n{written}below\n")).expect("written");
        assert_eq!(read_back(&draft).as_deref(), Ok("above\nmine\nbelow\n"));
        let draft = write_draft(("x", ""), folder.path(), "n").expect("written");
        assert_eq!(fs::read_to_string(draft).expect("there"), "x\n");
    }

    #[test]
    fn a_draft_never_replaces_an_earlier_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = write_in(folder.path(), "note-../x", "a").expect("written");
        let second = write_in(folder.path(), "note-../x", "b").expect("written");
        assert_eq!(
            unsaved(folder.path(), "note-../x"),
            [first.clone(), second.clone()]
        );
        assert_eq!(first, folder.path().join("note----x.md"));
        assert_eq!(
            (fs::read(first).expect("a"), fs::read(second).expect("b")),
            (b"a".to_vec(), b"b".to_vec())
        );
    }
}
