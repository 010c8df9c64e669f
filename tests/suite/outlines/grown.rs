//! Reports that are grown from a seed: records with facets and the same fields, sentences that stand
//! in many of them, lists, flat prose. Every paragraph and word knows which one it was.

use tip_reader::report::{Block, BlockKind, Report, Section, outline::Outline, snapshot};

use crate::anchoring::texts::Dice;

#[derive(Clone, Debug)]
pub struct Word {
    pub text: String,
    /// The number of the word of its paragraph that it is or replaces.
    pub origin: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Words of its own, by patterns, a bit each; `None` is prose.
    Own(Option<u32>),
    /// The same words in many places.
    Formula,
}

#[derive(Clone, Debug)]
pub struct Paragraph {
    pub id: usize,
    pub kind: Kind,
    pub words: Vec<Word>,
    pub is_swapped: bool,
}

#[derive(Clone, Debug)]
pub struct Part {
    pub id: usize,
    pub name: String,
    pub facet: String,
    pub level: u8,
    /// The record that it is or is in.
    pub record: Option<usize>,
    pub paragraphs: Vec<Paragraph>,
}

#[derive(Clone)]
pub struct Grown {
    pub parts: Vec<Part>,
    next: usize,
    words: Vec<String>,
    is_flat: bool,
}

const FORMULAS: [&str; 12] = [
    "The government did not report any convictions of officials in any of these cases.",
    "The government made no efforts to reduce the demand for commercial acts.",
    "Officials did not report screening for indicators on any of these occasions.",
    "The law did not prescribe penalties that were sufficiently stringent.",
    "No victims received restitution.",
    "The government did not provide funding to shelters run by other organisations.",
    "Courts remained closed for part of the year, and no data were collected.",
    "The government maintained its minimal efforts to protect those who were found.",
    "Authorities did not report training any of their officers on this subject during the year.",
    "There were no reports of legal aid.",
    "The national plan expired, and a new one was not adopted by the end of the year.",
    "Civil society reported that cooperation with the authorities stayed as it was before.",
];

const PATTERNS: [&str; 24] = [
    "In @, the @ of @ registered # @ in the @ since the @ had left the @; most of them went home within # months.",
    "The government reported # investigations of @, compared with # in the year before.",
    "After a letter from a @, # @ told the @ that the @ kept no list of them.",
    "The @ funded # shelters for @, which offered @ and @ to # persons in the @ region.",
    "Courts convicted # of them under article # of the code and sentenced them to # years in a @ near @.",
    "Review checks at @ and @ without waiting for complaints, no later than # months from now.",
    "Posters hang in @, and the @ of this office interviewed # @ behind a closed @ because wages had been held back by the @.",
    "As reported over the past years, those who exploit @ bring them from @ to the @ of @, where # of them had been found by a @.",
    "The @ allocated # coins for @, an increase from # coins.",
    "Because the @ had closed the road, # @ were brought to a @ by the @ and counselled there in # languages by a @ of the @.",
    "A song about @ was played in # towns, and the @ of the @ questioned @ in rented rooms.",
    "Interpreters were hired for # languages, and the union of @ found @ at the @ after a raid on @ had failed.",
    "The law of # stayed as it was; a draft that the @ had sent to the @ was read once and put aside for the @.",
    "Prosecutors share # cars, and the @ of @ interviewed # @ who had left the @ on foot.",
    "Village elders hid # @ from a @ until the @ came with the @ and took them to @.",
    "An appeal of # owners of @ against a fine of # coins is still open before the @ of the @.",
    "Inspectors visited # plantations, found @ on # of them and closed the @ in @ for # weeks.",
    "Observers said that @ were beaten when they asked for @, and that the @ looked away for a share of the @.",
    "Train # clerks of the @ to see the signs of @, and pay the @ that do so at night.",
    "Schools printed a calendar with the @ on it, which # pupils took home to @ and @.",
    "Among # persons whom the @ had screened at the @ were # from @, most of them former @.",
    "The ombudsman of the @ wrote # letters to the @ about @, of which # were answered by a @.",
    "Fund @ for returned @ in all provinces, as was agreed with the @ in @, within # weeks.",
    "Ships under the flag of @ landed # @ at @, where a @ paid their fare home out of the @ fund.",
];

const FIELDS: [&str; 5] = [
    "Prioritized Recommendations",
    "Prosecution",
    "Protection",
    "Prevention",
    "Profile",
];
const TIERS: [&str; 4] = ["Tier 1", "Tier 2", "Tier 2 Watch List", "Tier 3"];

impl Grown {
    fn new(dice: &mut Dice, is_flat: bool) -> Self {
        const SYLLABLES: [&str; 20] = [
            "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro",
            "su", "ta", "ve", "wi", "xo", "zu",
        ];
        let mut word = || -> String {
            (0..2 + dice.roll(3))
                .map(|_| *dice.pick(&SYLLABLES))
                .collect()
        };
        let words = (0..2_500).map(|_| word()).collect();
        Self {
            parts: Vec::new(),
            next: 0,
            words,
            is_flat,
        }
    }

    /// Records under one section, between others.
    pub fn records(dice: &mut Dice) -> Self {
        let mut grown = Self::new(dice, false);
        grown.push("Report", 1, None, dice, &[2, 0, 0]);
        for title in ["A Letter to All Readers", "Methodology"] {
            grown.push(title, 2, None, dice, &[3, 0, 0]);
        }
        for title in ["How Sources Are Weighed", "What Changed This Year"] {
            grown.push(title, 3, None, dice, &[2, 1, 0]);
        }
        grown.push("Narratives by Place", 2, None, dice, &[2, 0, 0]);
        let most = *dice.pick(&[9, 20, 40, 80, 188]);
        (0..most).for_each(|_| grown.push_record(dice));
        grown.push("Closing Remarks", 2, None, dice, &[4, 0, 0]);
        grown
    }

    /// Chapters of prose, or of patterns, without records.
    pub fn flat(dice: &mut Dice, has_patterns: bool) -> Self {
        let mut grown = Self::new(dice, true);
        for _ in 0..8 + dice.roll(6) {
            let title = grown.name(dice);
            let counts = if has_patterns { [0, 18, 0] } else { [18, 0, 0] };
            grown.push(&title, 1, None, dice, &counts);
        }
        grown
    }

    fn name(&mut self, dice: &mut Dice) -> String {
        self.next += 1;
        let name = format!("{}{}", dice.pick(&self.words), self.next);
        let (first, rest) = name.split_at(1);
        first.to_uppercase() + rest
    }

    fn id(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    /// A part with so many paragraphs of prose, of patterns, and formulas.
    fn push(
        &mut self,
        name: &str,
        level: u8,
        record: Option<usize>,
        dice: &mut Dice,
        counts: &[usize; 3],
    ) {
        let mut paragraphs = Vec::new();
        for (kind, count) in counts.iter().enumerate() {
            for _ in 0..*count {
                let paragraph = match kind {
                    0 => self.prose(dice),
                    1 => self.pattern(dice),
                    _ => self.formula(dice),
                };
                // A sentence that stands twice cannot be told apart when one of them goes.
                if !has(&paragraphs, &paragraph) {
                    paragraphs.insert(dice.roll(paragraphs.len() + 1), paragraph);
                }
            }
        }
        let id = self.id();
        self.parts.push(Part {
            id,
            name: name.into(),
            facet: String::new(),
            level,
            record,
            paragraphs,
        });
    }

    fn push_record(&mut self, dice: &mut Dice) {
        let name = self.name(dice);
        let record = self.next + 1_000_000;
        self.push(&name, 3, Some(record), dice, &[0, 1, 0]);
        if let Some(part) = self.parts.last_mut() {
            part.facet = (*dice.pick(&TIERS)).into();
        }
        for field in FIELDS {
            if dice.chance(95) {
                let counts = [dice.roll(2), 1 + dice.roll(3), dice.roll(3)];
                self.push(field, 4, Some(record), dice, &counts);
            }
        }
    }

    fn paragraph(&mut self, kind: Kind, text: &str) -> Paragraph {
        let id = self.id();
        let words = text.split(' ').enumerate();
        let words = words.map(|(at, text)| Word {
            text: text.into(),
            origin: Some(at),
        });
        Paragraph {
            id,
            kind,
            words: words.collect(),
            is_swapped: false,
        }
    }

    fn prose(&mut self, dice: &mut Dice) -> Paragraph {
        let mut text: Vec<String> = Vec::new();
        for _ in 0..25 + dice.roll(60) {
            let word = match dice.roll(10) {
                0..4 => {
                    (*dice.pick(&["the", "of", "and", "in", "to", "a", "for", "was"])).to_owned()
                }
                4 => (1 + dice.roll(900)).to_string(),
                _ => self.words[dice.common(self.words.len())].clone(),
            };
            text.push(word);
        }
        self.paragraph(Kind::Own(None), &text.join(" "))
    }

    /// Two or three sentences, sometimes one.
    fn pattern(&mut self, dice: &mut Dice) -> Paragraph {
        let (mut kinds, mut text) = (0, String::new());
        let sentences = if dice.chance(10) { 1 } else { 2 + dice.roll(2) };
        for _ in 0..sentences {
            let kind = dice.roll(PATTERNS.len());
            kinds |= 1 << kind;
            text += if text.is_empty() { "" } else { " " };
            for letter in PATTERNS[kind].chars() {
                match letter {
                    '@' => {
                        let words = (0..1 + dice.roll(3)).map(|_| dice.pick(&self.words).as_str());
                        text += &words.collect::<Vec<_>>().join(" ");
                    }
                    '#' => text += &(2 + dice.roll(900)).to_string(),
                    other => text.push(other),
                }
            }
        }
        self.paragraph(Kind::Own(Some(kinds)), &text)
    }

    fn formula(&mut self, dice: &mut Dice) -> Paragraph {
        let text = *dice.pick(&FORMULAS);
        self.paragraph(Kind::Formula, text)
    }

    pub fn report(&self) -> Report {
        let block = |paragraph: &Paragraph| Block {
            kind: BlockKind::Paragraph,
            text: text(&paragraph.words),
            spans: Vec::new(),
            depth: 0,
        };
        let section = |part: &Part| Section {
            title: match part.facet.as_str() {
                "" => part.name.clone(),
                facet if part.id.is_multiple_of(2) => format!("{} ({facet})", part.name),
                facet => format!("{}: {facet}", part.name.to_uppercase()),
            },
            level: part.level,
            blocks: part.paragraphs.iter().map(block).collect(),
            ..Section::default()
        };
        let mut report = Report {
            id: "grown".into(),
            sections: self.parts.iter().map(section).collect(),
            ..snapshot::bundled()
        };
        let ids = Outline::of(&report).ids();
        report
            .sections
            .iter_mut()
            .zip(ids)
            .for_each(|(section, id)| section.id = id);
        report
    }

    /// The records, each with its fields, taken out; and where they stood.
    fn take_records(&mut self) -> (usize, Vec<Vec<Part>>) {
        let first = self
            .parts
            .iter()
            .position(|part| part.record.is_some())
            .unwrap_or(self.parts.len());
        let (records, rest): (Vec<Part>, Vec<Part>) = std::mem::take(&mut self.parts)
            .into_iter()
            .partition(|part| part.record.is_some());
        self.parts = rest;
        let records = records
            .chunk_by(|a, b| a.record == b.record)
            .map(<[Part]>::to_vec);
        (first, records.collect())
    }

    /// Records are dropped, added, reordered, and have other facets; nothing else.
    pub fn calm(&mut self, dice: &mut Dice) {
        let (at, mut records) = self.take_records();
        records.retain(|_| !dice.chance(7));
        for record in &mut records {
            if dice.chance(25) {
                record[0].facet = (*dice.pick(&TIERS)).into();
            }
        }
        for _ in 0..records.len() / 12 {
            let record = records.remove(dice.roll(records.len()));
            records.insert(dice.roll(records.len() + 1), record);
        }
        for _ in 0..1 + records.len() / 15 {
            let rest = std::mem::take(&mut self.parts);
            self.push_record(dice);
            let added = std::mem::replace(&mut self.parts, rest);
            records.insert(dice.roll(records.len() + 1), added);
        }
        let after = self.parts.split_off(at.min(self.parts.len()));
        self.parts.extend(records.into_iter().flatten());
        self.parts.extend(after);
    }

    /// A year: besides, records are renamed, fields go, paragraphs are reworded, moved, inserted,
    /// deleted, formulas swapped. A hard one rewords half of all.
    pub fn year(&mut self, dice: &mut Dice, is_hard: bool) {
        if !self.is_flat {
            self.calm(dice);
            self.rename(dice);
            self.parts.retain(|part| part.level < 4 || !dice.chance(3));
        }
        self.reword(
            dice,
            if is_hard { 50 } else { 15 },
            if is_hard { 15 } else { 8 },
        );
        self.move_paragraphs(dice);
        self.swap_formulas(dice);
        self.delete_and_insert(dice);
    }

    /// What a report goes through over many years: nothing is put in that could be what went.
    pub fn decade(&mut self, dice: &mut Dice) {
        self.calm(dice);
        self.rename(dice);
        self.reword(dice, 15, 8);
        self.move_paragraphs(dice);
    }

    fn rename(&mut self, dice: &mut Dice) {
        for at in 0..self.parts.len() {
            if self.parts[at].level == 3 && self.parts[at].record.is_some() && dice.chance(5) {
                self.parts[at].name = self.name(dice);
            }
        }
    }

    fn reword(&mut self, dice: &mut Dice, share: usize, words: usize) {
        for part in &mut self.parts {
            for paragraph in part
                .paragraphs
                .iter_mut()
                .filter(|each| each.kind != Kind::Formula)
            {
                if dice.chance(share) {
                    reworded(paragraph, dice, &self.words, words);
                }
            }
        }
    }

    /// Within records, or anywhere in flat text.
    fn move_paragraphs(&mut self, dice: &mut Dice) {
        for from in 0..self.parts.len() {
            let record = self.parts[from].record;
            let others: Vec<usize> = (0..self.parts.len())
                .filter(|to| {
                    *to != from
                        && self.parts[*to].record == record
                        && (record.is_some() || self.is_flat)
                })
                .collect();
            if others.is_empty() || !dice.chance(if self.is_flat { 90 } else { 12 }) {
                continue;
            }
            let is_own = |each: &Paragraph| each.kind != Kind::Formula;
            if let Some(at) = self.parts[from].paragraphs.iter().position(is_own) {
                let moved = self.parts[from].paragraphs.remove(at);
                let to = &mut self.parts[*dice.pick(&others)].paragraphs;
                to.insert(dice.roll(to.len() + 1), moved);
            }
        }
    }

    /// Two records exchange a formula, each in the same field.
    fn swap_formulas(&mut self, dice: &mut Dice) {
        let with: Vec<(usize, usize)> = (0..self.parts.len())
            .filter(|at| self.parts[*at].record.is_some())
            .filter_map(|part| {
                let formula = |each: &Paragraph| each.kind == Kind::Formula && !each.is_swapped;
                Some((part, self.parts[part].paragraphs.iter().position(formula)?))
            })
            .collect();
        for _ in 0..with.len() / 12 {
            let ((a, i), (b, j)) = (*dice.pick(&with), *dice.pick(&with));
            let record = |part: usize| self.parts[part].record;
            if record(a) == record(b)
                || [&self.parts[a].paragraphs[i], &self.parts[b].paragraphs[j]]
                    .iter()
                    .any(|each| each.is_swapped)
            {
                continue;
            }
            let (mut one, mut other) = (
                self.parts[a].paragraphs[i].clone(),
                self.parts[b].paragraphs[j].clone(),
            );
            if has(&self.parts[a].paragraphs, &other) || has(&self.parts[b].paragraphs, &one) {
                continue;
            }
            (one.is_swapped, other.is_swapped) = (true, true);
            self.parts[a].paragraphs[i] = other;
            self.parts[b].paragraphs[j] = one;
        }
    }

    /// What is put in, and what is left, is of no pattern that a deleted one of the same section had:
    /// then it would be that one, changed.
    fn delete_and_insert(&mut self, dice: &mut Dice) {
        for at in 0..self.parts.len() {
            let mut gone = Vec::new();
            let all: Vec<(usize, Kind)> = self.parts[at]
                .paragraphs
                .iter()
                .map(|each| (each.id, each.kind))
                .collect();
            self.parts[at].paragraphs.retain(|paragraph| {
                let mut others = all.iter().filter(|(id, _)| *id != paragraph.id);
                let is_alone = !others.any(|(_, kind)| is_alike(*kind, paragraph.kind))
                    || matches!(paragraph.kind, Kind::Own(None) | Kind::Formula);
                let goes = dice.chance(10) && is_alone;
                if goes {
                    gone.push(paragraph.kind);
                }
                !goes
            });
            for _ in 0..2 {
                let new = match (dice.chance(8), self.is_flat, dice.chance(30)) {
                    (false, ..) => continue,
                    (_, false, true) => self.formula(dice),
                    (_, true, true) => self.prose(dice),
                    _ => self.pattern(dice),
                };
                let to = &mut self.parts[at].paragraphs;
                if !gone.iter().any(|kind| is_alike(*kind, new.kind)) && !has(to, &new) {
                    to.insert(dice.roll(to.len() + 1), new);
                }
            }
        }
    }
}

/// Whether two paragraphs have a sentence of the same pattern.
fn is_alike(one: Kind, other: Kind) -> bool {
    match (one, other) {
        (Kind::Own(Some(a)), Kind::Own(Some(b))) => a & b != 0,
        (Kind::Own(None), Kind::Own(None)) => false,
        _ => one == other,
    }
}

/// Whether a paragraph has the words of another one.
fn has(paragraphs: &[Paragraph], new: &Paragraph) -> bool {
    paragraphs
        .iter()
        .any(|each| text(&each.words) == text(&new.words))
}

pub fn text(words: &[Word]) -> String {
    words
        .iter()
        .map(|word| word.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// So many of a hundred words are replaced, dropped or followed by another; all figures are others.
fn reworded(paragraph: &mut Paragraph, dice: &mut Dice, vocabulary: &[String], share: usize) {
    let mut new = Vec::new();
    for mut word in std::mem::take(&mut paragraph.words) {
        if word.text.chars().next().is_some_and(char::is_numeric) {
            word.text = (2 + dice.roll(900)).to_string();
        } else if dice.chance(share) {
            match dice.roll(10) {
                0..6 => {
                    word.text = dice.pick(vocabulary).clone();
                }
                6..8 => continue,
                _ => new.push(Word {
                    text: dice.pick(vocabulary).clone(),
                    origin: None,
                }),
            }
        }
        new.push(word);
    }
    paragraph.words = new;
}
