//! Search in a report's text: what is looked for ([`Query`]), how it is matched ([`Pattern`]),
//! and the matches of a whole report ([`found`]).
//!
//! Matching is on blocks and titles as they are, never on lines. Case counts where the query has
//! a capital or says so; typography and diacritics never count; a blank is a run of white space.

pub mod context;
pub mod expression;
pub mod literal;
pub mod matches;
pub mod pieces;

use std::ops::Range;

use expression::{Expression, ExpressionError};
use literal::Literal;

/// What is looked for, as it was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    pub text: String,
    /// Whether the text is a regular expression.
    pub is_regex: bool,
    pub case: Case,
    /// Whether only whole words are matches.
    pub is_whole_word: bool,
}

/// When case counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Case {
    /// Where the text has a capital.
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

/// A query made ready.
#[derive(Debug, Clone)]
pub enum Pattern {
    /// Matches nothing: an empty query.
    Nothing,
    Literal(Literal),
    Expression(Expression),
}

impl Pattern {
    /// Makes a query ready.
    ///
    /// # Errors
    /// Where it is a regular expression with a fault, which is named.
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

    /// The matches in a text, as byte ranges in order, none empty and none over another.
    pub fn matches(&self, text: &str) -> Vec<Range<usize>> {
        let mut matches = Vec::new();
        self.each_match(text, literal::is_simple(text), |found| matches.push(found));
        matches
    }

    /// Whether a text has a hit.
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

    /// Calls a function with each hit in a text of which it is known whether it is
    /// [simple](literal::is_simple).
    pub fn each_match(&self, text: &str, is_simple: bool, take: impl FnMut(Range<usize>)) {
        match self {
            Self::Nothing => {}
            Self::Literal(literal) => literal.matches(text, is_simple).for_each(take),
            Self::Expression(expression) => expression.each_match(text, take),
        }
    }
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
