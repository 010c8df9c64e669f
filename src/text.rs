//! What holds for any text: display width, line breaking, segments, folding, diff, wording.
//! Knows of no report.

pub mod diff;
pub mod fold;
pub mod segment;
pub mod width;
pub mod word_boundary;
pub mod word_diff;
pub mod wording;
pub mod wrap;
