//! Text of any kind: display width, line breaking, segments, folding, diff, wording. Knows nothing
//! of reports.

pub mod ascii;
pub mod diff;
pub mod edit_distance;
pub mod fold;
pub mod segment;
pub mod width;
pub mod word_boundary;
pub mod word_diff;
pub mod wording;
pub mod wrap;
