//! Circles of files inside a room.
//!
//! What is compared is the modules of one folder, each with all that is below it: they may name
//! one another in one direction only. A folder's own root file stands outside: its children may
//! use its types, and it may name them.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::{Fault, House};

/// Who names whom among the modules of a folder, and where first: a file and a line.
type Graph = BTreeMap<String, BTreeMap<String, (String, usize)>>;

/// Every circle, named at one of the lines that close it.
pub fn faults(house: &House) -> Vec<Fault> {
    let mut folders: BTreeMap<String, Graph> = BTreeMap::new();
    for (from, to, line) in house.edges() {
        let pairs = from.module.iter().zip(&to.module);
        let common = pairs.take_while(|(one, other)| one == other).count();
        let children = from.module.get(common).zip(to.module.get(common));
        let Some((one, other)) = children.filter(|_| common > 0) else {
            continue;
        };
        let folder = from.module[..common].join("/");
        let graph = folders.entry(folder).or_default();
        let named = graph.entry(one.clone()).or_default();
        named
            .entry(other.clone())
            .or_insert_with(|| (from.file.clone(), line));
    }
    folders
        .iter()
        .flat_map(|(folder, graph)| {
            circles(graph)
                .into_iter()
                .map(|circle| fault(folder, graph, &circle))
        })
        .collect()
}

/// The sets of modules of which each reaches all others.
fn circles(graph: &Graph) -> BTreeSet<BTreeSet<String>> {
    let reach: BTreeMap<&str, BTreeSet<&str>> = graph
        .keys()
        .map(|from| (from.as_str(), reached(graph, from)))
        .collect();
    let reaches = |from: &str, to: &str| reach.get(from).is_some_and(|seen| seen.contains(to));
    let circle_of = |module: &str| {
        let others = graph
            .keys()
            .filter(|other| reaches(module, other) && reaches(other, module));
        others.cloned().collect::<BTreeSet<_>>()
    };
    let found = graph.keys().map(|module| circle_of(module));
    found.filter(|circle| !circle.is_empty()).collect()
}

fn reached<'a>(graph: &'a Graph, from: &str) -> BTreeSet<&'a str> {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(module) = waiting.pop() {
        for next in graph.get(module).into_iter().flat_map(BTreeMap::keys) {
            if seen.insert(next.as_str()) {
                waiting.push(next);
            }
        }
    }
    seen
}

fn fault(folder: &str, graph: &Graph, circle: &BTreeSet<String>) -> Fault {
    let inside = |from: &String, to: &String| circle.contains(from) && circle.contains(to);
    let edges: Vec<String> = graph
        .iter()
        .flat_map(|(from, named)| named.iter().map(move |(to, at)| (from, to, at)))
        .filter(|(from, to, _)| inside(from, to))
        .map(|(from, to, (file, line))| format!("{from} -> {to} (src/{file}:{line})"))
        .collect();
    let names: Vec<&str> = circle.iter().map(String::as_str).collect();
    Fault {
        file: format!("{folder}.rs"),
        line: 1,
        what: format!("a circle of {}", names.join(", ")),
        advice: format!(
            "give what both need to {folder}, or a file of its own. {}",
            edges.join("; ")
        ),
    }
}
