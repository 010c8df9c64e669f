//! Finds the part of a page that holds the report's text.

use super::{
    boilerplate::{self, Weight},
    tree::{NodeId, ROOT, Tree},
};

/// Where the text is and what every element weighs.
#[derive(Debug)]
pub struct Content {
    pub root: NodeId,
    pub page: Weight,
    weights: Vec<Weight>,
}

/// Classes and ids of the element that holds the text, in the usual publishing systems.
const CONTENT_WORDS: &[&str] = &[
    "entry-content",
    "post-content",
    "article-body",
    "article__body",
    "article-content",
    "page-content",
    "main-content",
    "field-name-body",
    "mw-parser-output",
    "report__section",
    "report-content",
    "storytext",
    "story-body",
];

impl Content {
    /// Weighs the page and finds its text. With `is_own` the whole body is text.
    pub fn find(tree: &Tree, is_own: bool) -> Self {
        let body = tree.first(ROOT, "body").unwrap_or(ROOT);
        let weights = weigh(tree, None);
        let page = weights.get(body).copied().unwrap_or_default();
        let mut content = Self {
            root: body,
            page,
            weights,
        };
        if !is_own {
            content.weights = weigh(tree, Some(&content));
            let start = content.named(tree, body).unwrap_or(body);
            content.root = content.descend(tree, start);
        }
        content
    }

    pub fn weight(&self, node: NodeId) -> Weight {
        self.weights.get(node).copied().unwrap_or_default()
    }

    fn prose(&self, node: NodeId) -> usize {
        self.weight(node).prose()
    }

    /// The element marked as the text, if it holds at least half of the prose.
    fn named(&self, tree: &Tree, body: NodeId) -> Option<NodeId> {
        let is_class = |node: NodeId| {
            let names = tree
                .attribute(node, "class")
                .into_iter()
                .chain(tree.attribute(node, "id"))
                .flat_map(str::split_whitespace);
            names.into_iter().any(|name| CONTENT_WORDS.contains(&name))
        };
        let is_main = |node: NodeId| {
            tree.name(node) == "main" || tree.attribute(node, "role") == Some("main")
        };
        let heaviest = |is: &dyn Fn(NodeId) -> bool| {
            let found = tree
                .walk(body)
                .filter(|&node| is(node) && self.prose(node) * 2 >= self.prose(body));
            found.max_by_key(|&node| self.prose(node))
        };
        heaviest(&is_class)
            .or_else(|| heaviest(&|node| tree.name(node) == "article"))
            .or_else(|| heaviest(&is_main))
    }

    /// Goes down while one child holds nearly all of the prose.
    fn descend(&self, tree: &Tree, from: NodeId) -> NodeId {
        const BOXES: &[&str] = &[
            "div", "main", "article", "section", "center", "form", "table", "tbody", "tr", "td",
            "body", "font",
        ];
        let mut root = from;
        loop {
            let holds = |&&child: &&NodeId| {
                BOXES.contains(&tree.name(child))
                    && self.prose(child) * 100 >= self.prose(root) * 95
            };
            match tree.children(root).iter().find(holds) {
                Some(&child) if self.prose(child) > 0 && !has_table_of_data(tree, child) => {
                    root = child
                }
                _ => return root,
            }
        }
    }
}

fn has_table_of_data(tree: &Tree, node: NodeId) -> bool {
    tree.name(node) == "table" && super::table::is_data(tree, node)
}

/// What each element weighs. Where the page's own weights are known, boilerplate weighs nothing.
fn weigh(tree: &Tree, known: Option<&Content>) -> Vec<Weight> {
    let mut weights = vec![Weight::default(); tree.size()];
    let mut order = Vec::new();
    let mut waiting = vec![(ROOT, false)];
    while let Some((node, is_linked)) = waiting.pop() {
        let is_out = |content: &Content| {
            boilerplate::reason(tree, node, content.weight(node), content.page).is_some()
        };
        if boilerplate::is_silent(tree, node)
            || boilerplate::is_hidden(tree, node)
            || known.is_some_and(is_out)
        {
            continue;
        }
        order.push((node, is_linked));
        let is_linked =
            is_linked || (tree.name(node) == "a" && tree.attribute(node, "href").is_some());
        waiting.extend(tree.children(node).iter().map(|&child| (child, is_linked)));
    }
    for &(node, is_linked) in order.iter().rev() {
        let own = tree
            .own_text(node)
            .map_or(0, |text| text.split_whitespace().map(str::len).sum());
        let mut weight = weights.get(node).copied().unwrap_or_default();
        weight.text += own;
        weight.linked += if is_linked { own } else { 0 };
        if let Some(place) = weights.get_mut(node) {
            *place = weight;
        }
        if let Some(above) = tree.parent(node).and_then(|parent| weights.get_mut(parent)) {
            above.text += weight.text;
            above.linked += weight.linked;
        }
    }
    weights
}
