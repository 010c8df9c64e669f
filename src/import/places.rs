//! Links from one place of what is imported to another: what they name - an element's `id`, a
//! heading, a file or chapter - becomes an address of the report.

use std::collections::{HashMap, HashSet};

use super::{
    document::{Document, Part},
    link::{self, BESIDE},
};
use crate::report::{Report, Span, SpanStyle, links, position::Position};

/// Where named places are in the report: `FILE#NAME` or `FILE`, and the section and block.
#[derive(Debug, Default)]
pub struct Places {
    places: HashMap<String, Place>,
    /// Files by their web addresses.
    files: HashMap<String, String>,
}

/// A section, and its block where it is no title; by index.
pub type Place = (usize, Option<usize>);

/// Makes the names and links of one file, or chapter of one, differ from those of all others. A
/// link to a place of its own that is not in its text is none, but where files are written by
/// this program or by hand it may be an address.
pub fn qualify(document: &mut Document, file: &str) {
    let names = document.parts.iter().filter_map(|part| match part {
        Part::Anchor(name) => Some(name.clone()),
        _ => None,
    });
    let names: HashSet<String> = names.collect();
    let has_addresses = document.has_addresses;
    for part in &mut document.parts {
        match part {
            Part::Anchor(name) => *name = format!("{file}#{name}"),
            Part::Block(block) => block.spans.retain_mut(|span| match &mut span.style {
                SpanStyle::Link(target) => qualify_target(target, file, &names) || has_addresses,
                SpanStyle::Emphasis | SpanStyle::Strong => true,
            }),
            Part::Heading { .. } | Part::Page(_) | Part::PageWithin(..) => {}
        }
    }
}

/// Whether the target may be one.
fn qualify_target(target: &mut String, file: &str, names: &HashSet<String>) -> bool {
    if let Some(name) = target.strip_prefix('#') {
        let decoded = link::percent_decoded(name);
        let Some(name) = names.get(name).or_else(|| names.get(&decoded)) else {
            return false;
        };
        *target = format!("{BESIDE}{file}#{name}");
    } else if let Some(beside) = target.strip_prefix(BESIDE) {
        let (path, name) = beside.split_once('#').unwrap_or((beside, ""));
        *target = format!(
            "{BESIDE}{}#{}",
            link::beside(file, path),
            link::percent_decoded(name)
        );
    }
    true
}

impl Places {
    /// Says where a name is, if no place had it before.
    pub fn put(&mut self, name: String, place: Place) {
        self.places.entry(name).or_insert(place);
    }

    /// Says at which web address a file was.
    pub fn was_at(&mut self, file: &str, source: &str) {
        self.files
            .entry(bare(source).to_owned())
            .or_insert_with(|| file.to_owned());
    }

    /// Gives the links of all sections the addresses that they lead to. A link to a file that is
    /// not in the report leads nowhere and is none.
    pub fn resolve(&self, report: &mut Report) {
        links::retarget(report, |report, target| {
            let (section, block) = self.find(target)?;
            let number = block.and_then(|block| report.number(Position::new(section, block, 0)));
            Some(links::to(report, section, number))
        });
        let is_link = |span: &Span| match &span.style {
            SpanStyle::Link(target) => !target.starts_with(BESIDE),
            SpanStyle::Emphasis | SpanStyle::Strong => true,
        };
        let sections = report.sections.iter_mut();
        sections
            .flat_map(|section| &mut section.blocks)
            .for_each(|block| block.spans.retain(is_link));
    }

    /// The place that a link names, or the start of the file that it is in.
    fn find(&self, target: &str) -> Option<Place> {
        let (path, name) = target.split_once('#').unwrap_or((target, ""));
        let file = match path.strip_prefix(BESIDE) {
            Some(file) => file,
            None => self.files.get(bare(path))?,
        };
        let within = self.places.get(&format!("{file}#{name}"));
        within.or_else(|| self.places.get(file)).copied()
    }
}

/// A web address without the parts that do not distinguish pages.
fn bare(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default();
    rest.strip_suffix("index.html")
        .unwrap_or(rest)
        .trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::{
        import::{self, Metadata, assemble},
        report::Report,
    };

    fn report(files: &[(&str, &str)]) -> Report {
        let read = |(path, text): &(&str, &str)| {
            import::read_bytes(Path::new(path), text.as_bytes(), None, &mut |_, _| {})
                .expect("read")
        };
        assemble::report(
            files.iter().map(read).collect(),
            "all",
            &Metadata::default(),
        )
        .expect("a report")
        .report
    }

    /// The links of a report: their words and where they lead.
    fn links(report: &Report) -> Vec<(String, String)> {
        let blocks = report.sections.iter().flat_map(|section| &section.blocks);
        let links = blocks.flat_map(|block| {
            crate::report::links::links(block)
                .into_iter()
                .map(move |link| (block, link))
        });
        links
            .map(|(block, link)| {
                (
                    block.text.get(link.bytes).unwrap_or_default().to_owned(),
                    link.target,
                )
            })
            .collect()
    }

    fn expected(links: &[(&str, &str)]) -> Vec<(String, String)> {
        links
            .iter()
            .map(|(words, target)| ((*words).to_owned(), (*target).to_owned()))
            .collect()
    }

    #[test]
    fn links_within_a_page_lead_to_the_paragraph_or_heading_that_is_named() {
        let page = "<html><body><h1>All</h1><p>See <a href='#two'>two</a>, <a href='#note'>a note</a>, <a href='#b%20c'>blank</a>, \
            <a href='#gone'>gone</a>, <a href='other.html'>other</a>, <a href='#3'>3</a> and <a href='#in'>in</a>.</p>\
            <section id='two'><h2>Part <a name='in'>two</a></h2><p>First.</p><p id='note'>Second.</p></section>\
            <h2>Three</h2><a id='b c'></a><ul><li id=3>One.</li></ul><table id=t><tr><th>A<th>B<tr><td>1<td><a href='#t'>2</a></table></body></html>";
        let found = links(&report(&[("a.html", page)]));
        let wanted = [
            ("two", "#part-two"),
            ("a note", "#part-two:2"),
            ("blank", "#three:1"),
            ("3", "#three:1"),
            ("in", "#part-two"),
            ("2", "#three:2"),
        ];
        assert_eq!(found, expected(&wanted));
    }

    #[test]
    fn links_between_files_lead_to_their_places_and_sections() {
        let a = "<html><body><h1>Albania</h1><p><a href='../b/b.html#law'>law</a> <a href='../b/b.html#gone'>gone</a> <a href='c.html'>not here</a> \
            <a href='https://example.org/c/#law'>c</a> <a href='https://example.org/d/'>d</a></p></body></html>";
        let b = "<html><body><h1>Belgium</h1><p>x</p><p id='law'>The law.</p></body></html>";
        let c = "<html><head><link rel='canonical' href='http://example.org/c/index.html'></head><body><h1>Chad</h1><p id='law'>Its law.</p></body></html>";
        let found = links(&report(&[
            ("w/a/a.html", a),
            ("w/b/b.html", b),
            ("w/c.html", c),
        ]));
        let wanted = [
            ("law", "#belgium:2"),
            ("gone", "#belgium"),
            ("c", "#chad:1"),
            ("d", "https://example.org/d/"),
        ];
        assert_eq!(found, expected(&wanted));
    }

    #[test]
    fn links_of_markdown_lead_to_headings_by_their_words() {
        let text = "# U.S. Law\n\n[law](#us-law) [again](#us-law-1) [named](#x) [given](#us-law:1) [nowhere](#y)[^n]\n\n## U.S. law\n\n## Other {#x}\n\nText.\n\n[^n]: A note.\n";
        let wanted = [
            ("law", "#u-s-law"),
            ("again", "#u-s-law-2"),
            ("named", "#other"),
            ("given", "#us-law:1"),
            ("nowhere", "#y"),
            ("[n]", "#other:2"),
        ];
        assert_eq!(links(&report(&[("a.md", text)])), expected(&wanted));
    }

    #[test]
    fn a_section_that_is_called_a_number_is_named_by_its_own() {
        let text = "# All\n\n[then](#2020)\n\n## 2020\n\nText.\n";
        assert_eq!(
            links(&report(&[("a.md", text)])),
            expected(&[("then", "#2")])
        );
    }
}
