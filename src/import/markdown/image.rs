//! Images, which are read by their words.

use super::Reader;
use crate::text::wording;

impl Reader {
    /// An image is read by its words: in brackets, and as a caption where it stands alone.
    pub(super) fn end_image(&mut self) {
        self.images = self.images.saturating_sub(1);
        let words = wording::one_line(&std::mem::take(&mut self.alt));
        if self.images > 0 || words.is_empty() {
            return;
        }
        let text = format!("[{words}]");
        self.text(&text);
        self.image = Some(text).filter(|_| self.alone);
    }
}
