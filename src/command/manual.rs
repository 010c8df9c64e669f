//! Everything that is written about keys, made from the command table.

pub mod everybody;

use super::{Context, keymap::Keymap, settings::FIELDS};
use crate::text::width;

/// What the mouse does.
pub const MOUSE: &[(&str, &str)] = &[
    ("wheel", "Scroll"),
    (
        "click",
        "Put the cursor on a paragraph; follow a link; in the section pane, go there; in a list, select, and go to what is selected; on the scroll bar, go there",
    ),
    ("drag", "Select text; move the scroll bar"),
    ("double click", "Select a word"),
    ("triple click", "Select a paragraph"),
];

/// The commands of one context with the keys that reach them there, and what they do.
fn lines(keymap: &Keymap, context: Context) -> impl Iterator<Item = (String, &'static str)> {
    super::in_context(context).map(move |row| {
        let mut keys = keymap.all_shown(row.command, context).join("  ");
        if keys.is_empty() {
            keys = format!(":{}", row.name);
        }
        (keys, row.doc_in(context))
    })
}

/// The key table as plain text, as a keymap has it.
pub fn plain(keymap: &Keymap) -> String {
    let mut text = String::new();
    for (context, _, title) in Context::ALL {
        text.push_str(&format!("{title}\n"));
        for (keys, doc) in lines(keymap, *context) {
            let gap = " ".repeat(24usize.saturating_sub(width::width(&keys)).max(2));
            text.push_str(&format!("  {keys}{gap}{doc}\n"));
        }
        text.push('\n');
    }
    text
}

/// A settings file that says nothing yet: each of its lines counts once it is no comment.
pub fn config() -> String {
    let mut text = String::from(
        "// Settings of tip-reader. A line counts once the two slashes before it are gone.\n(\n",
    );
    text.push_str(
        "    // The report that commands without -r mean.\n    // report: \"tip-2021\",\n",
    );
    for field in FIELDS {
        text.push_str(&format!("    // {}", field.doc));
        if !field.values.is_empty() {
            text.push_str(&format!(": {}", field.values.join(", ")));
        }
        text.push_str(&format!("\n    // {}: {},\n", field.name, field.example));
    }
    text.push_str("    keys: {\n");
    for (context, name, title) in Context::ALL {
        text.push_str(&format!("        // {title}\n"));
        for row in super::in_context(*context) {
            let keys = row.binding(*context).map_or(&[][..], |of| of.keys);
            if !keys.is_empty() {
                text.push_str(&format!("        // \"{name}.{}\": {keys:?},\n", row.name));
            }
        }
    }
    text.push_str("    },\n)\n");
    text
}

/// The key table in roff, for the manual page.
pub fn roff(keymap: &Keymap) -> String {
    let mut text = String::from(".SH KEYS\nA count before a movement multiplies it.\n");
    for (context, _, title) in Context::ALL {
        text.push_str(&format!(".SS {title}\n"));
        for (keys, doc) in lines(keymap, *context) {
            text.push_str(&format!(".TP\n{}\n{}\n", roff_text(&keys), roff_text(doc)));
        }
    }
    text.push_str(".SS With the mouse\n");
    for (what, doc) in MOUSE {
        text.push_str(&format!(".TP\n{}\n{}\n", roff_text(what), roff_text(doc)));
    }
    text
}

/// Escapes what roff would take for a request, a font change or a quote.
fn roff_text(text: &str) -> String {
    let text = text
        .replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('`', "\\(ga");
    if text.starts_with(['.', '\'']) {
        format!("\\&{text}")
    } else {
        text
    }
}

/// What people do with the commands, each with its lines.
const EXAMPLES: &[(&str, &str)] = &[
    (
        "All notes with a tag, as a table",
        "tip-reader notes export --tag money --format csv --bom -o money.csv",
    ),
    (
        "What changed between the last two editions, once a week, by mail",
        "tip-reader compare harbor --summary | mail -s harbor me",
    ),
    (
        "Choose a section and read there",
        "tip-reader harbor --at \"$(tip-reader toc -r harbor | fzf | awk '{print $1}')\"",
    ),
    (
        "A citation for Zotero: import the file there",
        "tip-reader cite ghana/protection:2 --format ris > citation.ris",
    ),
    (
        "Note every match",
        "tip-reader search 'no convictions' --json | tip-reader notes add - --color red --kind highlight",
    ),
    (
        "One field of all records in one tier",
        "tip-reader collect protection --where 'Tier 2' --format markdown",
    ),
];

/// What people do with the commands, in roff.
pub fn examples() -> String {
    let mut text = String::from(".SH EXAMPLES\n");
    for (what, line) in EXAMPLES {
        text.push_str(&format!(
            ".TP\n{}\n.nf\n{}\n.fi\n",
            roff_text(what),
            roff_text(line)
        ));
    }
    text
}

/// What the manual page says of files, environment and exit status, in roff.
pub fn files() -> String {
    const FILES: &[(&str, &str)] = &[
        (
            "config.ron",
            "settings, written by hand: theme, width, a copy command, cursor, progress, and keys by command name",
        ),
        ("notes/", "one file for each note, highlight and bookmark"),
        (
            "history/, trash/",
            "earlier versions of what was edited, and what was deleted",
        ),
        ("drafts/", "text typed and not saved"),
        (
            "editions/, state/",
            "fingerprints of the editions that notes were made in, reviews for new editions; places of reading, and what was read",
        ),
        ("reports/", "imported reports"),
    ];
    let mut text = String::from(
        ".SH FILES\nAll are in the per\\-user folder: the platform's config folder for tip\\-reader, or the one that \\-\\-home or TIP_READER_HOME names.\n",
    );
    for (file, what) in FILES {
        text.push_str(&format!(".TP\n{}\n{}\n", roff_text(file), roff_text(what)));
    }
    text.push_str(
        ".SH ENVIRONMENT\nNO_COLOR turns colours off. A locale (LC_ALL, LC_CTYPE, LANG) that is not UTF\\-8 makes the screen ASCII. TERM=dumb reads in lines.\n",
    );
    text.push_str(
        ".SH EXIT STATUS\n0 done; 1 nothing found, or something to report; 2 misuse or failure, with one line on standard error.\n",
    );
    text
}
