//! Text in the reader's own editor (`$VISUAL`, `$EDITOR`, else `vi`): a private file, the editor on
//! this terminal, and the text back. Whatever happens to the editor, what was written stays.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    process::ExitStatus,
    sync::{Arc, atomic::AtomicBool},
};

use editor_command::{Editor, EditorBuilder, EditorBuilderError};
use signal_hook::{SigId, consts::signal, flag, low_level};

use crate::notebook::durable;

/// Largest text that is read back, in bytes.
const LARGEST: u64 = 1024 * 1024;
/// How many unsaved texts of one name may lie in a folder.
const MOST_DRAFTS: usize = 99;

/// What was written in the editor. Its file stays until [`Edited::drop_draft`].
#[derive(Debug, PartialEq, Eq)]
pub struct Edited {
    /// The text without the blanks and line ends after it.
    pub text: String,
    /// The file that holds it until it is saved elsewhere.
    pub draft: PathBuf,
}

/// Why there is no text to save. Each says where the text is.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    #[error("`$VISUAL` or `$EDITOR` is no command that can be run: {0}")]
    Command(#[from] EditorBuilderError),
    #[error("could not write the draft `{}`: {source}", path.display())]
    Draft { path: PathBuf, source: io::Error },
    #[error(
        "could not start the editor `{program}`: {source}; set VISUAL or EDITOR to one that is there"
    )]
    Start { program: String, source: io::Error },
    #[error("the editor ended by {status}, and nothing was written")]
    NothingWritten { status: ExitStatus },
    #[error("the editor ended by {status}; what was written is kept in `{}`", draft.display())]
    Failed { status: ExitStatus, draft: PathBuf },
    #[error("the editor's file `{}` is gone", draft.display())]
    Gone { draft: PathBuf },
    #[error("what was written cannot be used ({reason}); it is kept in `{}`", draft.display())]
    Unusable { reason: String, draft: PathBuf },
}

impl Edited {
    /// Removes the file, because the text is saved elsewhere.
    pub fn drop_draft(self) {
        // A draft that cannot be removed is only told about again.
        let _ = fs::remove_file(self.draft);
    }
}

/// Opens a text in the editor and waits until the editor ends. The file is made in `folder`
/// (readable by its owner alone, beside earlier ones that were never saved) and is called
/// `name`, with an ending that tells editors it is Markdown.
///
/// The terminal must be in its ordinary state. Keys that interrupt are the editor's.
///
/// # Errors
/// Where no editor could be run, or it ended badly; the text is kept then, and where is said.
pub fn edit(text: &str, folder: &Path, name: &str) -> Result<Edited, EditorError> {
    let editor = editor()?;
    let draft = write_draft(text, folder, name)?;
    let status = run(&editor, &draft).map_err(|(program, source)| {
        let _ = fs::remove_file(&draft);
        EditorError::Start { program, source }
    })?;
    let written = read_back(&draft);
    match written {
        Ok(written) if status.success() => Ok(Edited {
            text: written.trim_end().to_owned(),
            draft,
        }),
        Ok(written) if written.trim_end() == text.trim_end() => {
            let _ = fs::remove_file(&draft);
            Err(EditorError::NothingWritten { status })
        }
        Err(_) if !draft.exists() => Err(EditorError::Gone { draft }),
        Err(reason) if status.success() => Err(EditorError::Unusable { reason, draft }),
        _ => Err(EditorError::Failed { status, draft }),
    }
}

/// Texts of that name that an editor left and nobody saved, oldest name first.
pub fn unsaved(folder: &Path, name: &str) -> Vec<PathBuf> {
    names(name)
        .map(|name| folder.join(name))
        .filter(|path| path.is_file())
        .collect()
}

fn editor() -> Result<Editor, EditorBuilderError> {
    let set = |name: &str| {
        std::env::var(name)
            .ok()
            .filter(|command| !command.trim().is_empty())
    };
    EditorBuilder::new()
        .string(set("VISUAL"))
        .string(set("EDITOR"))
        .string(Some("vi"))
        .build()
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

/// Where the folder cannot be written the folder for temporary files takes the draft.
fn write_draft(text: &str, folder: &Path, name: &str) -> Result<PathBuf, EditorError> {
    let text = if text.is_empty() {
        String::new()
    } else {
        format!("{}\n", text.trim_end())
    };
    write_in(folder, name, &text).or_else(|_| write_in(&std::env::temp_dir(), name, &text))
}

fn write_in(folder: &Path, name: &str, text: &str) -> Result<PathBuf, EditorError> {
    let failed = |source| EditorError::Draft {
        path: folder.join(name),
        source,
    };
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

fn run(editor: &Editor, draft: &Path) -> Result<ExitStatus, (String, io::Error)> {
    let mut command = editor.open(draft);
    let ours = hold_interrupts();
    let status = command
        .status()
        .map_err(|error| (command.get_program().to_string_lossy().into_owned(), error));
    for id in ours {
        low_level::unregister(id);
    }
    status
}

/// `C-c` in the editor goes to us too, and must not end us with the text unread. The editor
/// starts with the ordinary handling: a handler, unlike an ignored signal, is not inherited.
fn hold_interrupts() -> Vec<SigId> {
    let hold = |number| flag::register(number, Arc::new(AtomicBool::new(false))).ok();
    [signal::SIGINT, signal::SIGQUIT]
        .into_iter()
        .filter_map(hold)
        .collect()
}

/// Reads what an editor has left in a file.
///
/// # Errors
/// Where it is no text of at most 1 MiB.
pub fn read_back(draft: &Path) -> Result<String, String> {
    read_text(fs::File::open(draft).map_err(|error| error.to_string())?)
}

/// Reads what was written elsewhere, at most 1 MiB, and [cleans](clean) it.
///
/// # Errors
/// Why it cannot be used, as half a sentence about it.
pub fn read_text(source: impl Read) -> Result<String, String> {
    let mut bytes = Vec::new();
    source
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST {
        return Err("it holds more than 1 MiB".into());
    }
    let text = String::from_utf8(bytes)
        .map_err(|error| format!("byte {} is not UTF-8", error.utf8_error().valid_up_to()))?;
    Ok(clean(&text))
}

/// The text without a byte order mark, lines ending as they do here.
pub fn clean(text: &str) -> String {
    text.strip_prefix('\u{feff}')
        .unwrap_or(text)
        .replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

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
