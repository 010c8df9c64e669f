//! What the status line says of what was just done, and what it said before.

use std::collections::VecDeque;

use super::Reader;

/// Messages that can be shown once more.
const KEPT: usize = 50;

/// What the status line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub text: String,
    pub is_warning: bool,
    /// Whether it takes the rows that it needs; else what has no room on one line is cut.
    pub is_whole: bool,
}

/// The last messages.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The newest first.
    texts: VecDeque<String>,
    /// How many of them have been shown once more, one after another.
    recalled: usize,
}

impl Reader {
    /// Says something in the status line.
    pub fn say(&mut self, text: impl Into<String>) {
        self.put_message(Message {
            text: text.into(),
            is_warning: false,
            is_whole: false,
        });
    }

    /// Says something that the reader should not miss.
    pub fn warn(&mut self, text: impl Into<String>) {
        self.put_message(Message {
            text: text.into(),
            is_warning: true,
            is_whole: true,
        });
    }

    fn put_message(&mut self, message: Message) {
        if self.said.texts.front() != Some(&message.text) {
            self.said.texts.push_front(message.text.clone());
            self.said.texts.truncate(KEPT);
        }
        self.said.recalled = 0;
        self.message = Some(message);
    }

    /// Shows the last message once more and whole; again, the one before.
    pub(super) fn recall_message(&mut self, count: usize) {
        let (told, at) = (
            self.said.texts.len(),
            self.said.recalled.saturating_add(count),
        );
        let text = match at
            .checked_sub(1)
            .and_then(|index| self.said.texts.get(index))
        {
            Some(text) => {
                self.said.recalled = at;
                text.clone()
            }
            None if told == 0 => "Nothing was said yet.".to_owned(),
            None => "There is no message before that.".to_owned(),
        };
        self.message = Some(Message {
            text,
            is_warning: false,
            is_whole: true,
        });
    }

    /// Begins with the last message again.
    pub(super) fn forget_recalled(&mut self) {
        self.said.recalled = 0;
    }
}
