//! Other people's files become reports: whole, in order, without what is not text, and never at
//! the price of a panic, an endless wait or a file that was there before.
#![allow(clippy::expect_used, clippy::panic, clippy::string_slice, reason = "a test that cannot go on says why")]

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use proptest::prelude::*;
use tempfile::TempDir;
use tip_reader::{
    export::{self, Format},
    import::{self, Metadata, html, markdown},
    report::{Block, BlockKind, FORMAT, Report, Section, Span, SpanStyle, snapshot},
};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");

fn golden(name: &str) -> PathBuf {
    Path::new(GOLDEN).join(name)
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn import(inputs: &[&Path], more: &[&str]) -> Output {
    let home = folder();
    let mut command = Command::new(env!("CARGO_BIN_EXE_tip-reader"));
    command.arg("import").args(inputs).args(["-o", "-"]).args(more).env("TIP_READER_HOME", home.path());
    command.stdin(Stdio::null()).output().expect("run")
}

/// Imports what must be importable; the report and what was said.
fn good(inputs: &[&Path], more: &[&str]) -> (Report, String) {
    let output = import(inputs, more);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{inputs:?}: {told}");
    (snapshot::parse(&String::from_utf8(output.stdout).expect("UTF-8")).expect("a snapshot"), told)
}

/// Imports a text under a file name.
fn imported(name: &str, text: impl AsRef<[u8]>) -> (Report, String) {
    let folder = folder();
    let file = folder.path().join(name);
    fs::write(&file, text).expect("a file");
    good(&[&file], &[])
}

/// Imports what must be refused, within the time; the one line.
fn refused(name: &str, bytes: &[u8]) -> String {
    let folder = folder();
    let file = folder.path().join(name);
    fs::write(&file, bytes).expect("a file");
    let before = Instant::now();
    let output = import(&[&file], &[]);
    let line = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(before.elapsed() < Duration::from_secs(20), "{name}: {:?}", before.elapsed());
    assert_eq!(output.status.code(), Some(2), "{name}: {line}");
    assert!(output.stdout.is_empty() && line.lines().count() == 1 && line.starts_with("tip-reader: could not import"), "{name}: {line}");
    line
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The reference document: titles of its sections with their words.
fn reference(name: &str) -> Vec<(String, Vec<String>)> {
    let text = fs::read_to_string(golden(name)).expect("the reference");
    let mut sections: Vec<(String, Vec<String>)> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("# ") {
            Some(title) => sections.push((title.to_owned(), Vec::new())),
            None => sections.last_mut().expect("a title").1.extend(words(line)),
        }
    }
    sections
}

/// Length of the longest common subsequence: words that arrived in order.
fn in_order(expected: &[String], found: &[String]) -> usize {
    let mut row = vec![0; found.len() + 1];
    for word in expected {
        let mut diagonal = 0;
        for (index, other) in found.iter().enumerate() {
            let above = row[index + 1];
            row[index + 1] = if word == other { diagonal + 1 } else { above.max(row[index]) };
            diagonal = above;
        }
    }
    row[found.len()]
}

/// Shares of the reference's words that arrived in order under their section, and of what
/// arrived that is not the reference's.
fn measure(report: &Report, name: &str) -> (f64, f64) {
    let (mut wanted, mut arrived, mut all) = (0, 0, 0);
    for section in &report.sections {
        all += section.blocks.iter().map(|block| words(&block.text).len()).sum::<usize>();
    }
    for (title, expected) in reference(name) {
        wanted += expected.len();
        let Some(section) = report.sections.iter().find(|section| section.title == title) else { continue };
        let found: Vec<String> = section.blocks.iter().flat_map(|block| words(&block.text)).collect();
        arrived += in_order(&expected, &found);
    }
    (arrived as f64 / wanted as f64, (all - arrived) as f64 / all as f64)
}

#[test]
fn the_reference_arrives_whole_and_alone_from_every_tool() {
    let mut told = Vec::new();
    for (name, least) in [
        ("notes.md", 0.995),
        ("pandoc.html", 0.995),
        ("browser.html", 0.995),
        ("old-site.html", 0.995),
        ("word.html", 0.995),
        ("libreoffice.html", 0.995),
        ("pandoc.epub", 0.995),
        ("pandoc-2.epub", 0.995),
    ] {
        let (report, _) = good(&[&golden(name)], &[]);
        let (arrived, furniture) = measure(&report, "reference.txt");
        told.push(format!("{name}: {:.2} % arrived, {:.2} % furniture", arrived * 100.0, furniture * 100.0));
        assert!(arrived >= least && furniture <= 0.005, "{}", told.join("\n"));
        let levels: Vec<u8> = report.sections.iter().map(|section| section.level).collect();
        assert_eq!(levels, [1, 2, 3, 2, 2], "{name}");
        assert_eq!(report.title, "Field Notes on River Crossings", "{name}");
    }
    println!("{}", told.join("\n"));
}

#[test]
fn the_text_of_a_pdf_arrives_from_every_tool() {
    let mut told = Vec::new();
    for name in ["latex.pdf", "latex-two-column.pdf", "two-column.pdf", "chromium.pdf", "weasyprint.pdf"] {
        let (report, _) = good(&[&golden(name)], &[]);
        let (arrived, furniture) = measure(&report, "reference-tip.txt");
        told.push(format!("{name}: {:.2} % arrived, {:.2} % furniture", arrived * 100.0, furniture * 100.0));
        assert!(arrived >= 0.98 && furniture <= 0.005 + (1.0 - arrived), "{}", told.join("\n"));
        let titles: Vec<&str> = report.sections.iter().map(|section| section.title.as_str()).collect();
        assert_eq!(
            titles,
            ["2021 Trafficking in Persons Report", "Message From the Secretary of State", "Message From the Acting Director"],
            "{name}"
        );
        assert_eq!(report.sections[1].blocks[0].kind, BlockKind::Salutation, "{name}");
    }
    println!("{}", told.join("\n"));
}

#[test]
fn what_cannot_be_read_of_a_pdf_is_said() {
    let bytes = |name: &str| fs::read(golden(name)).expect("a PDF");
    assert!(refused("scanned.pdf", &bytes("scanned.pdf")).contains("pictures of pages and no text"));
    assert!(refused("locked.pdf", &bytes("locked.pdf")).contains("it is locked"));
    let whole = bytes("latex.pdf");
    for part in [10, 1000, whole.len() / 2] {
        assert!(refused("cut.pdf", &whole[..part]).contains("could not import"));
    }
    let (report, _) = good(&[&golden("open-password.pdf")], &[]);
    assert!(report.sections.iter().any(|section| section.title == "2021 Trafficking in Persons Report"));
    let (_, told) = good(&[&golden("chromium.pdf")], &["--verbose"]);
    assert!(told.contains("left out page 1 (running footer)") && told.contains("unsure: It has no outline"), "{told}");
}

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
    let names =
        ["notes.md", "pandoc.html", "browser.html", "old-site.html", "word.html", "libreoffice.html", "pandoc.epub", "pandoc-2.epub"];
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
    let whole = include_bytes!("../assets/report.ron");
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

#[test]
fn what_is_not_text_is_left_out_and_said() {
    let (report, told) = good(&[&golden("browser.html")], &[]);
    assert_eq!((report.author.as_str(), report.published.as_deref()), ("Ada Example", Some("2021-07-01")));
    assert_eq!(report.source, "https://example.org/reports/field-notes/");
    assert!(told.contains("left out") && told.contains("cookie note") && told.contains("`--verbose` shows them"), "{told}");
    let (_, told) = good(&[&golden("browser.html")], &["--verbose"]);
    assert!(
        told.contains("left out (cookie note): We use cookies") && told.contains("(comments of the web page): 2 thoughts on"),
        "{told}"
    );
}

#[test]
fn kinds_and_spans_are_kept() {
    let (report, _) = good(&[&golden("browser.html")], &[]);
    use BlockKind::{ListItem, Paragraph, Preformatted, Quote};
    let kinds = |section: usize| report.sections[section].blocks.iter().map(|block| block.kind).collect::<Vec<_>>();
    assert_eq!(kinds(1), [Paragraph, ListItem, ListItem, ListItem, Paragraph, ListItem, ListItem, ListItem, Quote]);
    assert_eq!(kinds(3), [Paragraph, ListItem, ListItem, ListItem, Paragraph, Preformatted]);
    assert_eq!(report.sections[3].blocks[1].text, "Season: Spring; Crossings: 112; Depth in cm: 85; Turned back: 17");
    let block = &report.sections[0].blocks[1];
    let spans: Vec<(&str, &SpanStyle)> = block.spans.iter().map(|span| (&block.text[span.start..span.end], &span.style)).collect();
    let link = SpanStyle::Link("https://example.org/survey".into());
    assert_eq!(spans, [("method", &SpanStyle::Emphasis), ("tables", &SpanStyle::Strong), ("the survey’s home", &link)]);
}

#[test]
fn several_files_or_a_folder_become_one_report_in_order() {
    let folder = folder();
    let pages = folder.path().join("Countries");
    fs::create_dir_all(pages.join("page-2_files")).expect("a folder");
    for (name, title) in [("page-10.html", "Chad"), ("page-2.html", "Angola"), ("page-1.html", "Albania")] {
        fs::write(
            pages.join(name),
            format!("<title>{title}</title><nav>Menu</nav><h1>{title}</h1><p>Text of {title}.</p><h2>Prosecution</h2><p>More.</p>"),
        )
        .expect("a page");
    }
    fs::write(pages.join("page-2_files/frame.html"), "<p>An advertisement.</p>").expect("a page");
    fs::write(pages.join("annex.md"), "Text without a title.\n").expect("a file");
    fs::write(pages.join("picture.png"), "none").expect("a file");
    let (report, told) = good(&[&pages], &[]);
    let outline: Vec<(u8, &str, &str)> = report.sections.iter().map(|s| (s.level, s.title.as_str(), s.id.as_str())).collect();
    assert_eq!(
        outline,
        [
            (1, "annex", "annex"),
            (1, "Albania", "albania"),
            (2, "Prosecution", "prosecution"),
            (1, "Angola", "angola"),
            (2, "Prosecution", "prosecution-2"),
            (1, "Chad", "chad"),
            (2, "Prosecution", "prosecution-3"),
        ]
    );
    assert_eq!(report.title, "Countries");
    assert!(told.contains("left out 3 pieces (3 menu of the web page)"), "{told}");
    let (one, two) = (pages.join("page-10.html"), pages.join("page-1.html"));
    let (report, _) = good(&[&one, &two, &one], &["--title", "Two Countries"]);
    let titles: Vec<&str> = report.sections.iter().map(|section| section.title.as_str()).collect();
    assert_eq!((report.id.as_str(), titles), ("two-countries", vec!["Chad", "Prosecution", "Albania", "Prosecution"]));
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    for name in ["browser.html", "notes.md", "word.html"] {
        assert_eq!(import(&[&golden(name)], &[]).stdout, import(&[&golden(name)], &[]).stdout, "{name}");
    }
}

#[test]
fn standard_input_is_told_by_its_words_or_by_the_option() {
    for (text, more, sections) in [
        ("# One\n\nText.\n\n## and two\n\nText.\n", &[][..], 2),
        ("# One\n\nText.\n\n## and two\n\nText.\n", &["--format", "text"], 1),
        ("<h1>One</h1><p>Text.<h2>Two</h2><p>Text.", &[], 2),
        ("One\n\nText.\n", &[], 1),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tip-reader"));
        command.args(["import", "-", "-o", "-"]).args(more).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("run");
        child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("written");
        let output = child.wait_with_output().expect("an end");
        let report = snapshot::parse(&String::from_utf8_lossy(&output.stdout)).expect("a snapshot");
        assert_eq!(report.sections.len(), sections, "{text}");
    }
}

#[test]
fn every_encoding_gives_the_same_text() {
    let text = "Café au lait\n\nThe year’s résumé – “naïve” in every encoding.\n";
    let (expected, told) = imported("a.txt", text);
    assert!(!told.contains("unsure"), "{told}");
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (old, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    for (bytes, is_sure) in [
        ([&b"\xef\xbb\xbf"[..], text.as_bytes()].concat(), true),
        ([&b"\xff\xfe"[..], &wide].concat(), true),
        (wide.clone(), false),
        (old.to_vec(), false),
    ] {
        let (report, told) = imported("a.txt", bytes);
        assert_eq!(report.sections, expected.sections);
        assert_eq!(told.contains("unsure:"), !is_sure, "{told}");
    }
    let (report, told) = imported("a.html", [&b"<meta charset=windows-1252><p>"[..], &old].concat());
    assert!(report.sections[0].blocks[0].text.contains("résumé – “naïve”") && !told.contains("unsure"), "{told}");
}

#[test]
fn hostile_texts_are_refused_in_one_line_within_the_time() {
    assert!(refused("deep.html", "<div>".repeat(1_000_000).as_bytes()).contains("nests more than 512 levels"));
    assert!(refused("deep.md", format!("<div>{}", "<b>".repeat(100_000)).as_bytes()).contains("nests more than 512 levels"));
    assert!(refused("empty.html", b"<title>x</title><nav>menu</nav>").contains("it holds no text"));
    assert!(refused("zero.txt", b"a\0b\0c d").contains("it holds zero bytes"));
    assert!(refused("huge.txt", &vec![b'x'; 64 * 1024 * 1024 + 1]).contains("more than 64 MiB"));
}

/// A ZIP archive of names and texts.
fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

const CONTAINER: (&str, &[u8]) = (
    "META-INF/container.xml",
    b"<?xml version='1.0'?><container><rootfiles><rootfile full-path='OPS/book.opf' media-type='x'/></rootfiles></container>",
);

/// The package of a book with these chapters, which are `c1.xhtml`, `c2.xhtml`, ...
fn package(chapters: usize) -> String {
    let items: String = (1..=chapters).map(|n| format!("<item id='c{n}' href='c{n}.xhtml' media-type='application/xhtml+xml'/>")).collect();
    let spine: String = (1..=chapters).map(|n| format!("<itemref idref='c{n}'/>")).collect();
    format!(
        "<?xml version='1.0'?><package xmlns:dc='x'><metadata><dc:title>A &amp; B</dc:title><dc:creator>Ada</dc:creator><dc:date>2021-07-01T00:00:00Z</dc:date><dc:language>fr</dc:language></metadata><manifest><item id='n' href='toc.ncx' media-type='application/x-dtbncx+xml'/>{items}</manifest><spine toc='n'>{spine}</spine></package>"
    )
}

#[test]
fn chapters_without_titles_stand_under_those_of_the_table_of_contents() {
    let ncx = "<?xml version='1.0'?><ncx><navMap><navPoint><navLabel><text>Part One</text></navLabel><content src='c1.xhtml'/><navPoint><navLabel><text>Albania</text></navLabel><content src='c2.xhtml#top'/></navPoint></navPoint></navMap></ncx>";
    let chapter = |text: &str| {
        format!(
            "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='x'/></head><body>{text}</body></html>"
        )
    };
    let (one, two, three) = (
        chapter("<p>First.</p>"),
        chapter("<p><a id='top'/>Second<span epub:type='pagebreak'>7</span>.</p><h1>Detail</h1><p>More.</p>"),
        chapter("<p>It goes on.</p>"),
    );
    let book = package(3);
    let entries = [
        CONTAINER,
        ("OPS/book.opf", book.as_bytes()),
        ("OPS/toc.ncx", ncx.as_bytes()),
        ("OPS/c1.xhtml", one.as_bytes()),
        ("OPS/c2.xhtml", two.as_bytes()),
        ("OPS/c3.xhtml", three.as_bytes()),
    ];
    let (report, _) = imported("book.epub", archive(&entries));
    assert_eq!(
        (report.title.as_str(), report.author.as_str(), report.published.as_deref(), report.language.as_str()),
        ("A & B", "Ada", Some("2021-07-01"), "fr")
    );
    let outline: Vec<(u8, &str, usize)> = report.sections.iter().map(|s| (s.level, s.title.as_str(), s.blocks.len())).collect();
    assert_eq!(outline, [(1, "Part One", 1), (2, "Albania", 1), (3, "Detail", 2)]);
    assert_eq!(report.sections[1].blocks[0].text, "Second.");
}

#[test]
fn hostile_books_are_refused_in_one_line_within_the_time() {
    let book = package(1);
    let start = [CONTAINER, ("OPS/book.opf", book.as_bytes())];
    let zeros = vec![b' '; 65 * 1024 * 1024];
    assert!(refused("bomb.epub", &archive(&[&start[..], &[("OPS/c1.xhtml", &zeros)]].concat())).contains("unpacks to far more"));
    let half = vec![b' '; 60 * 1024 * 1024];
    let many = package(10);
    let names: Vec<String> = (1..=10).map(|n| format!("OPS/c{n}.xhtml")).collect();
    let chapters: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), half.as_slice())).collect();
    assert!(
        refused("bombs.epub", &archive(&[&[CONTAINER, ("OPS/book.opf", many.as_bytes())][..], &chapters].concat())).contains(" more than ")
    );
    let deep = "<div>".repeat(1_000_000);
    assert!(refused("deep.epub", &archive(&[&start[..], &[("OPS/c1.xhtml", deep.as_bytes())]].concat())).contains("nests more than 512"));
    let lock = b"<encryption><EncryptedData><CipherData><CipherReference URI='OPS/c1.xhtml'/></CipherData></EncryptedData></encryption>";
    let locked = archive(&[&start[..], &[("META-INF/encryption.xml", &lock[..]), ("OPS/c1.xhtml", b"\x8f\x01")]].concat());
    assert!(refused("locked.epub", &locked).contains("it is locked"));
    let outside = package(1).replace("c1.xhtml", "../../../../etc/passwd");
    assert!(refused("outside.epub", &archive(&[CONTAINER, ("OPS/book.opf", outside.as_bytes())])).contains("it holds no text"));
    assert!(refused("word.docx", &archive(&[("word/document.xml", b"<x/>")])).contains("it is a Word document"));
    assert!(refused("other.zip", &archive(&[("a.txt", b"text")])).contains("a ZIP archive and no EPUB"));
    let whole = fs::read(golden("pandoc.epub")).expect("a book");
    assert!(refused("cut.epub", &whole[..whole.len() / 2]).contains("cut off"));
    let names: Vec<String> = (0..20_001).map(|n| format!("f{n}")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert!(refused("many.epub", &archive(&entries)).contains("more than 20,000 entries"));
}

#[test]
fn odd_texts_are_read() {
    let attributes: String = (0..20_000).map(|number| format!(" a{number}=x")).collect();
    let (report, _) = imported("wide.html", format!("<h1>T</h1><p{attributes}>Text."));
    assert_eq!(report.sections[0].blocks[0].text, "Text.");
    let (report, _) = imported("laughs.html", "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><h1>T</h1><p>Say &b;");
    let last = report.sections.last().and_then(|section| section.blocks.last()).expect("a block");
    assert!(last.text.ends_with("Say &b;"), "{}", last.text);
    let (report, _) = imported("quotes.md", format!("{} deep", ">".repeat(2_000)));
    assert_eq!(report.sections[0].blocks[0].text, "deep");
    let (report, _) = imported("line.txt", "word ".repeat(2_000_000));
    assert_eq!(report.sections[0].blocks[0].text.len(), 9_999_999);
}

#[test]
fn endless_standard_input_ends() {
    let zeros = fs::File::open("/dev/zero").expect("zeros");
    let mut command = Command::new(env!("CARGO_BIN_EXE_tip-reader"));
    let output = command.args(["import", "-", "-o", "-"]).stdin(zeros).output().expect("run");
    assert!(String::from_utf8_lossy(&output.stderr).contains("more than 64 MiB"));
}

fn sections_of(document: import::document::Document) -> Vec<Section> {
    import::assemble::report(vec![document], "name", &Metadata::default()).expect("importable").report.sections
}

fn without_spans(sections: &[Section]) -> Vec<Section> {
    let mut sections = sections.to_vec();
    sections.iter_mut().flat_map(|section| &mut section.blocks).for_each(|block| block.spans.clear());
    sections
}

/// What `print` writes, `import` reads back.
fn round_trip(report: &Report) {
    let parts = export::parts(report, &[]);
    let page = export::write(Format::Html, report, &parts, None);
    let read = sections_of(html::read(&page, html::Taken::Saved).expect("readable"));
    assert_eq!(read, report.sections, "{page}");
    let text = export::write(Format::Markdown, report, &parts, None);
    let read = sections_of(markdown::read(&text).expect("readable"));
    assert_eq!(without_spans(&read), without_spans(&report.sections), "{text}");
}

#[test]
fn the_bundled_report_comes_back_from_markdown_and_html() {
    round_trip(&snapshot::bundled());
    let (golden, _) = good(&[&golden("notes.md")], &[]);
    round_trip(&golden);
}

fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[a-zA-Z’é]{1,8}",
        2 => "[!-~]{1,6}",
        1 => prop::sample::select(vec!["1.", "2)", "-", "+", "#", "##", ">", "---", "```", "~~~", "***", "_x_", "[a](b)", "![i](x)", "<b>", "</b>", "<!--", "-->", "&amp;", "\\", "|", "a|b", "{#id}", "[^1]", "[ ]", ":", "http://a.b/c", "人権", "“q”", "=", "==="]).prop_map(str::to_owned),
    ];
    prop::collection::vec((word, prop::bool::weighted(0.1)), 1..8).prop_map(|words| {
        let mut text = String::new();
        for (word, is_line) in words {
            if !text.is_empty() {
                text.push(if is_line { '\n' } else { ' ' });
            }
            text.push_str(&word);
        }
        text
    })
}

fn any_block() -> impl Strategy<Value = Block> {
    use BlockKind::{Caption, Heading, ListItem, Notice, Paragraph, Preformatted, Quote, Salutation, Signature};
    let kind = prop::sample::select(vec![Paragraph, Heading, Quote, ListItem, Caption, Salutation, Signature, Notice, Preformatted]);
    let style = prop::sample::select(vec![SpanStyle::Emphasis, SpanStyle::Strong, SpanStyle::Link("https://a.b/c?d&e=(f)".into())]);
    (kind, any_text(), prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), style), 0..4)).prop_map(
        |(kind, text, styles)| {
            let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let mut spans = Vec::new();
            for (one, other, style) in styles {
                let (one, other) = (*one.get(&edges), *other.get(&edges));
                spans.push(Span { start: one.min(other), end: one.max(other), style });
            }
            Block { kind, text, spans }
        },
    )
}

fn any_report() -> impl Strategy<Value = Report> {
    let title = any_text().prop_map(|text| text.replace('\n', " "));
    let section = (title, 1u8..=6, prop::collection::vec(any_block(), 0..5));
    prop::collection::vec(section, 1..5).prop_map(|sections| {
        let mut all = Vec::new();
        for (index, (title, level, blocks)) in sections.into_iter().enumerate() {
            all.push(Section { id: format!("section-{index}"), title, level, blocks });
        }
        all[0].blocks.push(Block { kind: BlockKind::Paragraph, text: "An end.".into(), spans: Vec::new() });
        Report {
            format: FORMAT,
            id: "generated".into(),
            title: "Generated".into(),
            author: "Nobody".into(),
            published: None,
            source: "nowhere".into(),
            language: "en".into(),
            sections: all,
        }
    })
}

proptest! {
    #[test]
    fn every_report_comes_back_from_markdown_and_html(report in any_report()) {
        let parts = export::parts(&report, &[]);
        let page = export::write(Format::Html, &report, &parts, None);
        let read = sections_of(html::read(&page, html::Taken::Saved).expect("readable"));
        prop_assert_eq!(without_spans(&read), without_spans(&report.sections), "{}", page);
        let text = export::write(Format::Markdown, &report, &parts, None);
        let read = sections_of(markdown::read(&text).expect("readable"));
        prop_assert_eq!(without_spans(&read), without_spans(&report.sections), "{}", text);
    }
}
