//! The search box: the report is searched while a search is typed, the screen follows, and the
//! place stays as it is until `Enter`.

use super::{Keys, Then, picker::Picker};
use crate::{
    command::{Command, Context},
    reader::{editor::Editor, matches::Snapshot, parts::Parts},
    report::position::{Direction, Position},
    search::{Case, Query},
};

/// A search being typed.
#[derive(Debug)]
pub struct SearchBox {
    editor: Editor,
    direction: Direction,
    /// What is searched for; its text is the editor's.
    query: Query,
    /// What is wrong with the expression that is typed.
    error: Option<String>,
    /// How many earlier searches were gone back; 0 is the one being typed.
    recalled: usize,
    /// Whether Enter lists the matches: `&` was pressed before anything was searched for.
    lists: bool,
    /// What was typed before going back to earlier ones.
    typed: Query,
    /// From where to search, and whether a match right there counts.
    from: Position,
    counts_here: bool,
    before: Option<Snapshot>,
    was_at_sentence: bool,
}

impl SearchBox {
    pub(crate) fn new(direction: Direction, lists: bool, parts: &mut Parts) -> Self {
        parts.matches.prepare(&parts.report);
        let is_at_match = parts.matches.is_marked() && parts.is_at_match();
        let before = parts.matches.snapshot();
        let matches = &mut parts.matches;
        matches.set_typing(true);
        matches.set_backward(direction == Direction::Backward);
        matches.set_marked(false);
        Self {
            editor: Editor::single_line(""),
            direction,
            query: matches.options().clone(),
            error: None,
            recalled: 0,
            lists,
            typed: Query::default(),
            from: parts.viewport.cursor(),
            counts_here: !is_at_match,
            before: Some(before),
            was_at_sentence: parts.viewport.set_at_sentence(false),
        }
    }

    pub fn text(&self) -> &Editor {
        &self.editor
    }

    pub fn direction(&self) -> Direction {
        self.direction
    }

    pub fn query(&self) -> &Query {
        &self.query
    }

    /// What is wrong with the expression that is typed.
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref()
    }

    fn search(&mut self, parts: &mut Parts) {
        let searched = parts
            .matches
            .search_for(self.query.clone(), &parts.report, self.from);
        self.error = searched.err().map(|error| error.to_string());
        parts.viewport.preview(None);
        parts.matches.set_marked(false);
        let is_here = self.counts_here || self.direction == Direction::Backward;
        let from = Position {
            byte: self.from.byte + usize::from(!is_here),
            ..self.from
        };
        if let Some(spot) = parts.matches.spot_at(&parts.report, from, self.direction) {
            parts.seek(spot, self.direction, 1);
        }
    }

    /// Changes an option of the search.
    fn toggle(&mut self, option: Command, parts: &mut Parts) {
        match option {
            Command::ToggleRegex => self.query.is_regex = !self.query.is_regex,
            Command::ToggleWord => self.query.is_whole_word = !self.query.is_whole_word,
            _ => self.query.case = other_case(&self.query),
        }
        parts.matches.set_options(&self.query);
        self.search(parts);
    }

    /// Takes an earlier search into the box, with its options.
    fn recall(&mut self, by: isize, parts: &mut Parts) {
        if self.recalled == 0 {
            self.typed = self.query.clone();
        }
        let earlier = parts.matches.earlier();
        self.recalled = self.recalled.saturating_add_signed(by).min(earlier.len());
        let found = earlier.iter().rev().nth(self.recalled.wrapping_sub(1));
        self.query = found.unwrap_or(&self.typed).clone();
        self.editor.set(&self.query.text);
        self.search(parts);
    }

    /// Goes to the match that is shown. Nothing typed searches again for what was searched last.
    fn accept(&mut self, parts: &mut Parts) -> Then {
        if let Some(error) = self.error.clone() {
            parts.warn(error);
            return Then::Stay;
        }
        if self.query.text.is_empty() {
            self.restore(parts);
            let is_backward = self.direction == Direction::Backward;
            parts.matches.set_backward(is_backward);
            parts.next_match(false, 1);
            return Then::Close;
        }
        parts.matches.set_typing(false);
        parts.matches.remember();
        match parts.viewport.previewed() {
            Some(place) => {
                // What is left is the place, not what is shown.
                parts.viewport.leave();
                parts.viewport.preview(None);
                parts.viewport.take_place(place);
                parts.say_match();
            }
            None if parts.matches.is_seeking() => {}
            None => match parts.matches.current() {
                Some(spot) => parts.arrive(spot),
                None => parts.find_nothing(),
            },
        }
        Then::Close
    }

    /// Goes to the match that is shown and lists all of them.
    fn list(&mut self, parts: &mut Parts) -> Then {
        let is_empty = self.query.text.is_empty();
        let then = self.accept(parts);
        if is_empty || matches!(then, Then::Stay) || parts.matches.current().is_none() {
            return then;
        }
        parts.matches.forget_wrapped();
        Then::Replace(Picker::of_matches(parts).into())
    }

    /// The very screen from which the search was begun.
    fn restore(&mut self, parts: &mut Parts) {
        if let Some(before) = self.before.take() {
            parts.matches.restore(before, &parts.report, self.from);
        }
        parts.viewport.set_at_sentence(self.was_at_sentence);
        parts.viewport.preview(None);
    }
}

impl Keys for SearchBox {
    fn context(&self) -> Option<Context> {
        Some(Context::SearchBox)
    }

    fn run(&mut self, command: Command, _: Option<usize>, parts: &mut Parts) -> Then {
        match command {
            Command::Accept if self.lists => return self.list(parts),
            Command::Accept => return self.accept(parts),
            Command::ListMatches => return self.list(parts),
            Command::Next | Command::Previous if parts.matches.current().is_some() => {
                parts.next_match(command == Command::Previous, 1);
            }
            Command::Next | Command::Previous => {}
            Command::Earlier => self.recall(1, parts),
            Command::Later => self.recall(-1, parts),
            Command::ToggleRegex | Command::ToggleCase | Command::ToggleWord => {
                self.toggle(command, parts)
            }
            _ => return Then::Pass,
        }
        Then::Stay
    }

    fn cancel(&mut self, parts: &mut Parts) -> Then {
        self.restore(parts);
        Then::Close
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        Some(&mut self.editor)
    }

    fn typed(&mut self, parts: &mut Parts) {
        if self.query.text != self.editor.text() {
            self.query.text = self.editor.text().to_owned();
            self.recalled = 0;
            self.search(parts);
        }
    }
}

/// How case counts after it is toggled: not where it does, or where it does not.
fn other_case(query: &Query) -> Case {
    match query.case {
        Case::AsTyped if query.counts_case() => Case::Never,
        Case::AsTyped => Case::Always,
        Case::Always | Case::Never => Case::AsTyped,
    }
}
