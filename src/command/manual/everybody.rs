//! What the manual page says of reading without a screen, and of reading in two places.

use super::roff_text;
use crate::command::{Context, TABLE};

/// An example that a test runs; the answers are those of the bundled report.
pub const EXAMPLE: &str = "\
$ printf '2\\nadd Who is meant?\\nlist\\nquit\\nquit\\n' | tip-reader --linear
2021 Trafficking in Persons Report. 2021 Trafficking in Persons Report, paragraph 1 of 2.
To request a hard copy of the 2021 Trafficking in Persons Report, please email TIPOutreach@state.gov and provide your mailing address.
2021-trafficking-in-persons-report:1> 2
Message From the Secretary of State, paragraph 1 of 8.
Dear Reader:
message-from-the-secretary-of-state:1> add Who is meant?
Note saved. `undo` undoes it.
message-from-the-secretary-of-state:1> list
All: 1 listed, in reading order.
1. Note, message-from-the-secretary-of-state:1: Who is meant? “Dear Reader:”
notes> quit
Message From the Secretary of State, paragraph 1 of 8. 1 note.
Dear Reader:
message-from-the-secretary-of-state:1> quit
";

/// Paragraphs below the words of `--linear`.
const LINES: &[&str] = &[
    "A number, path, page or percent (`2:5`, `ghana/protection`, `p76`, `50%`) goes there, and an empty line goes on. \
     A command takes its words on the same line: `find WORDS`, `add TEXT`, `edit TEXT`, `highlight green`, `set-bookmark a`, `open REPORT`. \
     `add` and `edit` alone take lines until one that is a point alone; `:cancel` keeps a draft. \
     In a list a number goes to that row, and `delete 3` or `edit 3` is about it; any word of the text closes the list first. \
     `copy` and `cite` print. `help` lists the words, `help all` every command, `help NAME` explains one.",
    "The end of the input and a closed pipe save and leave with 0; C-c cancels, and leaves where it is pressed twice. \
     No escape sequence is written. On a terminal lines are broken at the text width, in a pipe a paragraph is a line. \
     A terminal that is called `dumb` is read in lines by itself.",
];

/// The other ways, with their titles.
const WAYS: &[(&str, &str)] = &[
    (
        "With a screen reader on the screen",
        "`--cursor`, or `cursor: true` in config.ron, shows the terminal's cursor at the text, in lists at the selected row; \
         j and k then move it by lines. Orca, brltty and NVDA in a Windows terminal with ssh follow the cursor, so they read the line that it comes to. \
         With them `--linear` says each thing once, in order, and draws nothing; `--theme mono` and `z` (only the text) make a drawn screen calmer. \
         What these programs say was not tested with them: the cursor's place and the bytes that are written are.",
    ),
    (
        "Linux console, ASCII and small windows",
        "Where TERM is `linux` signs that its fonts lack have stand-ins. Where the locale is not UTF-8 letters and signs are transliterated, \
         and it is said once where something cannot be: set LC_ALL to C.UTF-8. Below 30 columns one column of signs stands beside the text.",
    ),
    (
        "Two places at once",
        "Any number of readers may be open on one report and one notebook, in two panes of tmux or two terminals. \
         What one of them saves the others show with their next key. Of two edits of one note both are kept.",
    ),
    (
        "What was read",
        "A paragraph counts as read once its end was on the screen, or was said in lines. The section pane marks sections that are read with a tick, \
         `g u` goes to the next one that is not, and says how many words are left. It is kept in state/ on this machine alone, not at all with \
         `progress: false` in config.ron, and `notes purge --history` deletes it.",
    ),
];

/// The sections of the manual page, in roff.
pub fn roff() -> String {
    let mut text = String::from(".SH READING IN LINES\n");
    text.push_str(&roff_text(
        "`--linear` is the same reader without a screen, for screen readers, braille, dumb terminals and slow lines: \
         a prompt with the address, a paragraph at a time. Every command is typed by its name or its unique beginning, and these by a short word as well:",
    ));
    text.push('\n');
    for (word, doc) in words() {
        text.push_str(&format!(".TP\n{}\n{}\n", roff_text(word), roff_text(doc)));
    }
    for paragraph in LINES {
        text.push_str(&format!(".PP\n{}\n", roff_text(paragraph)));
    }
    text.push_str(".PP\n.EX\n");
    EXAMPLE
        .lines()
        .for_each(|line| text.push_str(&format!("{}\n", roff_text(line))));
    text.push_str(".EE\n.SH FOR EVERYBODY\n");
    for (title, said) in WAYS {
        text.push_str(&format!(".SS {title}\n{}\n", roff_text(said)));
    }
    text
}

/// The short words of the text with what they do, in the order of the table.
pub fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.iter().filter_map(|row| {
        let binding = row.nearest(Context::Text.chain())?;
        let is_short = !binding.word.is_empty() && !binding.word.contains('-');
        is_short.then(|| (binding.word, row.doc_in(Context::Text)))
    })
}
