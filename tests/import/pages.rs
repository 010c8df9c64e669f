//! What a web page says is kept, whatever its classes are called; what is around it is left out
//! and named.

use tip_reader::report::{BlockKind, Report};

use crate::{folder, good, imported};

/// A page whose text is in one article.
fn page(text: &str) -> String {
    format!(
        "<html><head><title>Lakes - Bureau</title></head><body><nav><a href='/'>Home</a> <a href='/b'>All</a></nav>\
        <main><article><h1>Lakes</h1><p>The lakes of the north were counted in the spring of that year.</p>{text}\
        <p>The lakes of the south were counted in the autumn of that year.</p></article></main></body></html>"
    )
}

fn lines(report: &Report) -> Vec<String> {
    let mut lines = Vec::new();
    for section in &report.sections {
        lines.push(format!("# {}", section.title));
        lines.extend(section.blocks.iter().map(|block| block.text.clone()));
    }
    lines
}

/// The lines between the first and the last paragraph of [`page`].
fn read(text: &str) -> Vec<String> {
    let (report, told) = imported("a.html", page(text));
    let lines = lines(&report);
    assert!(lines.len() >= 3, "{lines:?} {told}");
    lines[2..lines.len() - 1].to_vec()
}

#[test]
fn no_word_in_a_class_or_id_takes_text_away() {
    for (text, expected) in [
        (
            "<h3 id='informed-consent'>Informed consent</h3>",
            "# Informed consent",
        ),
        (
            "<section id='related-work'><h2>Related work</h2></section>",
            "# Related work",
        ),
        (
            "<h2 id='user-content-related-work'>Related work</h2>",
            "# Related work",
        ),
        (
            "<div class='header-with-anchor-widget'><h2>Scope</h2></div>",
            "# Scope",
        ),
        (
            "<div id='tools'><p>Nets and rods.</p></div>",
            "Nets and rods.",
        ),
        ("<div id='social-effects'><p>Few</p></div>", "Few"),
        (
            "<div id='print-media'>Papers of the day</div>",
            "Papers of the day",
        ),
        (
            "<p>The fee is <a class='popup'>twelve dollars</a> a month</p>",
            "The fee is twelve dollars a month",
        ),
        (
            "<p>It is <span class='print'>never</span> paid back</p>",
            "It is never paid back",
        ),
        ("<p class='share'>A share of it</p>", "A share of it"),
        (
            "<section id='navigation'><p>Ships went by night.</p></section>",
            "Ships went by night.",
        ),
        (
            "<ol class='footnotes'><li id='fn-comments'>A note.</li></ol>",
            "[1] A note.",
        ),
        (
            "<table class='tools'><tr><th>A<th>B<tr><td>1<td>2</table>",
            "A: 1; B: 2",
        ),
        (
            "<div class='sidebar'><p>A note beside.</p></div>",
            "A note beside.",
        ),
        (
            "<header><p>Of water and of land</p></header>",
            "Of water and of land",
        ),
        (
            "<figure class='ad'><figcaption>A lake</figcaption></figure>",
            "A lake",
        ),
        (
            "<div style='display:none'><p>A closed answer.</p></div>",
            "A closed answer.",
        ),
        (
            "<h3><button aria-expanded='false'>Who counts?</button></h3>",
            "# Who counts?",
        ),
    ] {
        assert_eq!(read(text), [expected], "{text}");
    }
}

#[test]
fn menus_share_buttons_and_lists_of_links_are_left_out_and_named_whole() {
    let long = "Lakes and rivers and all the other waters of the land that were named in the list";
    let text = format!(
        "<div class='share'><a href='/t'>Tweet it</a> <a href='/f'>Post it</a></div>\
        <div class='related'><h3>More</h3><ul><li><a href='/1'>{long}</a></li><li><a href='/2'>Two</a></li></ul></div>\
        <form><label>Name</label><input><button>Send</button></form>"
    );
    assert_eq!(read(&text), [""; 0]);
    let folder = folder();
    let file = folder.path().join("a.html");
    std::fs::write(&file, page(&text)).expect("a file");
    let (_, told) = good(&[&file], &["--verbose"]);
    for words in [long, "Tweet it Post it", "Name Send", "Home All"] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn several_articles_of_a_page_are_kept_and_teasers_and_comments_are_not() {
    let story = |name: &str, count: usize| {
        let text = format!("<p>The story of the {name} goes on for another sentence.</p>");
        text.repeat(count)
    };
    let cards: String = ["One", "Two", "Three"]
        .map(|name| format!("<div class='card'><h3><a href='/{name}'>{name}</a></h3><p>A teaser of what the other page says.</p></div>"))
        .concat();
    let comment = "<div class='comment' id='comment-1'><p>I liked this very much, and I wish to say so here.</p></div>".repeat(30);
    for element in ["article", "div class='story-body'"] {
        let end = element.split(' ').next().expect("a name");
        let page = format!(
            "<html><head><title>S</title></head><body><h1>Stories</h1><{element}>{}</{end}><{element}>{}</{end}><div>{cards}</div><div id='comments'>{comment}</div></body></html>",
            story("river", 12),
            story("lake", 2)
        );
        let (report, told) = imported("a.html", page);
        let all = lines(&report).join("\n");
        assert_eq!(all.matches("river").count(), 12, "{all}");
        assert_eq!(all.matches("lake").count(), 2, "{all} {told}");
        assert!(!all.contains("teaser") && !all.contains("liked"), "{all}");
        assert!(told.contains("comments of the web page"), "{told}");
    }
}

#[test]
fn what_is_seen_is_read_as_it_is_seen() {
    for (text, expected) in [
        (
            "<p><span aria-hidden='true'>O</span>nce only</p>",
            "Once only",
        ),
        (
            "<p>Press <img alt='the red key'> now</p>",
            "Press [the red key] now",
        ),
        ("<p><img alt='A map'></p>", "[image: A map]"),
        ("<h2><img alt='A map'></h2>", "# [A map]"),
        (
            "<figure><img alt='A map'><figcaption>A map</figcaption></figure>",
            "A map",
        ),
        (
            "<p>It costs <del>nine</del> <ins>ten</ins></p>",
            "It costs [deleted: nine] ten",
        ),
        ("<p>Some 10<sup>-6</sup> of it</p>", "Some 10⁻⁶ of it"),
        ("<p>Some 10<sup>a/b</sup> of it</p>", "Some 10^(a/b) of it"),
        (
            "<p>Read 10<sub>2</sub> and the 5<sup>th</sup></p>",
            "Read 10₂ and the 5th",
        ),
        (
            "<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>",
            "漢(kan)",
        ),
        (
            "<p>So <math alttext='a = b'><mi>a</mi></math></p>",
            "So a = b",
        ),
        (
            "<p>So <math><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>=</mo><msup><mi>x</mi><mn>2</mn></msup></math></p>",
            "So a/b = x^2",
        ),
        ("<iframe srcdoc='<p>A frame.</p>'></iframe>", "A frame."),
        (
            "<svg><text>North</text> <text>South</text></svg>",
            "[image: North South]",
        ),
        (
            "<noscript><p>A plain table.</p></noscript>",
            "A plain table.",
        ),
        (
            "<object data='x'><p>Other words.</p></object>",
            "Other words.",
        ),
        (
            "<dl><dt>Fee</dt><dd>Ten a month</dd></dl>",
            "Fee: Ten a month",
        ),
        ("<pre>a\tb</pre>", "a       b"),
    ] {
        assert_eq!(read(text), [expected], "{text}");
    }
    let two = read("<ol reversed><li>a<li>b</ol>");
    assert_eq!(two, ["2. a", "1. b"]);
    let two = read("<dl><dt>A</dt><dt>B</dt><dd><p>x</p><p>y</p></dd><dd>z</dd></dl>");
    assert_eq!(two, ["A, B: x", "y", "z"]);
    let rows = read(
        "<table><tr><th rowspan=2>Year<th colspan=2>Cases<tr><th>Opened<th>Closed<tr><td>2020<td>3<td>4</table>",
    );
    assert_eq!(rows, ["Year: 2020; Cases Opened: 3; Cases Closed: 4"]);
    let heads = read("<table><tr><th>A<th>Never<tr><td>1<td><tr><td>2<td></table>");
    assert_eq!(heads, ["A: 1", "A: 2", "Never"]);
}

#[test]
fn bullets_within_a_paragraph_are_a_list() {
    let (report, _) = imported("a.html", page("<p>First. • <b>Second</b>. • Third.</p>"));
    let items: Vec<&str> = report.sections[0]
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::ListItem)
        .map(|block| block.text.as_str())
        .collect();
    assert_eq!(items, ["First.", "Second.", "Third."]);
    assert_eq!(report.sections[0].blocks[2].spans.len(), 1);
}

#[test]
fn a_heading_above_the_text_is_the_title_and_the_name_of_the_site_is_not() {
    let text = "<p>The text of the page goes on for a while, and then it ends.</p>".repeat(5);
    for (page, title) in [
        (
            format!(
                "<title>Bureau of Lakes</title><body><div class='hero'><h1>Lakes</h1></div><div class='text'>{text}</div>"
            ),
            "Lakes",
        ),
        (
            format!(
                "<title>Lakes – Bureau</title><body><header><h1><a href='/'>Bureau</a></h1></header><div class='text'><h2>Lakes</h2>{text}</div>"
            ),
            "Lakes",
        ),
    ] {
        let (report, _) = imported("a.html", page);
        assert_eq!(
            (report.title.as_str(), report.sections[0].title.as_str()),
            (title, title)
        );
    }
}

#[test]
fn a_page_says_who_wrote_it_and_when() {
    let text = "<p>The text of the page goes on for a while, and then it ends.</p>".repeat(5);
    for head in [
        "<meta name='author' content='Ada Example'><meta property='article:published_time' content='2021-07-01'>",
        "<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebSite\",\"author\":\"No\"},{\"@type\":\"Article\",\"author\":[{\"name\":\"Ada Example\"}],\"datePublished\":\"2021-07-01T08:00\"}]}</script>",
        "</head><body><div class='byline'>By Ada Example</div><time datetime='2021-07-01'>1 July</time>",
    ] {
        let (report, _) = imported(
            "a.html",
            format!("<html><head><title>A</title>{head}{text}"),
        );
        assert_eq!(
            (report.author.as_str(), report.published.as_deref()),
            ("Ada Example", Some("2021-07-01")),
            "{head}"
        );
    }
    let (report, _) = imported("a.html", format!("<title>A</title>{text}"));
    assert_eq!((report.author.as_str(), report.published), ("", None));
}

#[test]
fn printed_pages_begin_where_their_marks_are() {
    let text = "<h2><a id='page_6'></a>Scope</h2><p>One <span role='doc-pagebreak' aria-label='Page 7'></span>two.</p>\
        <span id='page_8' class='pagenum'>[Pg 8]</span><p>Three<span id='page_ix'></span></p><p>Four • five<i id='page_10'></i> six • seven</p>";
    let (report, _) = imported("a.html", page(text));
    let found: Vec<(&str, &str)> = report
        .pages
        .iter()
        .map(|page| {
            let block = &report.sections[page.section].blocks[page.block];
            (page.label.as_str(), &block.text[page.byte..])
        })
        .collect();
    let expected = [
        ("6", "One two."),
        ("7", "two."),
        ("8", "Three"),
        ("ix", "Four"),
        ("10", "six"),
    ];
    assert_eq!(found, expected);
}
