//! Text in the reader's own editor (`$VISUAL`, `$EDITOR`, else `vi`): a private file, the editor on
//! this terminal, and the text back. Whatever happens to the editor, what was written stays.

use std::{
    fs, io,
    path::{Path, PathBuf},
    process::ExitStatus,
    sync::{Arc, atomic::AtomicBool},
};

use editor_command::{Editor, EditorBuilder, EditorBuilderError};
use signal_hook::{SigId, consts::signal, flag, low_level};

use crate::{
    store::outside::{Edited, read_back, write_draft},
    text::width,
};

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

/// Opens a text in the editor, below a comment with the quote that it is about, which is not read
/// back, and waits until the editor ends. The file is made in `folder`
/// (readable by its owner alone, beside earlier ones that were never saved) and is called
/// `name`, with an ending that tells editors it is Markdown.
///
/// The terminal must be in its ordinary state. Keys that interrupt are the editor's.
///
/// # Errors
/// Where no editor could be run, or it ended badly; the text is kept then, and where is said.
pub fn edit((text, quote): (&str, &str), folder: &Path, name: &str) -> Result<Edited, EditorError> {
    let editor = editor()?;
    let (shown, quote) = (width::passed(text), width::passed(quote));
    let draft = write_draft((&shown, &quote), folder, name)
        .map_err(|(path, source)| EditorError::Draft { path, source })?;
    let status = run(&editor, &draft).map_err(|(program, source)| {
        let _ = fs::remove_file(&draft);
        EditorError::Start { program, source }
    })?;
    let written = read_back(&draft);
    let is_same = |written: &str| written.trim_end() == shown.trim_end();
    match written {
        // The signs in it are not what was typed.
        Ok(written) if status.success() && is_same(&written) => Ok(Edited {
            text: text.trim_end().to_owned(),
            draft,
        }),
        Ok(written) if status.success() => Ok(Edited {
            text: written.trim_end().to_owned(),
            draft,
        }),
        Ok(written) if is_same(&written) => {
            let _ = fs::remove_file(&draft);
            Err(EditorError::NothingWritten { status })
        }
        Err(_) if !draft.exists() => Err(EditorError::Gone { draft }),
        Err(reason) if status.success() => Err(EditorError::Unusable { reason, draft }),
        _ => Err(EditorError::Failed { status, draft }),
    }
}

/// Opens a file in the editor and waits until the editor ends.
///
/// # Errors
/// Where no editor could be run, or it ended badly.
pub fn edit_file(file: &Path) -> Result<(), String> {
    let editor = editor().map_err(|error| EditorError::from(error).to_string())?;
    let status = run(&editor, file).map_err(|(program, source)| {
        let error = EditorError::Start { program, source };
        error.to_string()
    })?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("the editor ended by {status}")),
    }
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
