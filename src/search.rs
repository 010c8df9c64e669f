//! Search in a report's text: the question ([`Query`]), how it matches ([`Pattern`]), and the
//! matches in a whole report ([`mod@matches`]).
//!
//! Blocks and titles are matched whole, never line by line. Case counts if the query has a capital
//! or asks for it; typography and diacritics never count; a blank matches any run of white space.

pub mod context;
pub mod expression;
pub mod literal;
pub mod matches;
pub mod pieces;

use std::ops::Range;

use expression::{Expression, ExpressionError};
use literal::Literal;

/// A search, as asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub text: String,
    /// Whether the text is a regular expression.
    pub is_regex: bool,
    pub case: Case,
    /// Whether only whole words match.
    pub is_whole_word: bool,
}

/// When case counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Case {
    /// If the text has a capital (smart case).
    #[default]
    AsTyped,
    Always,
    Never,
}

impl Query {
    /// Whether case counts.
    pub fn counts_case(&self) -> bool {
        match self.case {
            Case::AsTyped => has_capital(self),
            Case::Always => true,
            Case::Never => false,
        }
    }
}

/// A compiled query.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// Matches nothing: an empty query.
    Nothing,
    Literal(Literal),
    Expression(Expression),
}

impl Pattern {
    /// Compiles a query.
    ///
    /// # Errors
    /// If it is a faulty regular expression; the fault is named.
    pub fn new(query: &Query) -> Result<Self, ExpressionError> {
        let ignores_case = !query.counts_case();
        if query.is_regex && !query.text.is_empty() {
            return Ok(Self::Expression(Expression::new(
                &query.text,
                ignores_case,
                query.is_whole_word,
            )?));
        }
        Ok(Literal::new(&query.text, ignores_case, query.is_whole_word)
            .map_or(Self::Nothing, Self::Literal))
    }

    /// The matches in a text, as byte ranges in order, none empty, none overlapping.
    pub fn matches(&self, text: &str) -> Vec<Range<usize>> {
        let mut matches = Vec::new();
        self.each_match(text, literal::is_simple(text), |found| matches.push(found));
        matches
    }

    /// Whether a text has a match.
    pub fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Nothing => true,
            Self::Literal(literal) => literal
                .matches(text, literal::is_simple(text))
                .next()
                .is_some(),
            Self::Expression(expression) => expression.is_in(text),
        }
    }

    /// Calls a function with each match in a text that is known to be [simple](literal::is_simple)
    /// or not.
    pub fn each_match(&self, text: &str, is_simple: bool, take: impl FnMut(Range<usize>)) {
        match self {
            Self::Nothing => {}
            Self::Literal(literal) => literal.matches(text, is_simple).for_each(take),
            Self::Expression(expression) => expression.each_match(text, take),
        }
    }
}

/// The words of a text, each as a pattern: what a filter wants to see in a title.
pub fn words_of(text: &str) -> Vec<Pattern> {
    let query = |word: &str| Query {
        text: word.into(),
        ..Query::default()
    };
    let words = text.split_whitespace();
    words
        .filter_map(|word| Pattern::new(&query(word)).ok())
        .collect()
}

/// Whether a query has a capital; in an expression `\S` and `\W` are none.
fn has_capital(query: &Query) -> bool {
    let mut is_escaped = false;
    query.text.chars().any(|character| {
        let counts = !is_escaped;
        is_escaped = query.is_regex && character == '\\' && !is_escaped;
        counts && character.is_uppercase()
    })
}
