//! What the status line says of what was just done, and what it said before.

use std::collections::VecDeque;

/// Messages that can be shown again.
const MOST: usize = 50;

/// What the status line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub text: String,
    pub is_warning: bool,
}

/// The message of the status line and those before it.
#[derive(Debug, Default)]
pub struct Messages {
    current: Option<Message>,
    /// The newest first.
    earlier: VecDeque<String>,
    /// How many of them have been shown again, one after another.
    recalled: usize,
    /// Whether it was said that the terminal lacks characters.
    has_said_lacking: bool,
}

impl Messages {
    pub fn current(&self) -> Option<&Message> {
        self.current.as_ref()
    }

    /// Whether just this is said now.
    pub(super) fn says(&self, text: &str) -> bool {
        self.current
            .as_ref()
            .is_some_and(|message| message.text == text)
    }

    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.put(text.into(), false);
    }

    /// Says something that must not be missed.
    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.put(text.into(), true);
    }

    fn put(&mut self, text: String, is_warning: bool) {
        if self.earlier.front() != Some(&text) {
            self.earlier.push_front(text.clone());
            self.earlier.truncate(MOST);
        }
        self.recalled = 0;
        self.current = Some(Message { text, is_warning });
    }

    /// Whether this was asked before: what the terminal lacks is said once.
    pub(super) fn has_said_lacking(&mut self) -> bool {
        std::mem::replace(&mut self.has_said_lacking, true)
    }

    /// Says nothing any more.
    pub(super) fn clear(&mut self) {
        self.current = None;
    }

    /// Shows the last message in full; after that, earlier ones.
    pub(super) fn recall(&mut self, count: usize) {
        let at = self.recalled.saturating_add(count);
        let found = at
            .checked_sub(1)
            .and_then(|index| self.earlier.get(index).cloned());
        self.recalled = if found.is_some() { at } else { self.recalled };
        let none = if self.earlier.is_empty() {
            "No messages yet."
        } else {
            "There is no earlier message."
        };
        self.current = Some(Message {
            text: found.unwrap_or_else(|| none.into()),
            is_warning: false,
        });
    }

    /// Begins with the last message again.
    pub(super) fn forget_recalled(&mut self) {
        self.recalled = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(messages: &Messages) -> &str {
        messages.current().map_or("", |message| &message.text)
    }

    #[test]
    fn earlier_messages_come_back_one_after_the_other() {
        let mut messages = Messages::default();
        messages.recall(1);
        assert_eq!(text(&messages), "No messages yet.");
        for text in ["one", "two", "two", "three"] {
            messages.say(text);
        }
        messages.clear();
        messages.recall(1);
        assert_eq!(text(&messages), "three");
        messages.recall(2);
        assert_eq!(text(&messages), "one", "a repeated message counts once");
        messages.recall(1);
        assert_eq!(text(&messages), "There is no earlier message.");
        messages.forget_recalled();
        messages.recall(1);
        assert_eq!(text(&messages), "three");
    }
}
