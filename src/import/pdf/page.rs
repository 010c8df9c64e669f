//! What is on a page of a PDF: pieces of lines, and the areas of links. Lengths are points, `y`
//! grows upward.

use super::{styled::Styled, tags::Tag};

/// Gap that is a blank, in parts of the type size.
pub const BLANK: f64 = 0.17;
/// Gap that is one in letter-spaced type too.
pub const WIDE: f64 = 0.5;

/// A piece of a line without a wide gap in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Run {
    pub left: f64,
    pub right: f64,
    /// Where the baseline is.
    pub y: f64,
    /// Height of the type.
    pub size: f64,
    pub text: Styled,
    pub tag: Tag,
}

impl Run {
    /// Takes the piece that follows it on its line.
    pub fn take(&mut self, next: &Self) {
        let is_apart = next.left - self.right > next.size * BLANK;
        self.add(next, is_apart.then_some(' '));
    }

    /// Adds a piece, after a blank or not; the larger type of both counts.
    pub fn add(&mut self, next: &Self, blank: Option<char>) {
        if self.is_raised_above(next) {
            self.text.raise(0);
        }
        if let Some(blank) = blank {
            self.text
                .push_after(blank.encode_utf8(&mut [0; 4]), &next.text);
        } else {
            self.text.push(&next.text);
        }
        if next.is_raised_above(self) {
            self.text.raise(self.text.len() - next.text.len());
        }
        self.right = self.right.max(next.right);
        if next.size > self.size {
            (self.size, self.y) = (next.size, next.y);
        }
    }

    fn is_raised_above(&self, other: &Self) -> bool {
        self.size < other.size * 0.95 && self.y - other.y > other.size * 0.15
    }

    /// Whether it is the same text as another at the same place: type that is struck twice, or
    /// has a shadow.
    pub fn is_again(&self, other: &Self) -> bool {
        let near = self.size * DOUBLE;
        (self.left - other.left).abs() < near
            && (self.y - other.y).abs() < near
            && (self.size - other.size).abs() < near
            && *self.text == *other.text
    }
}

/// How far apart the same letters are that are struck twice, in sizes of the type.
const DOUBLE: f64 = 0.12;

/// The pieces of one page.
#[derive(Debug, Default)]
pub struct Page {
    pub runs: Vec<Run>,
    /// Text in other directions than most of the page.
    pub turned: Vec<Run>,
    /// Text across the page.
    pub slanted: String,
    /// Shapes that may be bullets.
    pub bullets: Vec<Run>,
    /// Whether it could be read to its end.
    pub is_whole: bool,
    /// How many letters there are.
    pub letters: usize,
}

/// A rectangle whose letters lead to a target, in points.
#[derive(Debug, Clone, Copy)]
pub struct Area {
    pub left: f64,
    pub right: f64,
    pub bottom: f64,
    pub top: f64,
    /// Number of the target.
    pub link: u16,
}

impl Area {
    pub fn holds(&self, x: f64, y: f64) -> bool {
        self.left <= x && x <= self.right && self.bottom <= y && y <= self.top
    }

    /// Makes it reach a point.
    pub fn reach(&mut self, x: f64, y: f64) {
        (self.left, self.right) = (self.left.min(x), self.right.max(x));
        (self.bottom, self.top) = (self.bottom.min(y), self.top.max(y));
    }
}
