//! The sections that a filter names: `section:ghana` takes it with all below it.

use std::ops::Range;

use super::{Report, address::Address, paths};

impl Report {
    /// The sections that a text names, each with all below it: by number, id, unique end of a
    /// path, else all whose id begins so or that have its words in their paths, the last one in
    /// their title.
    pub fn sections_named(&self, text: &str) -> Vec<Range<usize>> {
        let text = text.trim();
        let outline = self.outline();
        let address = Address::parse(text, self).ok();
        if let Some(address) = address.filter(|address| address.block.is_none()) {
            return vec![outline.below(address.section)];
        }
        let words = paths::words(text);
        let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
        if words.is_empty() || is_number {
            return Vec::new();
        }
        let typed = text.to_lowercase();
        let fits = |&section: &usize| {
            let fit = self.fit_path(section, &words);
            fit.is_some_and(|fit| fit.above == 0) || self.sections[section].id.starts_with(&typed)
        };
        let all = (0..self.sections.len()).filter(fits);
        all.map(|section| outline.below(section)).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::report::testing::countries;

    #[test]
    fn a_name_takes_its_section_and_all_below_it() {
        let report = countries();
        let named = |text| report.sections_named(text);
        assert_eq!(named("ghana"), vec![5..8]);
        assert_eq!(named("3"), vec![2..5]);
        assert_eq!(named("narratives/ghana/protection"), vec![6..8]);
        assert_eq!(named("protection"), [4..5, 6..8]);
        assert_eq!(named("ivoire"), vec![2..5]);
        assert!(named("33").is_empty() && named("").is_empty() && named("togo").is_empty());
    }
}
