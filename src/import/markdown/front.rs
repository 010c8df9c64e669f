//! Front matter: the metadata before the text.

use super::Reader;
use crate::{import, text::wording};

impl Reader {
    pub(super) fn end_front(&mut self) {
        let front = self.front.take().unwrap_or_default();
        for line in front.lines() {
            let Some((key, value)) = line.split_once(':') else {
                continue;
            };
            let value = wording::one_line(value.trim().trim_matches(['"', '\'']));
            let value = Some(value).filter(|value| !value.is_empty());
            match key.trim().to_ascii_lowercase().as_str() {
                "title" => self.document.title = value,
                "author" => self.document.author = value,
                "date" | "published" => {
                    self.document.published = value.and_then(|date| import::date(&date))
                }
                "lang" | "language" => self.document.language = value,
                "source" | "url" => self.document.source = value,
                _ => {}
            }
        }
    }
}
