//! The plan of the house: which room may use which, and which outside crates.
//! A room is a first-level module of `src/`; what is not granted here is refused.

/// Everything: what the command line may use.
pub const ALL: &[&str] = &["*"];

/// The rooms, and what each may use besides itself.
pub const ROOMS: &[(&str, &[&str])] = &[
    ("lib", &[]),
    ("text", &[]),
    ("disk", &[]),
    ("report", &["text"]),
    ("search", &["report", "text"]),
    ("edition", &["search", "report", "text"]),
    ("notebook", &["edition", "search", "report", "text"]),
    ("command", &["report", "text"]),
    ("store", &["notebook", "edition", "report", "text", "disk"]),
    ("library", &["report", "edition", "command", "text", "disk"]),
    ("import", &["report", "text"]),
    ("export", &["notebook", "edition", "report", "text"]),
    ("exchange", &["notebook", "edition", "report", "text"]),
    (
        "reader",
        &["command", "notebook", "edition", "search", "report", "text"],
    ),
    (
        "view",
        &[
            "reader", "command", "notebook", "edition", "search", "report", "text",
        ],
    ),
    (
        "linear",
        &[
            "reader", "command", "notebook", "edition", "search", "report", "text",
        ],
    ),
    ("terminal", &["view", "reader", "command", "report", "text"]),
    (
        "session",
        &[
            "terminal", "view", "linear", "reader", "command", "store", "library", "import",
            "export", "exchange", "notebook", "edition", "search", "report", "text", "disk",
        ],
    ),
    ("cli", ALL),
    ("main", ALL),
];

/// The rooms at the edge: they touch the disk, the clock, the terminal or a process.
const EDGES: &[&str] = &[
    "disk", "store", "library", "terminal", "session", "cli", "main",
];

/// What is outside the crate, and the rooms (or the modules of one) that may use it. Of the rows
/// that begin a path, the longest counts; `a::*` needs all rows that begin with `a` as well.
pub const OUTSIDE: &[(&str, &[&str])] = &[
    ("std", ALL),
    ("std::dbg", &[]),
    ("std::env", &["disk", "store", "session", "cli", "main"]),
    ("std::eprint", &["cli"]),
    ("std::eprintln", &["cli"]),
    (
        "std::fs",
        &[
            "disk",
            "store",
            "library",
            "session",
            "cli",
            "import::source",
        ],
    ),
    ("std::io::stderr", &["terminal", "session", "cli"]),
    ("std::io::stdin", &["session", "cli", "import::source"]),
    ("std::io::stdout", &["terminal", "cli"]),
    ("std::net", &[]),
    ("std::os", EDGES),
    ("std::print", &["cli"]),
    ("std::println", &["cli"]),
    ("std::process", EDGES),
    ("std::thread", &["store", "terminal", "session"]),
    ("std::time::Instant", EDGES),
    ("std::time::SystemTime", EDGES),
    ("std::time::UNIX_EPOCH", EDGES),
    ("chardetng", &["import"]),
    ("clap", &["cli", "export"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("crossterm", &["terminal", "session"]),
    ("csv", &["export"]),
    ("directories", &["disk"]),
    ("editor_command", &["session"]),
    ("encoding_rs", &["import"]),
    ("hayro_font", &["import"]),
    ("hayro_interpret", &["import"]),
    ("hayro_syntax", &["import"]),
    ("html5ever", &["import"]),
    ("hypher", &["text"]),
    ("jiff", &["cli", "export"]),
    ("memchr", &["import", "search"]),
    ("nucleo_matcher", &["reader"]),
    ("open", &["session"]),
    ("pulldown_cmark", &["import", "export"]),
    ("ratatui", &["view", "terminal"]),
    ("strsim", &["text", "reader"]),
    ("regex", &["search"]),
    ("regex_syntax", &["search"]),
    ("ron", &["report", "notebook", "store", "library"]),
    ("rustix", EDGES),
    ("rustix::termios", &["terminal"]),
    (
        "serde",
        &[
            "report", "edition", "notebook", "library", "import", "exchange", "cli",
        ],
    ),
    ("serde_json", &["export", "exchange", "import", "cli"]),
    ("signal_hook", &["terminal", "session"]),
    ("textwrap", &["text"]),
    ("thiserror", ALL),
    ("unicode_bidi", &["import"]),
    (
        "unicode_normalization",
        &["text", "edition", "view", "import"],
    ),
    ("unicode_segmentation", ALL),
    ("unicode_width", &["text"]),
    ("uuid", &["store"]),
    ("zip", &["import"]),
];

/// Rules that are broken and may be for now: the file below `src/`, what it does, and why.
pub const KNOWN: &[(&str, &str, &str)] = &[(
    "reader.rs",
    "a circle of actions, layers, parts, reports",
    "an action says which layer comes next, and a layer runs actions",
)];
