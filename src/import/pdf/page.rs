//! What is on a page of a PDF: pieces of lines, and the areas of links. Lengths are points, `y`
//! grows upward.

use super::styled::Styled;

/// Gap that is a blank, in parts of the type size.
pub const BLANK: f64 = 0.17;

/// A piece of a line without a wide gap in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub left: f64,
    pub right: f64,
    /// Where the baseline is.
    pub y: f64,
    /// Height of the type.
    pub size: f64,
    pub text: Styled,
}

impl Run {
    /// Takes the piece that follows it on its line.
    pub fn take(&mut self, next: &Self) {
        self.add(next, next.left - self.right > next.size * BLANK);
    }

    /// Adds a piece, after a blank or not; the larger type of both counts.
    pub fn add(&mut self, next: &Self, is_apart: bool) {
        let mut text = next.text.clone();
        if next.is_raised_above(self) {
            text.raise();
        } else if self.is_raised_above(next) {
            self.text.raise();
        }
        if is_apart {
            self.text.push_apart(&text)
        } else {
            self.text.push(&text)
        }
        self.right = self.right.max(next.right);
        if next.size > self.size {
            (self.size, self.y) = (next.size, next.y);
        }
    }

    fn is_raised_above(&self, other: &Self) -> bool {
        self.size < other.size * 0.95 && self.y - other.y > other.size * 0.15
    }
}

/// The pieces of one page.
#[derive(Debug, Default)]
pub struct Page {
    pub runs: Vec<Run>,
    /// Shapes that may be bullets.
    pub bullets: Vec<Run>,
    pub bottom: f64,
    pub top: f64,
    /// Characters of rotated text, as along a margin.
    pub turned: usize,
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
}
