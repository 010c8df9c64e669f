//! Regular expressions. Typography and diacritics are folded here too: a letter of the expression
//! matches all that fold to it, a blank a run of white space, and soft hyphens and other invisible
//! characters may follow each.

use std::{ops::Range, sync::LazyLock};

use regex::{Regex, RegexBuilder};
use regex_syntax::{
    ParserBuilder,
    hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition},
};

use crate::text::{fold, word_boundary};

/// Largest compiled expression, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;
/// Classes of more characters than this stay unchanged: they mean a kind, not a letter.
const LARGEST_CLASS: usize = 128;
/// Characters that may follow any other: diacritics, and [ignored](fold::is_ignored) ones.
static UNSEEN: LazyLock<ClassUnicode> =
    LazyLock::new(|| class_of(|c| matches!(c, '\u{300}'..='\u{36f}') || fold::is_ignored(c)));
/// White space.
static BLANKS: LazyLock<ClassUnicode> = LazyLock::new(|| class_of(char::is_whitespace));

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionError {
    /// What, and at which character, from 1.
    #[error("{what} at {column}")]
    Syntax { what: String, column: usize },
    #[error("the expression is too large")]
    TooLarge,
}

/// A compiled regular expression.
#[derive(Debug, Clone)]
pub struct Expression {
    regex: Regex,
    whole: Option<Whole>,
}

/// Finds whole words only.
#[derive(Debug, Clone)]
struct Whole {
    /// The expression between word boundaries as the regex library knows them: for it, everything
    /// without a blank is one word.
    bounded: Regex,
    /// The expression for a whole text; `None` if it looks at its surroundings.
    all: Option<Regex>,
}

impl Expression {
    /// Compiles an expression.
    ///
    /// # Errors
    /// If it is malformed, or would take too much memory.
    pub fn new(
        text: &str,
        ignores_case: bool,
        is_whole_word: bool,
    ) -> Result<Self, ExpressionError> {
        let parsed = ParserBuilder::new()
            .case_insensitive(ignores_case)
            .multi_line(true)
            .build()
            .parse(text);
        let parsed = parsed.map_err(|error| explain(&error))?;
        let folded = widen(&parsed, ignores_case).to_string();
        let whole =
            is_whole_word.then(|| Whole::new(&folded, parsed.properties().look_set().is_empty()));
        Ok(Self {
            regex: compile(&folded)?,
            whole: whole.transpose()?,
        })
    }

    /// Whether only whole words match.
    pub(super) fn has_whole_words(&self) -> bool {
        self.whole.is_some()
    }

    /// Calls a function with each match in a text, in order, none empty, none overlapping.
    pub fn each_match(&self, text: &str, mut take: impl FnMut(Range<usize>)) {
        let take = |found| take(without_unseen(text, found));
        let not_empty = |found: &Range<usize>| !found.is_empty();
        match &self.whole {
            None => self
                .regex
                .find_iter(text)
                .map(|found| found.range())
                .filter(not_empty)
                .for_each(take),
            Some(whole) if word_boundary::agree_with_regex(text) => {
                whole
                    .bounded
                    .find_iter(text)
                    .map(|found| found.range())
                    .filter(not_empty)
                    .for_each(take);
            }
            Some(whole) => WholeWords {
                regex: &self.regex,
                whole,
                text,
                from: 0,
            }
            .for_each(take),
        }
    }

    /// Whether a text has a match.
    pub fn is_in(&self, text: &str) -> bool {
        let mut is_found = false;
        self.each_match(text, |_| is_found = true);
        is_found
    }
}

/// A match without trailing ignored characters, which plain text does not match either, unless it
/// is nothing else.
fn without_unseen(text: &str, found: Range<usize>) -> Range<usize> {
    let seen = text
        .get(found.clone())
        .unwrap_or_default()
        .trim_end_matches(fold::is_ignored);
    if seen.is_empty() {
        found
    } else {
        found.start..found.start + seen.len()
    }
}

impl Whole {
    fn new(folded: &str, looks_at_nothing: bool) -> Result<Self, ExpressionError> {
        let border = r"(?:\b{start-half}|\b{end-half})";
        let all = looks_at_nothing.then(|| compile(&format!(r"\A(?:{folded})\z")));
        Ok(Self {
            bounded: compile(&format!("{border}(?:{folded}){border}"))?,
            all: all.transpose()?,
        })
    }
}

fn compile(folded: &str) -> Result<Regex, ExpressionError> {
    RegexBuilder::new(folded)
        .size_limit(LARGEST)
        .dfa_size_limit(LARGEST)
        .build()
        .map_err(|_| ExpressionError::TooLarge)
}

/// The matches that are [whole words](word_boundary::are_whole), as for plain text.
struct WholeWords<'a> {
    regex: &'a Regex,
    whole: &'a Whole,
    text: &'a str,
    from: usize,
}

impl WholeWords<'_> {
    /// A match at a byte that is longer or shorter than the one that cuts a word.
    fn other(&self, start: usize) -> Option<Range<usize>> {
        let bounded = self
            .whole
            .bounded
            .find_at(self.text, start)
            .map(|found| found.range())
            .filter(|found| found.start == start);
        bounded.filter(|found| self.is_whole(found)).or_else(|| {
            let all = self.whole.all.as_ref()?;
            let is_match = |end: &usize| {
                self.text
                    .get(start..*end)
                    .is_some_and(|text| all.is_match(text))
            };
            word_boundary::ends_in_run(self.text, start)
                .find(is_match)
                .map(|end| start..end)
                .filter(|found| self.is_whole(found))
        })
    }

    fn is_whole(&self, found: &Range<usize>) -> bool {
        !found.is_empty() && word_boundary::are_whole(self.text, found.start, found.end)
    }
}

impl Iterator for WholeWords<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let first = self.regex.find_at(self.text, self.from)?.range();
            let start = first.start;
            let can_begin = word_boundary::can_begin(self.text, start);
            if let Some(found) = Some(first)
                .filter(|found| self.is_whole(found))
                .or_else(|| self.other(start).filter(|_| can_begin))
            {
                self.from = found.end;
                return Some(found);
            }
            self.from = word_boundary::next_beginning(self.text, start)?;
        }
    }
}

fn explain(error: &regex_syntax::Error) -> ExpressionError {
    let (what, column) = match error {
        regex_syntax::Error::Parse(error) => (error.kind().to_string(), error.span().start.column),
        regex_syntax::Error::Translate(error) => {
            (error.kind().to_string(), error.span().start.column)
        }
        _ => return ExpressionError::TooLarge,
    };
    ExpressionError::Syntax { what, column }
}

/// The expression with every letter widened to all characters that fold to it.
fn widen(hir: &Hir, ignores_case: bool) -> Hir {
    match hir.kind() {
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) => {
                let mut characters: Vec<char> = text.chars().collect();
                // Several blanks match a run of white space, as one does.
                characters.dedup_by(|one, other| *one == ' ' && *other == ' ');
                Hir::concat(
                    characters
                        .into_iter()
                        .map(|character| letter(character, ignores_case))
                        .collect(),
                )
            }
            Err(_) => hir.clone(),
        },
        HirKind::Class(Class::Unicode(class)) => of_class(class, ignores_case),
        HirKind::Repetition(repetition) => {
            let sub = Box::new(widen(&repetition.sub, ignores_case));
            Hir::repetition(Repetition {
                sub,
                ..repetition.clone()
            })
        }
        HirKind::Capture(capture) => widen(&capture.sub, ignores_case),
        HirKind::Concat(parts) => {
            Hir::concat(parts.iter().map(|part| widen(part, ignores_case)).collect())
        }
        HirKind::Alternation(parts) => {
            Hir::alternation(parts.iter().map(|part| widen(part, ignores_case)).collect())
        }
        HirKind::Empty | HirKind::Class(Class::Bytes(_)) | HirKind::Look(_) => hir.clone(),
    }
}

fn letter(character: char, ignores_case: bool) -> Hir {
    of_class(
        &ClassUnicode::new([ClassUnicodeRange::new(character, character)]),
        ignores_case,
    )
}

fn of_class(class: &ClassUnicode, ignores_case: bool) -> Hir {
    let size: usize = class.ranges().iter().map(ClassUnicodeRange::len).sum();
    if size > LARGEST_CLASS {
        return followed(class.clone());
    }
    let members: Vec<char> = class
        .ranges()
        .iter()
        .flat_map(|range| range.start()..=range.end())
        .collect();
    if members == [' '] {
        let mut more = BLANKS.clone();
        more.union(&UNSEEN);
        return Hir::concat(vec![
            Hir::class(Class::Unicode(BLANKS.clone())),
            repeated(more),
        ]);
    }
    let mut wide = class.clone();
    let folds = |character: char| fold::one_letter(character, ignores_case);
    let wanted: Vec<char> = members.iter().filter_map(|&member| folds(member)).collect();
    let alike = ALIKE.iter().filter(|(_, sensitive, insensitive)| {
        wanted.contains(if ignores_case { insensitive } else { sensitive })
    });
    alike.for_each(|&(character, ..)| wide.push(ClassUnicodeRange::new(character, character)));
    for &letter in &wanted {
        let other_case = letter.to_uppercase().filter(|_| ignores_case);
        std::iter::once(letter)
            .chain(other_case)
            .for_each(|letter| wide.push(ClassUnicodeRange::new(letter, letter)));
    }
    followed(wide)
}

/// A character of a class, and what may follow it unseen.
fn followed(class: ClassUnicode) -> Hir {
    Hir::concat(vec![
        Hir::class(Class::Unicode(class)),
        repeated(UNSEEN.clone()),
    ])
}

fn repeated(class: ClassUnicode) -> Hir {
    Hir::repetition(Repetition {
        min: 0,
        max: None,
        greedy: true,
        sub: Box::new(Hir::class(Class::Unicode(class))),
    })
}

fn class_of(is_in: impl Fn(char) -> bool) -> ClassUnicode {
    let members = ('\0'..=char::MAX)
        .take_while(|&c| c <= '\u{ffff}')
        .filter(|&c| is_in(c));
    ClassUnicode::new(members.map(|c| ClassUnicodeRange::new(c, c)))
}

/// Latin, Greek, Cyrillic and typographic characters that fold to another one, with that one if
/// case counts and if it does not.
static ALIKE: LazyLock<Vec<(char, char, char)>> = LazyLock::new(|| {
    let all = ('\u{80}'..='\u{52f}').chain('\u{1e00}'..='\u{2212}');
    let folded = all.filter_map(|character| {
        Some((
            character,
            fold::one_letter(character, false)?,
            fold::one_letter(character, true)?,
        ))
    });
    folded
        .filter(|(character, sensitive, insensitive)| {
            character != sensitive || character != insensitive
        })
        .collect()
});
