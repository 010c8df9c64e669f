//! The lines of a picker.

/// One line, as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// The title of a section, and how many of the choices are in it.
    Group { title: String, count: usize },
    Choice {
        is_selected: bool,
        /// An address or number before the text.
        head: String,
        /// The text, with what was found in it or matched.
        pieces: Vec<(String, bool)>,
    },
}

/// The rows that are shown of a list, the selected one in the middle where it is longer.
pub(super) fn window(selected: usize, count: usize, rows: usize) -> std::ops::Range<usize> {
    let first = selected
        .saturating_sub(rows / 2)
        .min(count.saturating_sub(rows));
    first..(first + rows).min(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selected_row_is_always_in_the_window() {
        for count in 1..40 {
            for rows in 1..12 {
                for selected in 0..count {
                    let window = window(selected, count, rows);
                    assert!(window.contains(&selected) && window.end <= count);
                    assert_eq!(window.len(), rows.min(count));
                }
            }
        }
    }
}
