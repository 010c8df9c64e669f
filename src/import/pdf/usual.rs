//! What is usual in a PDF: its type, its distances, its words.

use std::collections::{HashMap, HashSet};

use super::{lines::Line, styled::Styled};

/// What is usual in a document.
pub struct Usual {
    /// Size of the type of the text.
    pub size: f64,
    /// Whether most type has letters that are equally wide.
    pub is_even: bool,
    /// Distances of two baselines, in points, by page and size; of page 0, in the whole file.
    leadings: HashMap<(usize, i64), f64>,
    /// Pages and left edges of columns whose paragraphs hang: all but their first lines are set in.
    hanging: HashSet<(usize, i64)>,
    /// All words that are not divided by a line end.
    words: HashSet<String>,
}

/// Fewest distances that say what is usual.
const FEWEST: usize = 3;

fn key(points: f64) -> i64 {
    (points * 4.0).round() as i64
}

impl Usual {
    /// What is usual among lines.
    pub fn of(lines: &[Line]) -> Self {
        let mut sizes: HashMap<i64, usize> = HashMap::new();
        let mut words = HashSet::new();
        let (mut even, mut letters) = (0, 0);
        for line in lines {
            let length = line.run.text.len();
            *sizes.entry(key(line.run.size)).or_default() += length;
            letters += length;
            even += if line.run.text.is_even() { length } else { 0 };
            let all: Vec<&str> = line.run.text.split_whitespace().collect();
            let inner = all.split_last().map(|(_, inner)| inner).unwrap_or_default();
            words.extend(inner.iter().map(|word| {
                word.trim_matches(|c: char| !c.is_alphabetic())
                    .to_lowercase()
            }));
        }
        let most = |(size, count): &(&i64, &usize)| (**count, -**size);
        let size = sizes
            .iter()
            .max_by_key(most)
            .map_or(10.0, |(size, _)| *size as f64 / 4.0);
        Self {
            size,
            is_even: even * 2 > letters,
            leadings: leadings(lines),
            hanging: hanging(lines),
            words,
        }
    }

    /// The usual distance of a line to the next of its page and size, in points.
    pub fn leading(&self, line: &Line) -> f64 {
        let size = key(line.run.size);
        let known = |page| self.leadings.get(&(page, size));
        let known = known(line.page).or_else(|| known(0));
        known.copied().unwrap_or(line.run.size * 1.3)
    }

    /// Whether the paragraphs of the column of a line hang.
    pub fn hangs(&self, line: &Line) -> bool {
        self.hanging.contains(&(line.page, key(line.column.0)))
    }

    /// Adds a line to text: a hyphen at the line's end is dropped where it only divides a word.
    pub fn join(&self, mut text: Styled, line: &Styled) -> Styled {
        let line = line.trimmed(0);
        let before = text.trim_end();
        let is_range = before
            .strip_suffix('-')
            .is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()));
        if is_range && line.starts_with(|c: char| c.is_ascii_digit()) {
            text = text.trimmed(0);
            text.push(&line);
            return text;
        }
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
        let is_word = is_known(format!("{first}{second}"));
        let is_small = line.starts_with(char::is_lowercase);
        let keeps = !is_word && (!is_small || is_known(format!("{first}-{second}")));
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

/// The most usual distances of two lines.
fn leadings(lines: &[Line]) -> HashMap<(usize, i64), f64> {
    let mut gaps: HashMap<(usize, i64), HashMap<i64, usize>> = HashMap::new();
    for (one, other) in lines.iter().zip(lines.iter().skip(1)) {
        let size = key(one.run.size);
        let gap = one.run.y - other.run.y;
        let is_next = one.page == other.page
            && one.column == other.column
            && size == key(other.run.size)
            && (0.8..3.0).contains(&(gap / one.run.size));
        for page in [one.page, 0].into_iter().filter(|_| is_next) {
            *gaps
                .entry((page, size))
                .or_default()
                .entry(key(gap))
                .or_default() += 1;
        }
    }
    let usual = gaps.into_iter().filter_map(|(of, gaps)| {
        let count: usize = gaps.values().sum();
        let (gap, _) = gaps.iter().max_by_key(|(gap, count)| (**count, -**gap))?;
        (count >= FEWEST || of.0 == 0).then_some((of, *gap as f64 / 4.0))
    });
    usual.collect()
}

/// The columns whose paragraphs hang: most lines at the margin are followed by one that is set
/// in, and some of those go on in the middle of a sentence.
fn hanging(lines: &[Line]) -> HashSet<(usize, i64)> {
    let mut columns: HashMap<(usize, i64), [usize; 3]> = HashMap::new();
    let indent = |line: &Line| (line.run.left - line.column.0) / line.run.size;
    for (one, other) in lines.iter().zip(lines.iter().skip(1)) {
        let is_one = one.page == other.page && one.column == other.column;
        let is_item = !one.cells.is_empty() || !one.run.text.starts_with(char::is_alphabetic);
        if !is_one || is_item || indent(one) >= 0.7 || one.block.is_some() {
            continue;
        }
        let seen = columns.entry((one.page, key(one.column.0))).or_default();
        let is_in = (0.7..6.0).contains(&indent(other));
        seen[0] += 1;
        seen[1] += usize::from(is_in);
        seen[2] += usize::from(is_in && other.run.text.starts_with(char::is_lowercase));
    }
    let hangs =
        |seen: &[usize; 3]| seen[1] >= 3 && seen[1] * 2 >= seen[0] && seen[2] * 5 >= seen[1];
    columns
        .into_iter()
        .filter(|(_, seen)| hangs(seen))
        .map(|(column, _)| column)
        .collect()
}
