//! An error in a file, and its line and column.

use crate::notebook::annotation::Malformed;

/// What is wrong, and at which byte of the text.
pub struct Fault {
    byte: usize,
    reason: String,
}

impl Fault {
    pub fn new(reason: impl Into<String>) -> Self {
        Self {
            byte: 0,
            reason: reason.into(),
        }
    }

    /// A serde error, without its own position.
    pub fn json(error: &serde_json::Error, text: &str) -> Self {
        let before: usize = text
            .split_inclusive('\n')
            .take(error.line().saturating_sub(1))
            .map(str::len)
            .sum();
        let reason = error.to_string();
        let reason = reason
            .rsplit_once(" at line ")
            .map_or(reason.as_str(), |(reason, _)| reason);
        Self {
            byte: before + error.column().saturating_sub(1),
            reason: reason.into(),
        }
    }

    /// The error with line and column in a text of which `part` is a slice.
    pub fn at(self, whole: &str, part: &str) -> Malformed {
        let start = (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
        let byte = whole.floor_char_boundary(start + self.byte);
        let before = whole.get(..byte).unwrap_or_default();
        Malformed::after(before, self.reason)
    }
}
