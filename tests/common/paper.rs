//! Writes small PDF files: lines of typewriter letters at given places, and an outline.
#![allow(dead_code, reason = "each user takes a part of it")]

use std::fmt::Write;

/// Height and width of a page, in points.
pub const HEIGHT: f64 = 792.0;
pub const WIDTH: f64 = 612.0;

/// A line of text: where its baseline begins, from the left and from the bottom, and its size.
#[derive(Debug, Clone)]
pub struct Text {
    pub x: f64,
    pub y: f64,
    pub size: f64,
    pub words: String,
}

impl Text {
    pub fn new(x: f64, y: f64, size: f64, words: impl Into<String>) -> Self {
        Self {
            x,
            y,
            size,
            words: words.into(),
        }
    }
}

/// A title of the outline and its page, from 0.
pub type Title = (String, usize);

/// The bytes of a PDF (ISO 32000) of these pages.
pub fn pdf(pages: &[Vec<Text>], outline: &[Title]) -> Vec<u8> {
    // Objects: 1 catalog, 2 page tree, 3 font, 4 outline, then two for each page, then the titles.
    let page_object = |index: usize| 5 + index * 2;
    let titles_from = page_object(pages.len());
    let kids: String = (0..pages.len())
        .map(|index| format!("{} 0 R ", page_object(index)))
        .collect();
    let outlines = if outline.is_empty() {
        ""
    } else {
        "/Outlines 4 0 R"
    };
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{outlines}>>"),
        format!(
            "<</Type/Pages/Count {}/Kids[{kids}]/MediaBox[0 0 {WIDTH} {HEIGHT}]>>",
            pages.len()
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>".to_owned(),
        format!(
            "<</Type/Outlines/Count {}/First {titles_from} 0 R/Last {} 0 R>>",
            outline.len(),
            titles_from + outline.len().max(1) - 1
        ),
    ];
    for (index, page) in pages.iter().enumerate() {
        let content = page_object(index) + 1;
        objects.push(format!(
            "<</Type/Page/Parent 2 0 R/Resources<</Font<</F 3 0 R>>>>/Contents {content} 0 R>>"
        ));
        let text: String = page.iter().map(shown).collect();
        objects.push(stream("", &text));
    }
    for (index, (title, page)) in outline.iter().enumerate() {
        let number = titles_from + index;
        let mut beside = String::new();
        if index > 0 {
            let _ = write!(beside, "/Prev {} 0 R", number - 1);
        }
        if index + 1 < outline.len() {
            let _ = write!(beside, "/Next {} 0 R", number + 1);
        }
        objects.push(format!(
            "<</Title({title})/Parent 4 0 R{beside}/Dest[{} 0 R/Fit]>>",
            page_object(*page)
        ));
    }
    file(&objects)
}

/// The bytes of a PDF of one page that draws `content`, with more entries of the catalog and the
/// page, and more objects from number 6 on. The font `F` is object 3, the page object 4.
pub fn drawn(catalog: &str, page: &str, content: &str, more: &[&str]) -> Vec<u8> {
    let mut objects = vec![
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>"),
        format!("<</Type/Pages/Count 1/Kids[4 0 R]/MediaBox[0 0 {WIDTH} {HEIGHT}]>>"),
        "<</Type/Font/Subtype/Type1/BaseFont/Courier/Encoding/WinAnsiEncoding>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/Contents 5 0 R{page}>>"),
        stream("", content),
    ];
    objects.extend(more.iter().map(|&object| object.to_owned()));
    file(&objects)
}

/// A stream with these entries in its dictionary.
pub fn stream(entries: &str, content: &str) -> String {
    format!(
        "<<{entries}/Length {}>>stream\n{content}\nendstream",
        content.len() + 1
    )
}

fn shown(text: &Text) -> String {
    let words = text
        .words
        .replace('\\', "\\\\")
        .replace('(', "\\(")
        .replace(')', "\\)");
    format!(
        "BT/F {} Tf 1 0 0 1 {} {} Tm({words})Tj ET\n",
        text.size, text.x, text.y
    )
}

/// Objects with the table of their places.
fn file(objects: &[String]) -> Vec<u8> {
    let mut file = "%PDF-1.4\n".to_owned();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = writeln!(file, "{number} 0 obj{object}\nendobj");
    }
    let start = file.len();
    let _ = write!(
        file,
        "{table}trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    file.into_bytes()
}
