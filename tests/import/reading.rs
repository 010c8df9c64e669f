//! What arrives, what is left out, and how formats are recognised.

use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

use tip_reader::report::{BlockKind, SpanStyle, snapshot};

use crate::{folder, golden, good, import, imported};

#[test]
fn what_is_not_text_is_left_out_and_said() {
    let (report, told) = good(&[&golden("browser.html")], &[]);
    assert_eq!(
        (report.author.as_str(), report.published.as_deref()),
        ("Ada Example", Some("2021-07-01"))
    );
    assert_eq!(report.source, "https://example.org/reports/field-notes/");
    assert!(
        told.contains("left out")
            && told.contains("cookie note")
            && told.contains("`--verbose` lists them"),
        "{told}"
    );
    let (_, told) = good(&[&golden("browser.html")], &["--verbose"]);
    assert!(
        told.contains("left out (cookie note): We use cookies")
            && told.contains("(comments of the web page): 2 thoughts on"),
        "{told}"
    );
}

#[test]
fn a_page_saved_as_one_file_is_read_without_its_frames() {
    let (report, told) = good(&[&golden("chromium.mhtml")], &["--verbose"]);
    assert_eq!(
        (report.author.as_str(), report.source.as_str()),
        ("Ada Example", "https://example.org/reports/field-notes/")
    );
    assert!(
        told.contains("left out (frame of the web page): http://example.org/frame.html"),
        "{told}"
    );
    assert!(
        told.contains("(cookie note): We use cookies") && !told.contains("unsure"),
        "{told}"
    );
    let (page, _) = good(&[&golden("browser.html")], &[]);
    assert_eq!(report.sections, page.sections);
    let whole = fs::read_to_string(golden("chromium.mhtml")).expect("a page");
    let (unnamed, _) = imported(
        "page",
        whole.replace(
            "<p>Each",
            "<p>See <a href=3D\"cid:x@y\">the figure</a>.</p><p>Each",
        ),
    );
    let last = unnamed
        .sections
        .iter()
        .flat_map(|section| &section.blocks)
        .find(|block| block.text == "See the figure.");
    assert_eq!(last.map(|block| block.spans.len()), Some(0));
}

#[test]
fn kinds_and_spans_arrive() {
    let (report, _) = good(&[&golden("browser.html")], &[]);
    use BlockKind::{ListItem, Paragraph, Preformatted, Quote};
    let kinds = |section: usize| {
        report.sections[section]
            .blocks
            .iter()
            .map(|block| block.kind)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        kinds(1),
        [
            Paragraph, ListItem, ListItem, ListItem, Paragraph, ListItem, ListItem, ListItem, Quote
        ]
    );
    assert_eq!(
        kinds(3),
        [
            Paragraph,
            ListItem,
            ListItem,
            ListItem,
            Paragraph,
            Preformatted
        ]
    );
    assert_eq!(
        report.sections[3].blocks[1].text,
        "Season: Spring; Crossings: 112; Depth in cm: 85; Turned back: 17"
    );
    let block = &report.sections[0].blocks[1];
    let spans: Vec<(&str, &SpanStyle)> = block
        .spans
        .iter()
        .map(|span| (&block.text[span.start..span.end], &span.style))
        .collect();
    let link = SpanStyle::Link("https://example.org/survey".into());
    assert_eq!(
        spans,
        [
            ("method", &SpanStyle::Emphasis),
            ("tables", &SpanStyle::Strong),
            ("the survey’s home", &link)
        ]
    );
}

#[test]
fn the_style_sheet_of_a_page_gives_its_emphasis() {
    let page = "<html><head><style>.c1{font-weight:700} .c2{font-style:italic}</style></head><body><h1>A</h1>\
        <p>Some <span class='c1'>strong</span> and <span class='c2 x'>other</span> words.</p>\
        <table><tr><td><p class='c1'>Place</p></td><td><p class='c1'>Depth</p></td></tr><tr><td>North</td><td>12</td></tr></table></body></html>";
    let (report, _) = imported("a.html", page);
    let [text, row] = report.sections[0].blocks.as_slice() else {
        panic!("{:?}", report.sections)
    };
    let spans: Vec<(&str, &SpanStyle)> = text
        .spans
        .iter()
        .map(|span| (&text.text[span.start..span.end], &span.style))
        .collect();
    assert_eq!(
        spans,
        [
            ("strong", &SpanStyle::Strong),
            ("other", &SpanStyle::Emphasis)
        ]
    );
    assert_eq!(row.text, "Place: North; Depth: 12");
}

#[test]
fn the_marks_that_libreoffice_writes_out_are_those_of_the_list() {
    let mark = |kind: &str, sign: &str| {
        format!("<span class='{kind}_20_Symbols' style='display:block'>{sign}</span>")
    };
    let page = format!(
        "<html><body><h1>A</h1><p class='Title'>B</p><ol><li><p>{}One</p><ol><li><p>{}Sub</p></li></ol></li></ol><ul><li><p>{}Two</p></li></ul>\
        <p>Text<span class='Footnote_20_anchor'><a href='#f1'>1</a></span>.</p><p class='Quotations'>Said.</p>\
        <p class='Footnote'><span class='footnodeNumber'><a class='Footnote_20_Symbol' id='f1' href='#b'>1</a></span>A note.</p></body></html>",
        mark("Numbering", "3."),
        mark("Numbering", "a)"),
        mark("Bullet", "•.")
    );
    let (report, _) = imported("a.html", page);
    let blocks = &report.sections.last().expect("a section").blocks;
    let told: Vec<(u8, &str)> = blocks
        .iter()
        .map(|block| (block.depth, block.text.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (0, "3. One"),
            (1, "a) Sub"),
            (0, "Two"),
            (0, "Text[1]."),
            (0, "Said."),
            (0, "[1] A note.")
        ]
    );
    let (alone, _) = imported(
        "a.html",
        format!(
            "<h1>A</h1><p>{}Words of no list</p>",
            mark("Numbering", "3.")
        ),
    );
    assert_eq!(alone.sections[0].blocks[0].text, "3.Words of no list");
    assert_eq!(
        (report.sections.len(), blocks[4].kind, blocks[5].kind),
        (2, BlockKind::Quote, BlockKind::ListItem)
    );
    assert_eq!(blocks[3].spans[0].style, SpanStyle::Link("#b:6".into()));
}

#[test]
fn several_files_or_a_folder_become_one_report_in_order() {
    let folder = folder();
    let pages = folder.path().join("Countries");
    fs::create_dir_all(pages.join("page-2_files")).expect("a folder");
    for (name, title) in [
        ("page-10.html", "Chad"),
        ("page-2.html", "Angola"),
        ("page-1.html", "Albania"),
    ] {
        fs::write(
            pages.join(name),
            format!("<title>{title}</title><nav>Menu</nav><h1>{title}</h1><p>Text of {title}.</p><h2>Prosecution</h2><p>More.</p>"),
        )
        .expect("a page");
    }
    fs::write(
        pages.join("page-2_files/frame.html"),
        "<p>An advertisement.</p>",
    )
    .expect("a page");
    fs::write(pages.join("annex.md"), "Text without a title.\n").expect("a file");
    fs::write(pages.join("picture.png"), "none").expect("a file");
    let (report, told) = good(&[&pages], &[]);
    let outline: Vec<(u8, &str, &str)> = report
        .sections
        .iter()
        .map(|s| (s.level, s.title.as_str(), s.id.as_str()))
        .collect();
    assert_eq!(
        outline,
        [
            (1, "annex", "annex"),
            (1, "Albania", "albania"),
            (2, "Prosecution", "albania/prosecution"),
            (1, "Angola", "angola"),
            (2, "Prosecution", "angola/prosecution"),
            (1, "Chad", "chad"),
            (2, "Prosecution", "chad/prosecution"),
        ]
    );
    assert_eq!(report.title, "Countries");
    assert!(
        told.contains("left out 3 pieces, 3 words (3 menu of the web page)"),
        "{told}"
    );
    let (one, two) = (pages.join("page-10.html"), pages.join("page-1.html"));
    let (report, _) = good(&[&one, &two, &one], &["--title", "Two Countries"]);
    let titles: Vec<&str> = report
        .sections
        .iter()
        .map(|section| section.title.as_str())
        .collect();
    assert_eq!(
        (report.id.as_str(), titles),
        (
            "two-countries",
            vec!["Chad", "Prosecution", "Albania", "Prosecution"]
        )
    );
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    let names = [
        "browser.html",
        "chromium.mhtml",
        "notes.md",
        "word.html",
        "pandoc.epub",
        "libreoffice.epub",
        "latex.pdf",
        "table.pdf",
    ];
    for name in names {
        assert_eq!(
            import(&[&golden(name)], &[]).stdout,
            import(&[&golden(name)], &[]).stdout,
            "{name}"
        );
    }
}

#[test]
fn the_format_of_standard_input_is_seen_by_its_words_or_given_by_the_option() {
    for (text, more, sections) in [
        ("# One\n\nText.\n\n## and two\n\nText.\n", &[][..], 2),
        (
            "# One\n\nText.\n\n## and two\n\nText.\n",
            &["--format", "text"],
            1,
        ),
        ("<h1>One</h1><p>Text.<h2>Two</h2><p>Text.", &[], 2),
        ("One\n\nText.\n", &[], 1),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tip-reader"));
        command
            .args(["import", "-", "-o", "-"])
            .args(more)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("run");
        child
            .stdin
            .take()
            .expect("a pipe")
            .write_all(text.as_bytes())
            .expect("written");
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
        (
            text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            false,
        ),
        (old.to_vec(), false),
    ] {
        let (report, told) = imported("a.txt", bytes);
        assert_eq!(report.sections, expected.sections);
        assert_eq!(told.contains("unsure:"), !is_sure, "{told}");
    }
    let (report, told) = imported(
        "a.html",
        [&b"<meta charset=windows-1252><p>"[..], &old].concat(),
    );
    assert!(
        report.sections[0].blocks[0]
            .text
            .contains("résumé – “naïve”")
            && !told.contains("unsure"),
        "{told}"
    );
}

#[test]
fn what_a_page_says_of_its_encoding_is_believed_only_where_it_can_be_true() {
    let (report, told) = imported("a.html", b"<meta charset=utf-16><p>Good \xff text.");
    assert_eq!(report.sections[0].blocks[0].text, "Good \u{fffd} text.");
    assert!(
        told.contains("invalid in the declared encoding UTF-8"),
        "{told}"
    );
    let (report, told) = imported(
        "a.txt",
        b"The words charset=koi8-r in a text say nothing of its na\xefve caf\xe9.\n",
    );
    assert!(
        report.sections[0].blocks[0]
            .text
            .ends_with("its naïve café."),
        "{told}"
    );
}

#[test]
fn odd_texts_are_read() {
    let attributes: String = (0..20_000).map(|number| format!(" a{number}=x")).collect();
    let (report, _) = imported("wide.html", format!("<h1>T</h1><p{attributes}>Text."));
    assert_eq!(report.sections[0].blocks[0].text, "Text.");
    let (report, _) = imported(
        "laughs.html",
        "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><h1>T</h1><p>Say &b;",
    );
    let last = report
        .sections
        .last()
        .and_then(|section| section.blocks.last())
        .expect("a block");
    assert!(last.text.ends_with("Say &b;"), "{}", last.text);
    let (report, _) = imported("quotes.md", format!("{} deep", ">".repeat(2_000)));
    assert_eq!(report.sections[0].blocks[0].text, "deep");
    let (report, _) = imported("line.txt", "word ".repeat(2_000_000));
    assert_eq!(report.sections[0].blocks[0].text.len(), 9_999_999);
}
