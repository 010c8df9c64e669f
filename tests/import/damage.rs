//! Damaged files never make the program panic.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use tip_reader::{
    export::{self, Format},
    import::{self, Metadata},
    report::snapshot,
};

use crate::{folder, golden};

/// Numbers without a pattern, the same in every run (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).expect("small")
    }
}

/// Damages bytes in some places: other bytes, pieces cut out, doubled, moved, or odd ones put in.
fn damaged(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    const ODD: &[&[u8]] = &[
        b"\0",
        b"\xff",
        b"<",
        b">",
        b"</",
        b"<table>",
        b"<td rowspan=9999 colspan=9999>",
        b"</p>",
        b"<li>",
        b"&#x110000;",
        b"<!--",
        b"-->",
        b"[",
        b"](",
        b"|",
        b"\n|-|\n",
        b"```",
        b"\n    ",
        b"**",
        b"\n# ",
        b"9999999999",
        b"-1",
        b" obj",
        b"<<",
        b">>",
        b"stream",
        b"\r",
        b"\xe2\x80\xa8",
        b"\xef\xbb\xbf",
    ];
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len());
        let end = (at + random.below(64)).min(bytes.len());
        match random.below(6) {
            0 => bytes[at..end].iter_mut().for_each(|byte| *byte ^= 1 << (end % 8)),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            3 if random.below(8) == 0 => bytes.truncate(at.max(1)),
            _ => drop(bytes.splice(at..at, ODD[random.below(ODD.len())].iter().copied())),
        }
        if bytes.is_empty() {
            bytes.push(b'x');
        }
    }
    bytes
}

/// Rounds of damage for each file; `TIP_READER_ROUNDS` asks for more.
fn rounds(usual: usize) -> usize {
    std::env::var("TIP_READER_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(usual)
}

/// The first number of a row; `TIP_READER_SEED` asks for another row.
fn seed(usual: u64) -> u64 {
    usual ^ std::env::var("TIP_READER_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(0)
}

#[test]
fn damaged_texts_pages_and_books_never_panic() {
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/report.txt");
    let names = [
        "notes.md",
        "pandoc.html",
        "browser.html",
        "chromium.mhtml",
        "old-site.html",
        "word.html",
        "libreoffice.html",
        "pandoc.epub",
        "pandoc-2.epub",
        "libreoffice.epub",
    ];
    for path in names.map(golden).into_iter().chain([bundled]) {
        let whole = fs::read(&path).expect("a file");
        let mut random = Random(seed(0x2021 + whole.len() as u64));
        for _ in 0..rounds(150) {
            let bytes = damaged(&whole, &mut random);
            let Ok(document) = import::read_bytes(&path, &bytes, None, &mut |_, _| {}) else { continue };
            let Ok(imported) = import::assemble::report(vec![document], "name", &Metadata::default()) else { continue };
            let text = snapshot::write(&imported.report).expect("writable");
            assert_eq!(snapshot::parse(&text).expect("a sound snapshot"), imported.report);
        }
    }
}

#[test]
fn damaged_snapshots_never_panic() {
    let whole = include_bytes!("../../assets/report.ron");
    let mut random = Random(seed(0x2022));
    for _ in 0..rounds(500) {
        let bytes = damaged(whole, &mut random);
        let Ok(report) = snapshot::parse(&String::from_utf8_lossy(&bytes)) else { continue };
        for format in [Format::Text, Format::Markdown, Format::Html, Format::Json] {
            export::write(format, &report, &export::parts(&report, &[]), Some(40));
        }
    }
}

/// The library panics on some of these; what counts is that its panics are caught and that ours
/// do not happen: a child that panics ends with status 101.
#[test]
fn damaged_pdfs_end_well() {
    let folder = folder();
    let file = folder.path().join("damaged.pdf");
    for name in ["latex.pdf", "two-column.pdf", "chromium.pdf", "weasyprint.pdf"] {
        let whole = fs::read(golden(name)).expect("a PDF");
        let mut random = Random(seed(0x2023 + whole.len() as u64));
        for round in 0..rounds(15) {
            fs::write(&file, damaged(&whole, &mut random)).expect("a file");
            let mut command = Command::new(env!("CARGO_BIN_EXE_tip-reader"));
            let output = command.arg("import-worker").arg(&file).stdin(Stdio::null()).output().expect("run");
            if output.status.code() == Some(101) {
                let kept = std::env::temp_dir().join(format!("tip-reader-{name}-{round}"));
                fs::copy(&file, &kept).expect("kept");
                panic!("{} makes the importer panic", kept.display());
            }
        }
    }
}
