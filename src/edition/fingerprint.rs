//! Hashes that show whether a text is still the same: of blocks by their words, of a whole
//! edition, and of files by their bytes.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// FNV-1a with 64 bits (Fowler, Noll, Vo): stable between releases and machines.
#[derive(Debug, Clone)]
pub struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    pub fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// 16 hexadecimal digits.
    pub fn hex(&self) -> String {
        hex(self.0)
    }
}

/// A hash as text: 16 hexadecimal digits.
pub fn hex(hash: u64) -> String {
    format!("{hash:016x}")
}

/// The hash that a text of [`hex`] names.
pub fn parse(text: &str) -> Option<u64> {
    u64::from_str_radix(text, 16)
        .ok()
        .filter(|hash| hex(*hash) == text)
}

/// The checksum of a file's bytes: 16 hexadecimal digits.
pub fn checksum(bytes: &[u8]) -> String {
    let mut hash = Fnv::default();
    hash.add(bytes);
    hash.hex()
}

/// The hash of a block: of its words (UAX #29) in NFKC and lower case, so that punctuation,
/// spacing and typography do not count.
pub fn block(text: &str) -> String {
    hex(block_hash(text))
}

/// The same as a number.
pub fn block_hash(text: &str) -> u64 {
    let mut hash = Fnv::default();
    for word in text.unicode_words() {
        add_word(&mut hash, word);
        hash.add(&[0]);
    }
    hash.0
}

/// The hash of one word, in NFKC and lower case.
pub fn word(word: &str) -> u64 {
    let mut hash = Fnv::default();
    add_word(&mut hash, word);
    hash.0
}

fn add_word(hash: &mut Fnv, word: &str) {
    if word.is_ascii() {
        return word
            .bytes()
            .for_each(|byte| hash.add(&[byte.to_ascii_lowercase()]));
    }
    let folded: String = word.nfkc().collect::<String>().to_lowercase();
    hash.add(folded.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(checksum(b""), "cbf29ce484222325");
        assert_eq!(checksum(b"foobar"), "85944171f73967e8");
    }

    #[test]
    fn typography_does_not_change_a_block() {
        assert_eq!(block("The “year’s” – report."), block("the year’s report"));
        assert_ne!(block("one two"), block("onetwo"));
    }
}
