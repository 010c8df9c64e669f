//! What style sheets say of classes: emphasis, and in books the sizes that make a paragraph a
//! heading, where their writer has no elements for either, as LibreOffice's and Google's.

use std::{cell::RefCell, collections::HashMap};

use super::tree::{NodeId, ROOT, Tree};
use crate::report::SpanStyle;

/// Size of unstyled text in points (CSS: `medium` is 16 pixels).
const MEDIUM: f32 = 12.0;
/// Most characters of a heading that is known by its look alone.
const LONGEST_HEADING: usize = 200;

/// How text of a class looks; `None` where it is not set.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Look {
    is_bold: Option<bool>,
    is_italic: Option<bool>,
    /// In points.
    size: Option<f32>,
}

/// The looks of classes.
#[derive(Debug, Default)]
pub struct Styles {
    looks: HashMap<String, Look>,
    /// Looks of headings, in the order in which they came: sizes in tenths of a point, and whether
    /// in italics.
    headings: RefCell<Vec<(u32, bool)>>,
}

impl Styles {
    /// Adds the rules of a style sheet whose selectors are a class, with or without the name of an
    /// element before it. Other rules are ignored.
    pub fn add(&mut self, css: &str) {
        for rule in without_comments(css).split('}') {
            let Some((selectors, declarations)) = rule.rsplit_once('{') else {
                continue;
            };
            let selectors = selectors.rsplit('{').next().unwrap_or_default();
            for class in selectors.split(',').filter_map(class) {
                let look = self.looks.entry(class.to_owned()).or_default();
                declarations
                    .split(';')
                    .filter_map(|declaration| declaration.split_once(':'))
                    .for_each(|(name, value)| {
                        look.take(
                            &name.trim().to_ascii_lowercase(),
                            &value.trim().to_ascii_lowercase(),
                        );
                    });
            }
        }
    }

    /// The style sheets within a page.
    pub fn within(tree: &Tree) -> Self {
        let mut styles = Self::default();
        tree.walk(ROOT)
            .filter(|&node| tree.name(node) == "style")
            .for_each(|node| styles.add(&tree.text(node)));
        styles
    }

    /// What they say of a page whose headings are elements.
    pub fn emphasis_only(&self) -> PageStyles<'_> {
        PageStyles {
            styles: self,
            text_size: None,
        }
    }

    /// What they say of a page.
    pub fn of_page<'a>(&'a self, tree: &Tree) -> PageStyles<'a> {
        let has_headings = tree
            .walk(ROOT)
            .any(|node| matches!(tree.name(node), "h1" | "h2" | "h3" | "h4" | "h5" | "h6"));
        let text_size = (!has_headings && !self.looks.is_empty()).then(|| self.text_size(tree));
        PageStyles {
            styles: self,
            text_size,
        }
    }

    /// The size of most of a page's text, in points; never more than the usual size.
    fn text_size(&self, tree: &Tree) -> f32 {
        let mut bytes: HashMap<u32, usize> = HashMap::new();
        for (node, text) in tree
            .walk(ROOT)
            .filter_map(|node| Some((node, tree.own_text(node)?)))
        {
            let size = self.look_within(tree, node, ROOT).size.unwrap_or(MEDIUM);
            *bytes.entry(tenths(size)).or_default() += text.trim().len();
        }
        let most = bytes
            .into_iter()
            .max_by_key(|(size, count)| (*count, *size))
            .map_or(MEDIUM, |(size, _)| size as f32 / 10.0);
        most.min(MEDIUM)
    }

    /// How a text looks by all that is around it, up to an element.
    fn look_within(&self, tree: &Tree, text: NodeId, outermost: NodeId) -> Look {
        let mut around: Vec<NodeId> = tree
            .above(text)
            .take_while(|&above| above != outermost)
            .collect();
        around.push(outermost);
        around
            .into_iter()
            .rev()
            .fold(Look::default(), |look, node| {
                look.under(self.look(tree, node))
            })
    }

    fn look(&self, tree: &Tree, node: NodeId) -> Look {
        let classes = tree
            .attribute(node, "class")
            .unwrap_or_default()
            .split_whitespace();
        classes
            .filter_map(|class| self.looks.get(class))
            .fold(Look::default(), |look, more| look.under(*more))
    }
}

/// What style sheets say of one page.
#[derive(Debug, Clone, Copy)]
pub struct PageStyles<'a> {
    styles: &'a Styles,
    /// The size of its text, in points; `None` where it has elements for headings.
    text_size: Option<f32>,
}

impl PageStyles<'_> {
    /// The emphasis that an element's classes say.
    pub fn emphasis(&self, tree: &Tree, node: NodeId) -> Option<SpanStyle> {
        let look = self.styles.look(tree, node);
        let bold = (look.is_bold == Some(true)).then_some(SpanStyle::Strong);
        bold.or_else(|| (look.is_italic == Some(true)).then_some(SpanStyle::Emphasis))
    }

    /// The level, from 1, of a paragraph that is a heading by its look: all bold and larger than
    /// the text of the page. A look has the level in which it comes first in the book, as LibreOffice
    /// writes some sizes relative to what it leaves out.
    pub fn heading(&self, tree: &Tree, node: NodeId) -> Option<u8> {
        let least = tenths(self.text_size?) + 1;
        let texts = tree.walk(node).filter(|&node| {
            tree.own_text(node)
                .is_some_and(|text| !text.trim().is_empty())
        });
        let looks: Vec<Look> = texts
            .map(|text| self.styles.look_within(tree, text, node))
            .collect();
        let is_large = |look: &Look| {
            look.is_bold == Some(true) && look.size.is_some_and(|size| tenths(size) >= least)
        };
        let first = looks.first().filter(|_| looks.iter().all(is_large))?;
        if tree.text(node).trim().chars().count() > LONGEST_HEADING {
            return None;
        }
        let look = (tenths(first.size?), first.is_italic == Some(true));
        let mut headings = self.styles.headings.borrow_mut();
        let at = headings
            .iter()
            .position(|known| *known == look)
            .unwrap_or_else(|| {
                headings.push(look);
                headings.len() - 1
            });
        u8::try_from(at + 1).ok().map(|level| level.min(6))
    }
}

impl Look {
    /// What both say together; `other` goes before.
    fn under(self, other: Self) -> Self {
        Self {
            is_bold: other.is_bold.or(self.is_bold),
            is_italic: other.is_italic.or(self.is_italic),
            size: other.size.or(self.size),
        }
    }

    fn take(&mut self, name: &str, value: &str) {
        match name {
            "font-weight" => {
                self.is_bold = Some(matches!(
                    value,
                    "bold" | "bolder" | "600" | "700" | "800" | "900"
                ))
            }
            "font-style" => self.is_italic = Some(matches!(value, "italic" | "oblique")),
            "font-size" => self.size = points(value).or(self.size),
            _ => {}
        }
    }
}

fn tenths(size: f32) -> u32 {
    (size * 10.0) as u32
}

/// A size in points; `None` for words and for units of the window.
fn points(value: &str) -> Option<f32> {
    let units = [
        ("pt", 1.0),
        ("px", 0.75),
        ("rem", MEDIUM),
        ("em", MEDIUM),
        ("%", MEDIUM / 100.0),
    ];
    let sizes = units.into_iter().find_map(|(unit, points)| {
        Some(value.strip_suffix(unit)?.trim().parse::<f32>().ok()? * points)
    });
    sizes.filter(|size| size.is_finite() && (0.0..1000.0).contains(size))
}

/// The class of a selector such as `.a` or `p.a`; `None` for all others.
fn class(selector: &str) -> Option<&str> {
    let (element, class) = selector.trim().split_once('.')?;
    let is_plain = |name: &str| {
        name.chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    (is_plain(element) && is_plain(class) && !class.is_empty()).then_some(class)
}

fn without_comments(css: &str) -> String {
    let mut text = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        text.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_of_classes_are_read_and_others_passed_over() {
        let mut styles = Styles::default();
        styles.add("/* .x { font-weight: bold } */ @media print { .y { font-style: italic } } p.a, .b > i, .c{FONT-WEIGHT: 700;font-size:1.5em;} .d { font-size: 10.0000pt; } .e { font-size: huge");
        let look = |class: &str| styles.looks.get(class).copied();
        assert_eq!(look("x"), None);
        assert_eq!(
            look("a"),
            Some(Look {
                is_bold: Some(true),
                is_italic: None,
                size: Some(18.0)
            })
        );
        assert_eq!((look("a"), look("b")), (look("c"), None));
        assert_eq!(look("d").and_then(|look| look.size), Some(10.0));
        assert_eq!(look("y").and_then(|look| look.is_italic), Some(true));
        assert_eq!(look("e").and_then(|look| look.size), None);
    }
}
