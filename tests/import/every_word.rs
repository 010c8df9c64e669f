//! For random pages of all elements: every word that can be seen is in the report or in what was
//! left out, as often as it is on the page.

use std::collections::HashMap;

use proptest::{prelude::*, test_runner::FileFailurePersistence};
use tip_reader::import::{
    Metadata, assemble,
    html::{self, Taken},
};

/// What stands for a word until it has a number.
const WORD: char = '\u{1}';

const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "aside",
    "header",
    "footer",
    "nav",
    "form",
    "ul",
    "ol",
    "dl",
    "blockquote",
    "pre",
    "h1",
    "h2",
    "h3",
    "figure",
    "figcaption",
    "li",
    "dt",
    "dd",
    "details",
    "summary",
    "noscript",
    "object",
    "dialog",
    "address",
    "center",
    "fieldset",
    "legend",
    "td",
    "menu",
    "search",
    "canvas",
];
const INLINE: &[&str] = &[
    "span",
    "b",
    "i",
    "a href='/x'",
    "a href='#x'",
    "del",
    "ins",
    "s",
    "sup",
    "sub",
    "q",
    "code",
    "small",
    "time",
    "label",
    "button",
    "button aria-expanded=true",
    "ruby",
    "mark",
    "u",
    "abbr",
    "output",
    "font",
    "custom-tag",
];
const LEAVES: &[&str] = &[
    "\u{1}",
    "\u{1} \u{1}.",
    "<br>",
    "<hr>",
    "<img alt='\u{1}'>",
    "<iframe srcdoc='<p>\u{1}</p>'></iframe>",
    "<svg><text>\u{1}</text></svg>",
    "<math><mfrac><mi>\u{1}</mi><mi>\u{1}</mi></mfrac></math>",
    "<select><option>\u{1}</option></select>",
    "<textarea>\u{1}</textarea>",
    "<ruby>\u{1}<rp>(</rp><rt>\u{1}</rt></ruby>",
    "<table><caption>\u{1}</caption><tr><th>\u{1}<th>\u{1}<tr><td>\u{1}<td>\u{1}<tr><td>\u{1}<td></table>",
    "<table><tr><td>\u{1}<td><p>\u{1}</p></table>",
    "<dl><dt>\u{1}<dd>\u{1}</dl>",
    "\u{1} • \u{1} • \u{1}",
    "<video>\u{1}</video>",
    "<span id='page_3'></span>",
    "<p><b>\u{1}</b></p><p>\u{1}.</p>",
    "<p><b>\u{1}</b><br>\u{1} \u{1} \u{1} \u{1} \u{1} \u{1} \u{1} \u{1}</p>",
    "The \u{1} of the lakes was counted again in the spring of the year, and then it was \u{1}.",
];
const SIGNS: &[&str] = &[
    "",
    "",
    "",
    " class=comments",
    " class=comment",
    " id=related",
    " class='share tools'",
    " class=popup",
    " hidden",
    " style='display:none'",
    " aria-hidden=true",
    " class=sr-only",
    " role=navigation",
    " id=fn1",
    " class=cookie",
    " class=pagenum",
    " role=tabpanel",
    " class='entry-content'",
    " id=page_7",
    " class=byline",
];

fn any_page() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(LEAVES).prop_map(str::to_owned);
    leaf.prop_recursive(5, 60, 6, |inner| {
        let inner = prop::collection::vec(inner, 1..6);
        let names =
            prop_oneof![2 => prop::sample::select(BLOCKS), 1 => prop::sample::select(INLINE)];
        (names, prop::sample::select(SIGNS), inner).prop_map(|(name, sign, inner)| {
            let end = name.split(' ').next().unwrap_or_default();
            format!("<{name}{sign}>{} {WORD} </{end}>", inner.join(" "))
        })
    })
    .prop_map(|body| {
        let mut page = String::from("<html><head><title>A page</title></head><body>");
        let mut number = 0;
        for c in body.chars() {
            if c == WORD {
                page.push_str(&format!("w{number}x"));
                number += 1;
            } else {
                page.push(c);
            }
        }
        page + "</body></html>"
    })
}

fn count<'a>(texts: impl Iterator<Item = &'a str>) -> HashMap<String, usize> {
    let mut count = HashMap::new();
    for text in texts {
        let is_word = |word: &&str| word.starts_with('w') && word.ends_with('x') && word.len() > 2;
        let words = text
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(is_word);
        words.for_each(|word| *count.entry(word.to_owned()).or_default() += 1);
    }
    count
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_word_of_a_page_is_in_the_report_or_reported(page in any_page()) {
        for taken in [Taken::Saved, Taken::Whole] {
            let document = html::read(&page, taken).expect("readable");
            let left: Vec<String> = document.left_out.iter().map(|left| left.text.clone()).collect();
            let given = Metadata { title: Some("T".into()), ..Metadata::default() };
            let found = match assemble::report(vec![document], "name", &given) {
                Ok(imported) => {
                    let sections = imported.report.sections;
                    let labels = imported.report.pages.into_iter().map(|page| page.label);
                    let titles = sections.iter().map(|section| section.title.clone());
                    let blocks = sections.iter().flat_map(|section| &section.blocks).map(|block| block.text.clone());
                    let left = imported.left_out.into_iter().map(|left| left.text);
                    titles.chain(blocks).chain(left).chain(labels).collect()
                }
                Err(_) => left,
            };
            let found = count(found.iter().map(String::as_str));
            for (word, times) in count(std::iter::once(page.as_str())) {
                prop_assert!(found.get(&word).is_some_and(|found| *found >= times), "{word} is lost in {page}");
            }
        }
    }
}
