//! `collect`: one field of all records, one below the other.

use serde_json::json;

use super::{Failure, GlobalOptions, Outcome, put, records, say};
use crate::{
    edition::{
        Edition,
        anchor::{Anchor, Resolution},
        resolver::Resolver,
    },
    export::{self, Format, Part, json, notes::csv},
    library,
    report::{Report, address::Address, outline, position::Position},
    text::{width, wording, wrap},
};

#[derive(Debug, clap::Args)]
pub struct CollectArguments {
    /// Title of the field, or its beginning: `protection`, `recomm`
    field: String,
    /// Only of records with this facet, such as `Tier 2`
    #[arg(long, value_name = "FACET")]
    r#where: Option<String>,
    /// Say of each paragraph in which editions it stands, `~` where it is reworded there
    #[arg(long)]
    all_editions: bool,
    #[arg(long, value_enum, default_value = "text", value_name = "FORMAT")]
    format: CollectFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum CollectFormat {
    Text,
    Markdown,
    Csv,
    Json,
}

/// A paragraph of the field of a record.
struct Item<'a> {
    record: usize,
    at: Position,
    text: &'a str,
    /// Labels of the editions that have it, the oldest first; `~` behind one where it is reworded.
    editions: Vec<String>,
}

pub fn run(global: &GlobalOptions, given: &CollectArguments) -> Result<Outcome, Failure> {
    let report = global.report()?;
    let failed = |why: String| Failure::Words(format!("could not collect: {why}"));
    let records = records::wanted(&report, given.r#where.as_deref()).map_err(failed)?;
    let key = field(&report, &given.field).map_err(failed)?;
    let fields: Vec<(usize, usize)> = records
        .iter()
        .filter_map(|&record| Some((record, section_of(&report, record, &key)?)))
        .collect();
    let mut items = items(&report, &fields);
    if given.all_editions {
        find_in_editions(global, &report, &mut items);
    }
    put(&match given.format {
        CollectFormat::Text if given.all_editions => marked(&report, &items),
        CollectFormat::Text => set(&report, &fields, Format::Text),
        CollectFormat::Markdown => set(&report, &fields, Format::Markdown),
        CollectFormat::Csv => as_csv(&report, &items),
        CollectFormat::Json => as_json(&report, &items),
    })?;
    let lacking = records.len() - fields.len();
    if lacking > 0 {
        let (records, without) = (
            wording::count(lacking, "record"),
            wording::count(fields.len(), "record"),
        );
        say(&format!("{records} without this field; {without} with it"));
    }
    Ok(match fields.is_empty() {
        true => Outcome::Nothing,
        false => Outcome::Done,
    })
}

/// The key of a field: the one that is typed, else the only one that begins with it, else the only
/// one that has it.
fn field(report: &Report, typed: &str) -> Result<String, String> {
    let wanted = outline::key(&records::plain(typed), true);
    let groups = report.records().groups();
    let mut keys: Vec<&String> = groups.iter().flat_map(|group| &group.fields).collect();
    keys.sort_unstable();
    keys.dedup();
    let tests: [fn(&str, &str) -> bool; 3] = [
        |key, wanted| key == wanted,
        |key, wanted| key.starts_with(wanted),
        |key, wanted| key.contains(wanted),
    ];
    for test in tests {
        let fitting: Vec<&&String> = keys
            .iter()
            .filter(|key| test(&records::plain(key), &wanted))
            .collect();
        match fitting.as_slice() {
            [] => {}
            [one] => return Ok((**one).clone()),
            several => {
                let several: Vec<&str> = several.iter().map(|key| key.as_str()).collect();
                return Err(format!(
                    "`{typed}` fits {}; type more of it",
                    several.join(", ")
                ));
            }
        }
    }
    let known: Vec<&str> = keys.iter().map(|key| key.as_str()).collect();
    Err(format!(
        "no field `{typed}`; the records have {}",
        known.join(", ")
    ))
}

/// The section of a record with a key.
fn section_of(report: &Report, record: usize, key: &str) -> Option<usize> {
    let outline = report.outline();
    outline
        .children(Some(record))
        .find(|&child| outline.node(child).is_some_and(|node| node.key == key))
}

/// The paragraphs of the fields, with all that is below them.
fn items<'a>(report: &'a Report, fields: &[(usize, usize)]) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    for &(record, field) in fields {
        for section in report.outline().below(field) {
            let blocks = report.sections.get(section).map(|section| &section.blocks);
            for (block, of) in blocks.into_iter().flatten().enumerate() {
                items.push(Item {
                    record,
                    at: Position::new(section, block, 0),
                    text: &of.text,
                    editions: vec![report.edition.clone()],
                });
            }
        }
    }
    items
}

/// Looks for the paragraphs in all other editions of the report.
fn find_in_editions(global: &GlobalOptions, report: &Report, items: &mut [Item<'_>]) {
    let here = Edition::of(report);
    let passage = |item: &Item<'_>| report.passage_of_block(item.at);
    let anchors: Vec<Anchor> = items
        .iter()
        .map(|item| Anchor::new(report, &here, passage(item)))
        .collect();
    let mut found: Vec<Vec<String>> = vec![Vec::new(); items.len()];
    let listed = library::list(global.home().as_ref()).into_iter();
    for listed in listed.filter(|listed| listed.notes_id() == report.id) {
        if listed.edition == report.edition {
            found
                .iter_mut()
                .for_each(|of| of.push(listed.edition.clone()));
            continue;
        }
        let Ok(other) = listed.read() else {
            say(&format!("could not read {}", listed.exact_name()));
            continue;
        };
        let edition = Edition::of(&other);
        let mut resolver = Resolver::new(&other, &edition);
        resolver.learn(&here);
        for (anchor, of) in anchors.iter().zip(&mut found) {
            match resolver.resolve(anchor) {
                Resolution::Exact(_) | Resolution::Moved(_) => of.push(listed.edition.clone()),
                Resolution::Changed(_) => of.push(format!("{}~", listed.edition)),
                Resolution::Unsure(_) | Resolution::Orphaned => {}
            }
        }
    }
    for (item, editions) in items.iter_mut().zip(found) {
        item.editions = editions;
    }
}

/// Each paragraph after the editions that have it, under the path of its field.
fn marked(report: &Report, items: &[Item<'_>]) -> String {
    let mut text = String::new();
    let mut last = None;
    for item in items {
        if last.replace(item.at.section) != Some(item.at.section) {
            let path = report.path(item.at.section).join(" › ");
            text.push_str(&format!(
                "{} ({})\n\n",
                width::shown(&path),
                item.at.section + 1
            ));
        }
        let words = wording::one_line(item.text);
        text.push_str(&format!("{}\n", item.editions.join(" ")));
        for line in wrap::lines(&words, 68, &report.language) {
            let words = words
                .get(line.start..line.end)
                .unwrap_or_default()
                .trim_end();
            let hyphen = if line.hyphen { "-" } else { "" };
            text.push_str(&format!("    {}{hyphen}\n", width::shown(words)));
        }
        text.push('\n');
    }
    text
}

/// Each field under its path.
fn set(report: &Report, fields: &[(usize, usize)], format: Format) -> String {
    let mut pieces = Vec::new();
    for &(_, field) in fields {
        let sections = export::parts(
            report,
            &[crate::report::address::Stretch::Sections(
                report.outline().below(field),
            )],
        );
        let mut sections: Vec<Part<'_>> = sections;
        if let Some(first) = sections.first_mut() {
            first.has_title = false;
        }
        let path = width::shown(&report.path(field).join(" › ")).into_owned();
        let place = Position::new(field, 0, 0);
        let page = report.page(place).map(|page| format!(", p. {page}"));
        let head = format!("{path} ({}{})", field + 1, page.unwrap_or_default());
        let text = export::write(format, report, &sections, Some(72));
        pieces.push(match format {
            Format::Markdown => format!("## {}\n\n{text}", wording::one_line(&head)),
            _ => format!("{head}\n\n{text}"),
        });
    }
    pieces.join("\n")
}

fn as_json(report: &Report, items: &[Item<'_>]) -> String {
    let outline = report.outline();
    let object = |item: &Item<'_>| {
        json!({
            "record": outline.name(item.record),
            "facet": outline.facet(item.record),
            "address": Address::of(item.at).number(report),
            "path": report.path(item.at.section),
            "page": report.page(item.at),
            "text": item.text,
            "editions": item.editions,
        })
    };
    json::array(items.iter().map(object).collect())
}

fn as_csv(report: &Report, items: &[Item<'_>]) -> String {
    let outline = report.outline();
    let head = [
        "record", "facet", "address", "path", "page", "text", "editions",
    ];
    let cells = |item: &Item<'_>| {
        [
            outline.name(item.record).to_owned(),
            outline.facet(item.record).to_owned(),
            Address::of(item.at).number(report),
            report.path(item.at.section).join(" › "),
            report.page(item.at).unwrap_or_default().to_owned(),
            item.text.to_owned(),
            item.editions.join(" "),
        ]
    };
    csv::table(
        [head.map(str::to_owned)]
            .into_iter()
            .chain(items.iter().map(cells)),
    )
}
