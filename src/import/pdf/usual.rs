//! What is usual in a PDF: its type, its distances, its words.

use std::collections::{HashMap, HashSet};

use super::{lines::Line, styled::Styled};

/// What is usual in a document.
pub struct Usual {
    /// Size of the type of the text.
    pub size: f64,
    /// Distance of two baselines, in sizes of the type.
    pub leading: f64,
    /// All words that are not divided by a line end.
    words: HashSet<String>,
}

impl Usual {
    /// What is usual among lines.
    pub fn of(lines: &[Line]) -> Self {
        let mut sizes: HashMap<i64, usize> = HashMap::new();
        let mut leadings: HashMap<i64, usize> = HashMap::new();
        let mut words = HashSet::new();
        for line in lines {
            *sizes
                .entry((line.run.size * 4.0).round() as i64)
                .or_default() += line.run.text.len();
            let all: Vec<&str> = line.run.text.split_whitespace().collect();
            let inner = all.split_last().map(|(_, inner)| inner).unwrap_or_default();
            words.extend(inner.iter().map(|word| {
                word.trim_matches(|c: char| !c.is_alphabetic())
                    .to_lowercase()
            }));
        }
        let most = |counts: &HashMap<i64, usize>| {
            counts
                .iter()
                .max_by_key(|(value, count)| (**count, -**value))
                .map(|(value, _)| *value)
        };
        let size = most(&sizes).map_or(10.0, |size| size as f64 / 4.0);
        for (one, other) in lines.iter().zip(lines.iter().skip(1)) {
            let gap = (one.run.y - other.run.y) / size;
            if one.page == other.page
                && (0.8..3.0).contains(&gap)
                && (one.run.size - size).abs() < size * 0.1
            {
                *leadings.entry((gap * 20.0).round() as i64).or_default() += 1;
            }
        }
        Self {
            size,
            leading: most(&leadings).map_or(1.3, |leading| leading as f64 / 20.0),
            words,
        }
    }

    /// Adds a line to text: a hyphen at the line's end is dropped where it only divides a word.
    pub fn join(&self, mut text: Styled, line: &Styled) -> Styled {
        let line = line.trimmed(0);
        let before = text.trim_end();
        let divided = before
            .strip_suffix(['-', '\u{ad}', '‐'])
            .filter(|rest| rest.ends_with(char::is_alphabetic));
        let Some(rest) = divided.filter(|_| line.starts_with(char::is_alphabetic)) else {
            text.push_apart(&line);
            return text;
        };
        let first = rest
            .rsplit(|c: char| !c.is_alphabetic())
            .next()
            .unwrap_or_default();
        let second = line
            .split(|c: char| !c.is_alphabetic())
            .next()
            .unwrap_or_default();
        let is_known = |words: String| self.words.contains(&words.to_lowercase());
        let keeps = !line.starts_with(char::is_lowercase)
            || (is_known(format!("{first}-{second}")) && !is_known(format!("{first}{second}")));
        let end = if keeps && !before.ends_with('\u{ad}') {
            before.len()
        } else {
            rest.len()
        };
        text = text.part(0..end);
        text.push(&line);
        text
    }
}
