//! How far two lists of words are apart: the fewest words to change, add or drop. By the
//! bit-parallel table of Myers (1999) in the form of Hyyrö (2003).

use std::collections::HashMap;

/// A list of words that others are compared with.
#[derive(Debug)]
pub struct Pattern {
    length: usize,
    /// For each word the places that have it, a bit each.
    places: HashMap<u32, Vec<u64>>,
}

/// What a pattern is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// All of the other list.
    Whole,
    /// The stretch of it that is nearest.
    Stretch,
}

impl Pattern {
    pub fn new(words: &[u32]) -> Self {
        let mut places: HashMap<u32, Vec<u64>> = HashMap::new();
        for (at, word) in words.iter().enumerate() {
            let bits = places
                .entry(*word)
                .or_insert_with(|| vec![0; words.len().div_ceil(64)]);
            if let Some(bits) = bits.get_mut(at / 64) {
                *bits |= 1 << (at % 64);
            }
        }
        Self {
            length: words.len(),
            places,
        }
    }

    /// The distance in words, and one past the last word of what was compared.
    pub fn distance(&self, text: &[u32], with: With) -> (usize, usize) {
        let rows = self.length.div_ceil(64);
        let (mut up, mut down) = (vec![u64::MAX; rows], vec![0_u64; rows]);
        let nowhere = vec![0_u64; rows];
        let last = 1 << (self.length.saturating_sub(1) % 64);
        let mut distance = self.length;
        let mut nearest = (distance, 0);
        for (at, word) in text.iter().enumerate() {
            let places = self.places.get(word).unwrap_or(&nowhere);
            let mut carry = Carry {
                sum: false,
                up: u64::from(with == With::Whole),
                down: 0,
            };
            let mut step = (0, 0);
            for ((up, down), places) in up.iter_mut().zip(&mut down).zip(places) {
                step = carry.column(up, down, *places);
            }
            distance += usize::from(step.0 & last != 0);
            distance -= usize::from(step.1 & last != 0);
            if self.length == 0 && with == With::Whole {
                distance += 1;
            }
            if distance < nearest.0 {
                nearest = (distance, at + 1);
            }
        }
        match with {
            With::Whole => (distance, text.len()),
            With::Stretch => nearest,
        }
    }
}

/// What goes from one machine word to the next one of a column.
struct Carry {
    sum: bool,
    up: u64,
    down: u64,
}

impl Carry {
    /// One machine word of a column; where the distance grows and where it shrinks.
    fn column(&mut self, up: &mut u64, down: &mut u64, places: u64) -> (u64, u64) {
        let (sum, first) = (places & *up).overflowing_add(*up);
        let (sum, second) = sum.overflowing_add(u64::from(self.sum));
        self.sum = first || second;
        let diagonal = (sum ^ *up) | places | *down;
        let grows = *down | !(diagonal | *up);
        let shrinks = diagonal & *up;
        let (grown, shrunk) = (grows << 1 | self.up, shrinks << 1 | self.down);
        (self.up, self.down) = (grows >> 63, shrinks >> 63);
        *up = shrunk | !(diagonal | grown);
        *down = diagonal & grown;
        (grows, shrinks)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The textbook's table.
    fn table(pattern: &[u32], text: &[u32], with: With) -> usize {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut least = pattern.len();
        for (at, word) in text.iter().enumerate() {
            let mut diagonal = column[0];
            column[0] = if with == With::Whole { at + 1 } else { 0 };
            for (row, wanted) in pattern.iter().enumerate() {
                let left = column[row + 1];
                let changed = diagonal + usize::from(wanted != word);
                column[row + 1] = changed.min(left + 1).min(column[row] + 1);
                diagonal = left;
            }
            least = least.min(column[pattern.len()]);
        }
        if with == With::Whole {
            column[pattern.len()]
        } else {
            least
        }
    }

    proptest! {
        #[test]
        fn it_is_the_distance_of_the_table(
            pattern in prop::collection::vec(0_u32..6, 0..200),
            text in prop::collection::vec(0_u32..6, 0..200),
        ) {
            let compared = Pattern::new(&pattern);
            for with in [With::Whole, With::Stretch] {
                prop_assert_eq!(compared.distance(&text, with).0, table(&pattern, &text, with));
            }
        }
    }

    #[test]
    fn the_nearest_stretch_ends_where_its_words_do() {
        let pattern = Pattern::new(&[1, 2, 3]);
        assert_eq!(pattern.distance(&[9, 9, 1, 2, 3, 9], With::Stretch), (0, 5));
        assert_eq!(pattern.distance(&[9, 1, 2, 3], With::Whole), (1, 4));
    }
}
