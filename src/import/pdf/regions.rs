//! Divides a page at its white space: columns one after the other, what reaches across them
//! between, notes in the margin after the text beside them.

use super::{bullets, page::Run};

/// Left and right edge.
pub type Edges = (f64, f64);

/// Pieces that are read line by line, and the column that they are in.
pub struct Region {
    pub runs: Vec<Run>,
    pub column: Edges,
}

/// How often a page is divided within itself.
const DEEPEST: usize = 16;
/// Fewest and most pieces that are divided: more are those of a map.
const FEWEST: usize = 8;
const MOST: usize = 3_000;
/// How many places of a page are tried.
const MOST_TRIED: usize = 12;
/// Narrowest gutter and lowest band of white, in sizes of the type.
const NARROWEST: f64 = 0.6;
const LOWEST: f64 = 0.9;
/// Fewest numbers in a margin that count lines.
const FEWEST_NUMBERS: usize = 5;

/// The regions of a page in reading order.
pub fn divide(runs: Vec<Run>) -> Vec<Region> {
    let mut regions = Vec::new();
    let column = text_edges(runs.iter());
    cut(runs, column, DEEPEST, &mut regions);
    regions
}

fn cut(runs: Vec<Run>, column: Edges, depth: usize, regions: &mut Vec<Region>) {
    if depth == 0 || !(FEWEST..MOST).contains(&runs.len()) {
        return leaf(runs, column, regions);
    }
    if let Some(gutter) = gutter(&runs) {
        return across(runs, gutter, column, depth, regions);
    }
    match white_band(&runs) {
        Some(y) => {
            let (above, below) = runs.into_iter().partition(|run| run.y > y);
            cut(above, column, depth - 1, regions);
            cut(below, column, depth - 1, regions);
        }
        None => leaf(runs, column, regions),
    }
}

/// Adds pieces that are not divided; bands of one column are one region.
fn leaf(runs: Vec<Run>, column: Edges, regions: &mut Vec<Region>) {
    match regions.last_mut().filter(|last| last.column == column) {
        Some(last) => last.runs.extend(runs),
        None if runs.is_empty() => {}
        None => regions.push(Region { runs, column }),
    }
}

/// Reads both sides of a gutter between the lines that reach across it.
fn across(runs: Vec<Run>, gutter: Edges, column: Edges, depth: usize, regions: &mut Vec<Region>) {
    let is_left = |run: &&Run| run.right <= gutter.1;
    let is_right = |run: &&Run| run.left >= gutter.0;
    let sides = [
        text_edges(runs.iter().filter(is_left)),
        text_edges(runs.iter().filter(is_right)),
    ];
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let flow = |left: &mut Vec<Run>, right: &mut Vec<Run>, regions: &mut Vec<Region>| {
        let (left, right) = (std::mem::take(left), std::mem::take(right));
        if is_table(&left, &right, sides) {
            return leaf([left, right].concat(), column, regions);
        }
        let mut both = [(left, sides[0]), (right, sides[1])];
        if is_margin(&both[0].0, &both[1].0) {
            both.reverse();
        }
        for (runs, edges) in both {
            cut(runs, edges, depth - 1, regions);
        }
    };
    for row in by_height(runs) {
        let reaches = |run: &Run| run.left < gutter.0 && run.right > gutter.1;
        if row.iter().any(reaches) {
            flow(&mut left, &mut right, regions);
            leaf(row, column, regions);
            continue;
        }
        for run in row {
            if run.right <= gutter.1 {
                left.push(run)
            } else {
                right.push(run)
            }
        }
    }
    flow(&mut left, &mut right, regions);
}

/// From the first to the last edge of pieces.
pub fn edges<'r>(runs: impl IntoIterator<Item = &'r Run>) -> Edges {
    let none = (f64::INFINITY, f64::NEG_INFINITY);
    runs.into_iter().fold(none, |(left, right), run| {
        (left.min(run.left), right.max(run.right))
    })
}

/// The edges of text: a page number may stand in the gutter.
fn text_edges<'r>(runs: impl Iterator<Item = &'r Run> + Clone) -> Edges {
    let is_long = |run: &&Run| run.right - run.left > run.size * 4.0;
    let text = edges(runs.clone().filter(is_long));
    if text.0 < text.1 { text } else { edges(runs) }
}

/// Pieces grouped by their height on the page, the highest first.
pub fn by_height(mut runs: Vec<Run>) -> Vec<Vec<Run>> {
    runs.sort_by(|one, other| other.y.total_cmp(&one.y));
    let mut rows: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        let is_level = |row: &&mut Vec<Run>| {
            row.first()
                .is_some_and(|first| (first.y - run.y).abs() < first.size.max(run.size) * 0.45)
        };
        match rows.last_mut().filter(is_level) {
            Some(row) => row.push(run),
            None => rows.push(vec![run]),
        }
    }
    rows
}

/// Where a page is divided into two sides: hardly any piece reaches across, and both are columns.
fn gutter(runs: &[Run]) -> Option<Edges> {
    let mut ends: Vec<(f64, i64)> = runs
        .iter()
        .flat_map(|run| [(run.left, 1), (run.right.max(run.left), -1)])
        .collect();
    ends.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let least = median(runs.iter().map(|run| run.size)) * NARROWEST;
    let most = i64::try_from(runs.len() / 4).unwrap_or(0);
    let mut crossing = 0;
    let mut places: Vec<(i64, Edges)> = Vec::new();
    for (end, next) in ends.iter().zip(ends.iter().skip(1)) {
        crossing += end.1;
        if crossing <= most && next.0 - end.0 >= least {
            places.push((crossing, (end.0, next.0)));
        }
    }
    places.sort_by(|(one, a), (other, b)| one.cmp(other).then((b.1 - b.0).total_cmp(&(a.1 - a.0))));
    let mut tried = places.into_iter().take(MOST_TRIED).map(|(_, place)| place);
    tried.find(|place| {
        let left: Vec<&Run> = runs.iter().filter(|run| run.right <= place.1).collect();
        let right: Vec<&Run> = runs.iter().filter(|run| run.left >= place.0).collect();
        !left.is_empty() && !right.is_empty() && are_columns(&Side::of(&left), &Side::of(&right))
    })
}

/// The middle of the widest white band, where it is higher than lines are apart.
fn white_band(runs: &[Run]) -> Option<f64> {
    let size = median(runs.iter().map(|run| run.size));
    let mut spans: Vec<(f64, f64)> = runs
        .iter()
        .map(|run| (run.y + run.size * 0.8, run.y - run.size * 0.2))
        .collect();
    spans.sort_by(|one, other| other.0.total_cmp(&one.0));
    let mut low = spans.first()?.1;
    let mut best: Option<(f64, f64)> = None;
    for (top, foot) in spans {
        let gap = low - top;
        if gap > size * LOWEST && best.is_none_or(|(widest, _)| gap > widest) {
            best = Some((gap, top + gap / 2.0));
        }
        low = low.min(foot);
    }
    best.map(|(_, y)| y)
}

/// The lines on one side of a gutter.
struct Side {
    /// Where each line is, from the top.
    ys: Vec<f64>,
    size: f64,
    leading: f64,
    /// Shares of the lines that fill it, and that go on in the next.
    full: f64,
    flowing: f64,
    /// Characters of a line.
    letters: f64,
}

impl Side {
    fn of(runs: &[&Run]) -> Self {
        let own: Vec<Run> = runs.iter().map(|run| (*run).clone()).collect();
        let (left, right) = edges(&own);
        let size = median(own.iter().map(|run| run.size));
        let letters: usize = own
            .iter()
            .map(|run| run.text.chars().filter(|c| c.is_alphabetic()).count())
            .sum();
        let mut rows = by_height(own);
        for row in &mut rows {
            row.sort_by(|one, other| one.left.total_cmp(&other.left));
        }
        let count = rows.len().max(1) as f64;
        let is_full = |row: &&Vec<Run>| {
            let (from, to) = edges(row.iter());
            to - from > (right - left) * 0.6
        };
        let goes_on = |row: &&Vec<Run>| {
            let text = row.first().map_or("", |run| run.text.trim_start());
            let is_item = bullets::SIGNS.iter().any(|sign| text.starts_with(sign));
            is_item || text.starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase())
        };
        let ys: Vec<f64> = rows.iter().filter_map(|row| Some(row.first()?.y)).collect();
        Self {
            size,
            leading: median(
                ys.iter()
                    .zip(ys.iter().skip(1))
                    .map(|(one, other)| one - other),
            ),
            full: rows.iter().filter(is_full).count() as f64 / count,
            flowing: rows.iter().filter(goes_on).count() as f64 / count,
            letters: letters as f64 / count,
            ys,
        }
    }

    fn is_prose(&self) -> bool {
        self.ys.len() >= 4 && self.full >= 0.5 && self.flowing >= 0.2 && self.letters >= 10.0
    }

    /// How many of its lines are level with one of the other side.
    fn level(&self, other: &Self) -> usize {
        let near = self.size.min(other.size) * 0.25;
        let is_level = |y: &&f64| other.ys.iter().any(|at| (at - **y).abs() < near);
        self.ys.iter().filter(is_level).count()
    }

    /// Where it has more room between two lines than between most, at the lower one.
    fn breaks(&self) -> Vec<f64> {
        let pairs = self.ys.iter().zip(self.ys.iter().skip(1));
        pairs
            .filter(|(one, other)| *one - *other > self.leading * 1.25)
            .map(|(_, other)| *other)
            .collect()
    }
}

/// Whether two sides are columns of text, or one of text and one of anything beside it. Cells of
/// a table are beside each other too, but begin level with each other.
fn are_columns(left: &Side, right: &Side) -> bool {
    let (prose, other) = if left.is_prose() {
        (left, right)
    } else {
        (right, left)
    };
    if !prose.is_prose() || other.letters < 3.0 || other.ys.is_empty() {
        return false;
    }
    let level = other.level(prose);
    let few = other.ys.len() * 10 <= prose.ys.len() * 6;
    // Labels stand left of what they name, or each alone; the lines of a note follow each other.
    let is_alone = other.ys.len() == 1 || other.leading > prose.leading * 1.5;
    let is_labels = few
        && level * 10 >= other.ys.len() * 8
        && other.size > prose.size * 0.95
        && (is_alone || left.ys.len() == other.ys.len());
    let (ones, others) = (prose.breaks(), other.breaks());
    let near = prose.size * 0.25;
    let shared = others
        .iter()
        .filter(|y| ones.iter().any(|at| (at - **y).abs() < near))
        .count();
    let is_rows = shared >= 2 && shared * 10 >= ones.len().min(others.len()) * 7;
    let is_short = prose.ys.len() < 8 && other.full < 0.5 && level == other.ys.len();
    !is_labels && !is_rows && !is_short
}

/// Whether what is between two lines across is rows of a table: all level, none full.
fn is_table(left: &[Run], right: &[Run], sides: [Edges; 2]) -> bool {
    let side = |runs: &[Run]| Side::of(&runs.iter().collect::<Vec<_>>());
    let fills = |runs: &[Run], (from, to): Edges| {
        runs.iter()
            .any(|run| run.right - run.left > (to - from) * 0.6)
    };
    let (one, other) = (side(left), side(right));
    let rows = one.ys.len().max(other.ys.len());
    !left.is_empty()
        && !right.is_empty()
        && one.level(&other) == rows
        && !fills(left, sides[0])
        && !fills(right, sides[1])
}

/// Whether the left side is the margin of the right: narrow, and with less in it.
fn is_margin(left: &[Run], right: &[Run]) -> bool {
    let width = |runs: &[Run]| {
        let (from, to) = edges(runs);
        to - from
    };
    left.len() * 2 < right.len() && width(left) < width(right) * 0.45
}

pub fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Takes the numbers of lines out that stand in the margin of text: one step from each to the next.
pub fn take_line_numbers(runs: &mut Vec<Run>) -> Vec<Run> {
    let number = |run: &Run| run.text.trim().parse::<u16>().ok();
    let text: Vec<&Run> = runs.iter().filter(|run| number(run).is_none()).collect();
    if runs.len() < text.len() + FEWEST_NUMBERS {
        return Vec::new();
    }
    let side = Side::of(&text);
    let (left, right) = text_edges(text.into_iter());
    let (Some(top), Some(foot)) = (side.ys.first(), side.ys.last()) else {
        return Vec::new();
    };
    let is_beside = |run: &Run| {
        number(run).is_some()
            && (run.right < left || run.left > right)
            && (foot - run.size..top + run.size).contains(&run.y)
    };
    let mut numbers: Vec<&Run> = runs.iter().filter(|run| is_beside(run)).collect();
    numbers.sort_by(|one, other| other.y.total_cmp(&one.y));
    let values: Vec<u16> = numbers.into_iter().filter_map(number).collect();
    let mut steps = values
        .iter()
        .zip(values.iter().skip(1))
        .map(|(one, other)| other.checked_sub(*one));
    let first = steps.next().flatten().filter(|step| *step > 0);
    let is_counted = first.is_some() && steps.all(|step| step == first);
    if values.len() < FEWEST_NUMBERS || !is_counted || !side.is_prose() {
        return Vec::new();
    }
    runs.extract_if(.., |run| is_beside(run)).collect()
}

/// Takes large type out that other text is printed over.
pub fn take_overprinted(runs: &mut Vec<Run>) -> Vec<Run> {
    let usual = median(runs.iter().map(|run| run.size));
    let is_over = |run: &Run, other: &&Run| {
        let (foot, top) = (run.y - run.size * 0.2, run.y + run.size * 0.8);
        other.size < run.size * 0.6
            && (foot..top).contains(&other.y)
            && other.left < run.right
            && run.left < other.right
    };
    if runs.len() > MOST || !runs.iter().any(|run| run.size > usual * 2.0) {
        return Vec::new();
    }
    let all = runs.clone();
    let is_below = |run: &mut Run| {
        run.size > usual * 2.0 && all.iter().filter(|other| is_over(run, other)).count() > 1
    };
    runs.extract_if(.., is_below).collect()
}
