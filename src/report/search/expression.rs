//! Regular expressions looked for in a text. Typography and diacritics are folded here too: a
//! letter of the expression stands for all that fold to it, a blank for a run of white space.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::{
    ParserBuilder,
    hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Repetition},
};

use super::folding;

/// Largest compiled expression, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;
/// Classes of more characters than this are left as they are: they say a kind, not a letter.
const LARGEST_CLASS: usize = 128;
/// Diacritics that may follow a letter.
const MARKS: (char, char) = ('\u{300}', '\u{36f}');

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExpressionError {
    /// What, and at which of its characters, counted from 1.
    #[error("{what} at {column}")]
    Syntax { what: String, column: usize },
    #[error("it is too large")]
    TooLarge,
}

/// Compiles an expression; for whole words no letter or digit may stand beside a hit.
///
/// # Errors
/// Where it is no expression, with what is wrong, or where it would take too much memory.
pub fn compile(text: &str, ignores_case: bool, is_whole_word: bool) -> Result<Regex, ExpressionError> {
    let parsed = ParserBuilder::new().case_insensitive(ignores_case).multi_line(true).build().parse(text);
    let parsed = parsed.map_err(|error| explain(&error))?;
    let folded = widen(&parsed, ignores_case).to_string();
    let folded = if is_whole_word { format!(r"\b{{start-half}}(?:{folded})\b{{end-half}}") } else { folded };
    RegexBuilder::new(&folded).size_limit(LARGEST).dfa_size_limit(LARGEST).build().map_err(|_| ExpressionError::TooLarge)
}

fn explain(error: &regex_syntax::Error) -> ExpressionError {
    let (what, column) = match error {
        regex_syntax::Error::Parse(error) => (error.kind().to_string(), error.span().start.column),
        regex_syntax::Error::Translate(error) => (error.kind().to_string(), error.span().start.column),
        _ => return ExpressionError::TooLarge,
    };
    ExpressionError::Syntax { what, column }
}

/// The expression with every letter widened to all characters that fold to it.
fn widen(hir: &Hir, ignores_case: bool) -> Hir {
    match hir.kind() {
        HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
            Ok(text) => Hir::concat(text.chars().map(|character| letter(character, ignores_case)).collect()),
            Err(_) => hir.clone(),
        },
        HirKind::Class(Class::Unicode(class)) => of_class(class, ignores_case),
        HirKind::Repetition(repetition) => {
            let sub = Box::new(widen(&repetition.sub, ignores_case));
            Hir::repetition(Repetition { sub, ..repetition.clone() })
        }
        HirKind::Capture(capture) => widen(&capture.sub, ignores_case),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(|part| widen(part, ignores_case)).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(|part| widen(part, ignores_case)).collect()),
        HirKind::Empty | HirKind::Class(Class::Bytes(_)) | HirKind::Look(_) => hir.clone(),
    }
}

fn letter(character: char, ignores_case: bool) -> Hir {
    of_class(&ClassUnicode::new([ClassUnicodeRange::new(character, character)]), ignores_case)
}

fn of_class(class: &ClassUnicode, ignores_case: bool) -> Hir {
    let size: usize = class.ranges().iter().map(ClassUnicodeRange::len).sum();
    if size > LARGEST_CLASS {
        return Hir::class(Class::Unicode(class.clone()));
    }
    let members: Vec<char> = class.ranges().iter().flat_map(|range| range.start()..=range.end()).collect();
    if members == [' '] {
        let blanks = ClassUnicode::new(BLANKS.iter().map(|&blank| ClassUnicodeRange::new(blank, blank)));
        return repeated(blanks, 1);
    }
    let mut wide = class.clone();
    let folds = |character: char| folding::one_letter(character, ignores_case);
    let wanted: Vec<char> = members.iter().filter_map(|&member| folds(member)).collect();
    let alike = ALIKE.iter().filter(|(_, sensitive, insensitive)| wanted.contains(if ignores_case { insensitive } else { sensitive }));
    alike.for_each(|&(character, ..)| wide.push(ClassUnicodeRange::new(character, character)));
    let has_letter = members.iter().any(|member| member.is_alphabetic());
    let class = Hir::class(Class::Unicode(wide));
    if !has_letter {
        return class;
    }
    Hir::concat(vec![class, repeated(ClassUnicode::new([ClassUnicodeRange::new(MARKS.0, MARKS.1)]), 0)])
}

fn repeated(class: ClassUnicode, min: u32) -> Hir {
    Hir::repetition(Repetition { min, max: None, greedy: true, sub: Box::new(Hir::class(Class::Unicode(class))) })
}

/// White space.
static BLANKS: LazyLock<Vec<char>> = LazyLock::new(|| ('\0'..='\u{3000}').filter(|character| character.is_whitespace()).collect());

/// Latin, Greek, Cyrillic and typographic characters that fold to another one, with what they
/// fold to where case counts and where it does not.
static ALIKE: LazyLock<Vec<(char, char, char)>> = LazyLock::new(|| {
    let all = ('\u{80}'..='\u{52f}').chain('\u{1e00}'..='\u{2212}');
    let folded =
        all.filter_map(|character| Some((character, folding::one_letter(character, false)?, folding::one_letter(character, true)?)));
    folded.filter(|(character, sensitive, insensitive)| character != sensitive || character != insensitive).collect()
});
