//! Everything that is told about keys in writing, made from the command table.

use std::collections::HashMap;

use crate::command::{Context, Row, TABLE, keymap::Keymap};

/// Lines of the README and the manual page between which the key table stands.
pub const README_MARKS: (&str, &str) = (
    "<!-- keys: made by `tip-reader keys --markdown` -->",
    "<!-- end of keys -->",
);

/// What the mouse does.
pub const MOUSE: &[(&str, &str)] = &[
    ("wheel", "Scroll"),
    (
        "click",
        "Put the cursor on a paragraph; in the section pane, go there; in a list, select, and on what is selected go there",
    ),
    ("drag", "Select text"),
    ("double click", "Select a word"),
    ("triple click", "Select a paragraph"),
];

/// The rows of one context, with their keys as text.
fn rows(context: Context) -> impl Iterator<Item = (&'static Row, Vec<String>)> {
    let keymap = Keymap::new(&HashMap::new()).ok();
    TABLE
        .iter()
        .filter(move |row| row.context == context)
        .map(move |row| {
            let keys = keymap
                .as_ref()
                .map(|keymap| keymap.all_shown(row.command))
                .unwrap_or_default();
            let keys = if keys.is_empty() {
                vec![format!(":{}", row.name)]
            } else {
                keys
            };
            (row, keys)
        })
}

/// The key table as plain text.
pub fn plain() -> String {
    let mut text = String::new();
    for (context, title) in Context::ALL {
        text.push_str(&format!("{title}\n"));
        for (row, keys) in rows(*context) {
            let keys = keys.join("  ");
            let gap = " ".repeat(
                24usize
                    .saturating_sub(crate::text::width::width(&keys))
                    .max(2),
            );
            text.push_str(&format!("  {keys}{gap}{}\n", row.doc));
        }
        text.push('\n');
    }
    text
}

/// The key table as Markdown, for the README.
pub fn markdown() -> String {
    let mut text = String::new();
    for (context, title) in Context::ALL {
        text.push_str(&format!(
            "**{title}**\n\n| keys | command | does |\n|---|---|---|\n"
        ));
        for (row, keys) in rows(*context) {
            let code = |key: &String| {
                if key.contains('`') {
                    format!("`` {key} ``")
                } else {
                    format!("`{}`", key.replace('|', "\\|"))
                }
            };
            let keys: Vec<String> = keys.iter().map(code).collect();
            text.push_str(&format!(
                "| {} | `{}` | {} |\n",
                keys.join(" "),
                row.name,
                row.doc
            ));
        }
        text.push('\n');
    }
    text.push_str("**With the mouse**\n\n| mouse | does |\n|---|---|\n");
    for (what, doc) in MOUSE {
        text.push_str(&format!("| {what} | {doc} |\n"));
    }
    text.trim_end().to_owned() + "\n"
}

/// The key table in roff, for the manual page.
pub fn roff() -> String {
    let mut text = String::from(".SH KEYS\nA count before a movement multiplies it.\n");
    for (context, title) in Context::ALL {
        text.push_str(&format!(".SS {title}\n"));
        for (row, keys) in rows(*context) {
            text.push_str(&format!(
                ".TP\n{}\n{}\n",
                roff_text(&keys.join("  ")),
                roff_text(row.doc)
            ));
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

/// What the manual page says of files, environment and exit status, in roff.
pub fn files() -> String {
    const FILES: &[(&str, &str)] = &[
        (
            "config.ron",
            "settings, written by hand: theme, width, a copy command, and keys by command name",
        ),
        ("notes/", "one file for each note, highlight and bookmark"),
        (
            "history/, trash/",
            "earlier versions of what was edited, and what was deleted",
        ),
        ("drafts/", "text that was typed and not saved"),
        (
            "editions/, state/",
            "what reports said when notes were made and what was settled for new editions; places of reading",
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
        ".SH ENVIRONMENT\nNO_COLOR turns colours off. A locale (LC_ALL, LC_CTYPE, LANG) that is not UTF\\-8 makes the screen ASCII.\n",
    );
    text.push_str(
        ".SH EXIT STATUS\n0 done; 1 nothing found, or something to report; 2 misuse or failure, with one line on standard error.\n",
    );
    text
}
