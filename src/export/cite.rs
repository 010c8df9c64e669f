//! Citations in the formats of reference managers: BibTeX (Patashnik, 1988), RIS (Research
//! Information Systems), CSL JSON (schema of citeproc).

use serde_json::{Map, Value, json};

use crate::{report::citation::Citation, text::width};

/// The formats of `cite`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum CitationFormat {
    Text,
    Bibtex,
    Ris,
    CslJson,
}

/// Writes a citation; ends with a line feed.
pub fn write(format: CitationFormat, cited: &Citation) -> String {
    match format {
        CitationFormat::Text => width::shown(&cited.text()).into_owned() + "\n",
        CitationFormat::Bibtex => bibtex(cited),
        CitationFormat::Ris => ris(cited),
        CitationFormat::CslJson => super::json::value(&Value::Array(vec![csl(cited)])),
    }
}

/// The path, and the paragraphs: what no field of the formats is for.
fn note(cited: &Citation) -> String {
    let until = match cited.until.as_str() {
        "" => String::new(),
        until => format!("to {until}"),
    };
    let parts = [cited.path.join(" › "), cited.paragraphs.clone(), until];
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

/// Parts of a date: year, month, day, as far as they are numbers.
fn date(cited: &Citation) -> Vec<u32> {
    let published = cited.published.as_deref().unwrap_or_default();
    let parts = published.split('-').map_while(|part| part.parse().ok());
    parts.take(3).collect()
}

/// An `@techreport`, which needs an author; else `@misc`, which needs nothing.
fn bibtex(cited: &Citation) -> String {
    let (kind, month) = match cited.author.as_str() {
        "" => ("misc", date(cited).get(1).copied()),
        _ => ("techreport", date(cited).get(1).copied()),
    };
    let in_braces = |text: &str| format!("{{{}}}", tex(text));
    let mut fields: Vec<(&str, String)> = Vec::new();
    if !cited.author.is_empty() {
        // Braces twice: a body is one name, not a first and a last one.
        fields.push(("author", format!("{{{}}}", in_braces(&cited.author))));
        fields.push(("institution", in_braces(&cited.author)));
    }
    fields.push(("title", format!("{{{}}}", in_braces(&cited.title))));
    fields.extend(cited.year().map(|year| ("year", in_braces(year))));
    let month = month.and_then(|month| MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?));
    fields.extend(month.map(|month| ("month", (*month).to_owned())));
    if !cited.pages.is_empty() {
        fields.push(("pages", in_braces(&cited.pages.replace('–', "--"))));
    }
    if is_web(&cited.source) {
        // Programs read this field as it stands.
        fields.push(("url", format!("{{{}}}", web(&cited.source))));
    }
    fields.push(("note", in_braces(&note(cited))));
    let fields: String = fields
        .iter()
        .filter(|(_, value)| value != "{}")
        .map(|(name, value)| format!("  {name} = {value},\n"))
        .collect();
    format!("@{kind}{{{},\n{fields}}}\n", cited.id)
}

/// The months that BibTeX knows by name.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Text of a BibTeX field: what TeX would act on is escaped.
fn tex(text: &str) -> String {
    let mut escaped = String::new();
    for character in width::shown(text).chars() {
        match character {
            '{' => escaped.push_str("\\{"),
            '}' => escaped.push_str("\\}"),
            '\\' => escaped.push_str("{\\textbackslash}"),
            '~' => escaped.push_str("{\\textasciitilde}"),
            '^' => escaped.push_str("{\\textasciicircum}"),
            '#' | '$' | '%' | '&' | '_' => {
                escaped.push('\\');
                escaped.push(character);
            }
            other => escaped.push(other),
        }
    }
    escaped
}

/// A `RPRT`: lines of a tag, two blanks, a hyphen, a blank and a value; `TY` first, `ER` last.
fn ris(cited: &Citation) -> String {
    let mut lines = vec![("TY", "RPRT".to_owned())];
    // A comma would part a family name from a first name.
    lines.push(("AU", cited.author.replace(',', " ")));
    lines.push(("TI", cited.title.clone()));
    lines.push(("PB", cited.author.clone()));
    lines.push(("PY", cited.year().unwrap_or_default().to_owned()));
    if let [year, rest @ ..] = date(cited).as_slice() {
        let part = |at: usize| rest.get(at).map(|part| format!("{part:02}"));
        let (month, day) = (part(0).unwrap_or_default(), part(1).unwrap_or_default());
        lines.push(("DA", format!("{year:04}/{month}/{day}/")));
    }
    let (first, last) = match cited.pages.split_once('–') {
        Some((first, last)) => (first, last),
        None => (cited.pages.as_str(), ""),
    };
    lines.push(("SP", first.to_owned()));
    lines.push(("EP", last.to_owned()));
    if is_web(&cited.source) {
        lines.push(("UR", web(&cited.source)));
    }
    lines.push(("LA", cited.language.clone()));
    lines.push(("N1", note(cited)));
    let lines = lines.iter().filter(|(_, value)| !value.trim().is_empty());
    let lines = lines.map(|(tag, value)| format!("{tag}  - {}\r\n", width::shown(value)));
    lines.collect::<String>() + "ER  - \r\n"
}

fn csl(cited: &Citation) -> Value {
    let mut item = Map::new();
    let mut put = |name: &str, value: &str| {
        if !value.is_empty() {
            item.insert(name.to_owned(), value.into());
        }
    };
    put("id", &cited.id);
    put("type", "report");
    put("title", &cited.title);
    put("publisher", &cited.author);
    put("page", &cited.pages.replace('–', "-"));
    put("language", &cited.language);
    put("section", &cited.path.join(" › "));
    put("note", &note(cited));
    if is_web(&cited.source) {
        put("URL", &web(&cited.source));
    }
    if !cited.author.is_empty() {
        item.insert("author".into(), json!([{ "literal": cited.author }]));
    }
    let date = date(cited);
    if !date.is_empty() {
        item.insert("issued".into(), json!({ "date-parts": [date] }));
    }
    Value::Object(item)
}

fn is_web(source: &str) -> bool {
    source.starts_with("http://") || source.starts_with("https://")
}

/// A web address without what would end its field.
fn web(source: &str) -> String {
    let encoded = |c: char| match c {
        '{' => "%7B".to_owned(),
        '}' => "%7D".to_owned(),
        c if c.is_whitespace() || width::is_unsafe(c) => String::new(),
        c => c.to_string(),
    };
    source.chars().map(encoded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{
        Page,
        position::{Passage, Position},
        snapshot,
    };

    fn cited() -> Citation {
        let mut report = snapshot::bundled();
        report.pages = vec![Page {
            label: "3".into(),
            section: 0,
            block: 0,
            byte: 0,
        }];
        let at = |block, byte| Position::new(1, block, byte);
        Citation::of_passage(&report, Passage::new(at(4, 0), at(6, 9)))
    }

    #[test]
    fn bibtex_has_what_a_report_needs() {
        let expected = "@techreport{tip-2021,\n  author = {{United States Department of State}},\n  institution = {United States Department of State},\n  title = {{2021 Trafficking in Persons Report}},\n  year = {2021},\n  month = jul,\n  pages = {3},\n  url = {https://www.state.gov/reports/2021-trafficking-in-persons-report/},\n  note = {Message From the Secretary of State, paras. 3–5},\n}\n";
        assert_eq!(write(CitationFormat::Bibtex, &cited()), expected);
        let nobody = Citation {
            author: String::new(),
            title: "A & {B} 50% \\x".into(),
            ..cited()
        };
        let text = write(CitationFormat::Bibtex, &nobody);
        assert!(
            text.starts_with(
                "@misc{tip-2021,\n  title = {{A \\& \\{B\\} 50\\% {\\textbackslash}x}},"
            ),
            "{text}"
        );
    }

    #[test]
    fn ris_begins_with_the_type_and_ends_with_er() {
        let text = write(CitationFormat::Ris, &cited());
        let lines: Vec<&str> = text.split("\r\n").collect();
        let expected = [
            "TY  - RPRT",
            "AU  - United States Department of State",
            "TI  - 2021 Trafficking in Persons Report",
            "PB  - United States Department of State",
            "PY  - 2021",
            "DA  - 2021/07//",
            "SP  - 3",
            "UR  - https://www.state.gov/reports/2021-trafficking-in-persons-report/",
            "LA  - en-US",
            "N1  - Message From the Secretary of State, paras. 3–5",
            "ER  - ",
            "",
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn csl_json_is_an_array_of_one_report() {
        let text = write(CitationFormat::CslJson, &cited());
        let value: Value = serde_json::from_str(&text).expect("JSON");
        let item = &value[0];
        assert_eq!(item["type"], "report");
        assert_eq!(
            item["author"],
            json!([{ "literal": "United States Department of State" }])
        );
        assert_eq!(item["issued"], json!({ "date-parts": [[2021, 7]] }));
        assert_eq!(
            (&item["page"], &item["section"]),
            (&json!("3"), &json!("Message From the Secretary of State"))
        );
    }
}
