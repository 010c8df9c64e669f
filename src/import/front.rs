//! Front matter: the metadata above a text, between `---` or as its first lines.

use super::document::Document;
use crate::text::wording;

/// What the lines say.
#[derive(Debug, Default)]
pub struct Front {
    fields: Vec<(String, Vec<String>)>,
}

impl Front {
    /// Reads lines of `name: value`; lines of `- value` below a name are its values.
    pub fn read(lines: &str) -> Self {
        let mut front = Self::default();
        for line in lines.lines() {
            let item = line.trim().strip_prefix("- ").map(clean);
            match (item, front.fields.last_mut(), line.split_once(':')) {
                (Some(item), Some((_, values)), _) => values.extend(item),
                (None, _, Some((name, value))) if !line.starts_with(char::is_whitespace) => {
                    let value = value.trim().trim_start_matches('[').trim_end_matches(']');
                    let is_list = line.trim_end().ends_with(']');
                    let split = if is_list { ',' } else { '\0' };
                    let values = value.split(split).filter_map(clean).collect();
                    front
                        .fields
                        .push((name.trim().to_ascii_lowercase(), values));
                }
                // A person as `name: Ada` below `author:`.
                (None, Some((_, values)), Some((name, value))) => {
                    let is_name = matches!(name.trim().trim_start_matches("- "), "name");
                    values.extend(clean(value).filter(|_| is_name));
                }
                _ => {}
            }
        }
        front
    }

    /// The front matter of a plain text, and how many lines it takes.
    pub fn before(text: &str) -> Option<(Self, usize)> {
        let mut lines = text.lines();
        let fence = lines.next()?.trim_end();
        if fence == "---" {
            let inner: Vec<&str> = lines
                .take_while(|line| !matches!(line.trim_end(), "---" | "..."))
                .collect();
            let is_closed = text.lines().nth(inner.len() + 1).is_some();
            let front = Self::read(&inner.join("\n"));
            return (is_closed && front.is_known()).then(|| (front, inner.len() + 2));
        }
        let inner: Vec<&str> = text
            .lines()
            .take_while(|line| !line.trim().is_empty())
            .collect();
        let is_field = |line: &&str| {
            let name = line
                .split_once(": ")
                .map(|(name, _)| name.trim().to_ascii_lowercase());
            name.is_some_and(|name| NAMES.contains(&name.as_str()))
        };
        let is_front = inner.len() >= 2 && inner.iter().all(is_field);
        is_front.then(|| (Self::read(&inner.join("\n")), inner.len()))
    }

    fn is_known(&self) -> bool {
        self.fields
            .iter()
            .any(|(name, _)| NAMES.contains(&name.as_str()))
    }

    fn said(&self, names: &[&str]) -> Option<String> {
        let found = self
            .fields
            .iter()
            .find(|(name, values)| names.contains(&name.as_str()) && !values.is_empty());
        found.map(|(_, values)| values.join(", "))
    }

    /// Says of a document what the front matter says.
    pub fn describe(&self, document: &mut Document) {
        document.title = self.said(&["title"]);
        document.author = self.said(&["author", "authors", "by", "creator"]);
        let date = self.said(&["date", "published", "released"]);
        document.published = date.and_then(|date| super::date(&date));
        document.language = self.said(&["lang", "language"]);
        document.source = self.said(&["source", "url"]);
    }
}

/// Names that front matter is known by.
const NAMES: &[&str] = &[
    "title",
    "author",
    "authors",
    "by",
    "creator",
    "date",
    "published",
    "released",
    "lang",
    "language",
    "source",
    "url",
];

/// A value without quotes; `None` for an empty one.
fn clean(value: &str) -> Option<String> {
    let value = value
        .trim()
        .trim_start_matches("- ")
        .trim_matches(['"', '\'']);
    let value = wording::one_line(value.trim_start_matches("name:"));
    Some(value).filter(|value| !value.is_empty() && !matches!(value.as_str(), "|" | ">"))
}
