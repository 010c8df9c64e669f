//! EPUB files, made here.

use std::io::Write;

use tip_reader::report::SpanStyle;

use crate::imported;

/// A ZIP archive of names and texts.
pub fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .expect("an entry");
        writer.write_all(bytes).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}

pub const CONTAINER: (&str, &[u8]) = (
    "META-INF/container.xml",
    b"<?xml version='1.0'?><container><rootfiles><rootfile full-path='OPS/book.opf' media-type='x'/></rootfiles></container>",
);

/// The package of a book with these chapters, which are `c1.xhtml`, `c2.xhtml`, ...
pub fn package(chapters: usize) -> String {
    let items: String = (1..=chapters)
        .map(|n| format!("<item id='c{n}' href='c{n}.xhtml' media-type='application/xhtml+xml'/>"))
        .collect();
    let spine: String = (1..=chapters)
        .map(|n| format!("<itemref idref='c{n}'/>"))
        .collect();
    format!(
        "<?xml version='1.0'?><package xmlns:dc='x'><metadata><dc:title>A &amp; B</dc:title><dc:creator>Ada</dc:creator><dc:date>2021-07-01T00:00:00Z</dc:date><dc:language>fr</dc:language></metadata><manifest><item id='n' href='toc.ncx' media-type='application/x-dtbncx+xml'/>{items}</manifest><spine toc='n'>{spine}</spine></package>"
    )
}

#[test]
fn chapters_without_titles_are_below_those_of_the_table_of_contents() {
    let ncx = "<?xml version='1.0'?><ncx><navMap><navPoint><navLabel><text>Part One</text></navLabel><content src='c1.xhtml'/><navPoint><navLabel><text>Albania</text></navLabel><content src='c2.xhtml#top'/></navPoint></navPoint></navMap></ncx>";
    let chapter = |text: &str| {
        format!(
            "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='x'/></head><body>{text}</body></html>"
        )
    };
    let (one, two, three) = (
        chapter("<p>First.</p>"),
        chapter(
            "<p><a id='top'/>Second<span epub:type='pagebreak'>7</span>.</p><h1>Detail</h1><p>More.</p>",
        ),
        chapter(
            "<p>It goes on<a epub:type='noteref' href='#n'>7</a>.</p><figure><img/><figcaption aria-hidden='true'>A caption.</figcaption></figure>",
        ),
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
        (
            report.title.as_str(),
            report.author.as_str(),
            report.published.as_deref(),
            report.language.as_str()
        ),
        ("A & B", "Ada", Some("2021-07-01"), "fr")
    );
    let outline: Vec<(u8, &str, usize)> = report
        .sections
        .iter()
        .map(|s| (s.level, s.title.as_str(), s.blocks.len()))
        .collect();
    assert_eq!(
        outline,
        [(1, "Part One", 1), (2, "Albania", 1), (3, "Detail", 3)]
    );
    assert_eq!(report.sections[1].blocks[0].text, "Second.");
    let last: Vec<&str> = report.sections[2]
        .blocks
        .iter()
        .skip(1)
        .map(|block| block.text.as_str())
        .collect();
    assert_eq!(last, ["It goes on[7].", "A caption."]);
}

#[test]
fn links_between_chapters_lead_to_their_places() {
    let chapter = |text: &str| {
        format!(
            "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>{text}</body></html>"
        )
    };
    let one = chapter(
        "<h1>One</h1><p>See <a href='c2.xhtml#law'>the law</a>, <a href='./c2.xhtml'>two</a> and <a href='gone.xhtml'>what is gone</a>.</p>",
    );
    let two = chapter(
        "<h1>Two</h1><p>Text.</p><div id='law'><p>The law<a epub:type='noteref' href='#n'>1</a>.</p></div><aside id='n'><p>A note.</p></aside>",
    );
    let book = package(2);
    let entries = [
        CONTAINER,
        ("OPS/book.opf", book.as_bytes()),
        ("OPS/c1.xhtml", one.as_bytes()),
        ("OPS/c2.xhtml", two.as_bytes()),
    ];
    let (report, _) = imported("book.epub", archive(&entries));
    let blocks = report.sections.iter().flat_map(|section| &section.blocks);
    let links: Vec<&SpanStyle> = blocks
        .flat_map(|block| block.spans.iter().map(|span| &span.style))
        .collect();
    assert_eq!(
        links,
        ["#two:2", "#two", "#two:3"]
            .map(|target| SpanStyle::Link(target.into()))
            .iter()
            .collect::<Vec<_>>()
    );
}

/// A book of one chapter with this style sheet.
fn styled(css: &str, body: &str) -> tip_reader::report::Report {
    let chapter = format!(
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>{body}</body></html>"
    );
    let book = package(1).replace(
        "<manifest>",
        "<manifest><item id='s' href='s.css' media-type='text/css'/>",
    );
    let entries = [
        CONTAINER,
        ("OPS/book.opf", book.as_bytes()),
        ("OPS/s.css", css.as_bytes()),
        ("OPS/c1.xhtml", chapter.as_bytes()),
    ];
    imported("book.epub", archive(&entries)).0
}

const CSS: &str = "p.t { font-size: 12pt } .big { font-size: 150%; font-weight: bold } .less { font-size: 1.2em; font-weight: 700 } .b { font-weight: bold } .i { font-style: italic }";
const TEXT: &str =
    "<p class='t'>Words of the text that go on for long enough to be most of what stands here.</p>";

#[test]
fn a_paragraph_is_a_heading_by_its_look_alone_where_all_of_it_is_bold_and_larger() {
    let titles = |body: &str| {
        let report = styled(CSS, body);
        report
            .sections
            .iter()
            .map(|section| format!("{} {}", section.level, section.title))
            .collect::<Vec<_>>()
    };
    let heads = format!(
        "<p><span class='big'>One</span></p>{TEXT}<p class='less'>Two <span class='i'>of it</span></p>{TEXT}<p class='big'>Three</p>{TEXT}"
    );
    assert_eq!(titles(&heads), ["1 One", "2 Two of it", "1 Three"]);
    for before in [
        "<blockquote><p class='less'>Said large</p></blockquote>",
        "<ul><li><p class='less'>In a list</p></li></ul>",
    ] {
        assert_eq!(
            titles(&format!("{before}{heads}"))[1..],
            ["1 One", "2 Two of it", "1 Three"],
            "only headings take a level: {before}"
        );
    }
    let long = "long ".repeat(60);
    for other in [
        "<p><span class='big'>One</span> and text</p>",
        "<p><span class='b'>Only bold.</span></p>",
        "<p class='t'><span class='b'>Bold of the size of the text, and so on.</span></p>",
        "<ul><li><p class='big'>In a list</p></li></ul>",
        &format!("<p class='big'>{long}</p>"),
    ] {
        assert_eq!(
            titles(&format!("<p class='big'>One</p>{TEXT}{other}{TEXT}")),
            ["1 One"],
            "{other}"
        );
    }
    assert_eq!(
        titles(&format!(
            "<h1>One</h1>{TEXT}<p class='big'>Large.</p>{TEXT}"
        )),
        ["1 One"],
        "where there are elements for headings"
    );
}

#[test]
fn text_above_the_title_that_the_contents_name_stays_above_it() {
    let ncx = "<?xml version='1.0'?><ncx><navMap><navPoint><navLabel><text>Beta</text></navLabel><content src='c1.xhtml'/></navPoint></navMap></ncx>";
    let chapter = "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body><h1>Alpha</h1><p>Words.</p><h2>Beta</h2><p>Words.</p></body></html>";
    let book = package(1);
    let entries = [
        CONTAINER,
        ("OPS/book.opf", book.as_bytes()),
        ("OPS/toc.ncx", ncx.as_bytes()),
        ("OPS/c1.xhtml", chapter.as_bytes()),
    ];
    let (report, _) = imported("book.epub", archive(&entries));
    let outline: Vec<(u8, &str)> = report
        .sections
        .iter()
        .map(|section| (section.level, section.title.as_str()))
        .collect();
    assert_eq!(outline, [(1, "Alpha"), (2, "Beta")]);
}

#[test]
fn the_mark_of_a_footnote_comes_before_it_and_others_in_it_stay_links() {
    let call = |id: &str, to: &str, text: &str| {
        format!("<sup id='{id}'><a epub:type='noteref' href='#{to}'>{text}</a></sup>")
    };
    let note = |id: &str, text: &str| {
        format!("<aside epub:type='footnote' id='{id}'><p>{text}</p></aside>")
    };
    let body = format!(
        "<h1>One</h1><p>Text{}</p>{}{}",
        call("c1", "n1", "1"),
        note(
            "n1",
            &format!(
                "<sup><a href='#c1'>1</a></sup>See also{} and more.",
                call("c2", "n2", "2")
            )
        ),
        note("n2", "<sup><a href='#c2'>2</a></sup>The other.")
    );
    let report = styled("", &body);
    let blocks: Vec<(&str, usize)> = report.sections[0]
        .blocks
        .iter()
        .map(|block| (block.text.as_str(), block.spans.len()))
        .collect();
    assert_eq!(
        blocks,
        [
            ("Text[1]", 1),
            ("[1] See also[2] and more.", 1),
            ("[2] The other.", 0)
        ]
    );
}

fn chapter(text: &str) -> String {
    format!(
        "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><head><title/></head><body>{text}</body></html>"
    )
}

fn lines(report: &tip_reader::report::Report) -> Vec<String> {
    let mut lines = Vec::new();
    for section in &report.sections {
        lines.push(format!("{} {}", section.level, section.title));
        lines.extend(section.blocks.iter().map(|block| block.text.clone()));
    }
    lines
}

#[test]
fn prefixes_and_entities_of_a_book_are_understood() {
    let container = "<?xml version='1.0'?><c:container xmlns:c='urn:oasis:names:tc:opendocument:xmlns:container'><c:rootfiles><c:rootfile full-path='OPS/book.opf'/></c:rootfiles></c:container>";
    let book = "<?xml version='1.0'?><opf:package xmlns:opf='http://www.idpf.org/2007/opf' xmlns:d='http://purl.org/dc/elements/1.1/'><opf:metadata><d:title>On Lakes</d:title></opf:metadata>\
        <opf:manifest><opf:item id='c1' href='c1.xhtml' media-type='application/xml'/></opf:manifest><opf:spine><opf:itemref idref='c1'/></opf:spine></opf:package>";
    let one = "<?xml version='1.0'?><!DOCTYPE h:html [<!ENTITY lake \"Lake &amp; River\"><!ENTITY two '&lake; Two'>]><h:html xmlns:h='http://www.w3.org/1999/xhtml'><h:head><h:title/></h:head><h:body><h:h1>&two;</h:h1><h:p>Of &lake;<h:br/>and more.</h:p></h:body></h:html>";
    let entries = [
        ("META-INF/container.xml", container.as_bytes()),
        ("OPS/book.opf", book.as_bytes()),
        ("OPS/c1.xhtml", one.as_bytes()),
    ];
    let (report, _) = imported("book.epub", archive(&entries));
    assert_eq!(report.title, "On Lakes");
    assert_eq!(
        lines(&report),
        ["1 Lake & River Two", "Of Lake & River\nand more."]
    );
}

#[test]
fn entries_of_the_contents_that_name_a_place_are_titles_there() {
    let ncx = "<ncx><navMap><navPoint><navLabel><text>Chad</text></navLabel><content src='c1.xhtml?x=1'/><navPoint><navLabel><text>Law</text></navLabel><content src='C1.xhtml#law'/></navPoint>\
        <navPoint><navLabel><text>Said</text></navLabel><content src='c1.xhtml#said'/></navPoint></navPoint></navMap>\
        <pageList><pageTarget value='7'><navLabel><text>7</text></navLabel><content src='c1.xhtml#p7'/></pageTarget></pageList></ncx>";
    let one = chapter(
        "<h1>Chad</h1><p>First.</p><p id='law'>The law <a id='p7'/>of it.</p><p id='said'>Said</p><p>Last <span epub:type='pagebreak' title='8'/>words.</p>",
    );
    let book = package(1).replace("href='c1.xhtml'", "href='.\\c1.xhtml'");
    let entries = [
        CONTAINER,
        ("OPS/book.opf", book.as_bytes()),
        ("OPS/toc.ncx", ncx.as_bytes()),
        ("OPS/c1.xhtml", one.as_bytes()),
    ];
    let (report, _) = imported("book.epub", archive(&entries));
    assert_eq!(
        lines(&report),
        [
            "1 Chad",
            "First.",
            "2 Law",
            "The law of it.",
            "2 Said",
            "Last words."
        ]
    );
    let pages: Vec<(&str, usize, usize)> = report
        .pages
        .iter()
        .map(|page| (page.label.as_str(), page.section, page.byte))
        .collect();
    assert_eq!(pages, [("7", 1, 8), ("8", 2, 5)]);
}

#[test]
fn a_book_of_one_short_chapter_and_an_unpacked_one_are_read() {
    let one =
        chapter("<section epub:type='titlepage'><h1>A &amp; B</h1><p>Few words.</p></section>");
    let two = chapter("<h1>Two</h1><p>Text.</p>");
    let book = package(1);
    let (report, _) = imported(
        "book.epub",
        archive(&[
            CONTAINER,
            ("OPS/book.opf", book.as_bytes()),
            ("OPS/c1.xhtml", one.as_bytes()),
        ]),
    );
    assert_eq!(lines(&report), ["1 A & B", "Few words."]);
    let folder = crate::folder();
    let book = package(2).replace(
        "<itemref idref='c1'/><itemref idref='c2'/>",
        "<itemref idref='c2'/><itemref idref='c1'/>",
    );
    let other = chapter("<h1>One</h1><p>More.</p>");
    for (name, bytes) in [
        CONTAINER,
        ("OPS/book.opf", book.as_bytes()),
        ("OPS/c1.xhtml", other.as_bytes()),
        ("OPS/c2.xhtml", two.as_bytes()),
    ] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("a file");
    }
    let (report, _) = crate::good(&[folder.path()], &[]);
    assert_eq!(lines(&report), ["1 Two", "Text.", "1 One", "More."]);
}
