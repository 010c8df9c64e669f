//! Lines typed where no keys are pressed (`--linear`): a command by its name, its word or the
//! beginning of either; a number, an address; or the text of what is being typed.

mod help;
mod names;

use names::Named;

use super::{
    Reader,
    input::LARGEST_COUNT,
    layers::{
        annotation_list::AnnotationList, note_box::NoteBox, picker::Picker, place::Placing,
        record_list::RecordList,
    },
};
use crate::{
    command::{
        Command, Context, Row, Takes,
        key::{Code, Key},
    },
    report::address::{Address, AddressError},
    text::wording,
};

/// Rows of a list that are said at once; an empty line goes on by as many.
pub const ROWS: usize = 10;
/// A line of this alone saves the note that is typed.
pub const SAVES: &str = ".";

impl Reader {
    /// Takes a line that was typed: where text is typed it is that, and a command after a colon;
    /// elsewhere it is a command, a number or an address, and an empty line goes on.
    pub fn take_line(&mut self, line: &str) {
        self.parts.messages.clear();
        let command = line.strip_prefix(':');
        match command.filter(|rest| !rest.starts_with(':')) {
            Some(command) if self.context().is_typing() => self.take_command(command.trim()),
            _ if self.context().is_typing() => self.take_text(command.unwrap_or(line)),
            _ => self.take_command(line.trim_start_matches(':').trim()),
        }
        self.refresh();
    }

    /// Cancels as `C-c` does; without anything to cancel, the second time leaves.
    pub fn interrupt_line(&mut self) {
        self.parts.messages.clear();
        let is_typing = self.context().is_typing();
        self.run_moving(match is_typing {
            true => Command::Cancel,
            false => Command::Interrupt,
        });
        self.refresh();
    }

    fn take_command(&mut self, line: &str) {
        let (name, words) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let words = words.trim();
        if name.is_empty() {
            return self.go_on();
        }
        if let Ok(number) = name.parse::<usize>()
            && self.take_number(number, words)
        {
            return;
        }
        match self.named(name, line) {
            Named::Command { row, closes } => {
                if closes {
                    self.close_layers();
                }
                self.run_named(row, words);
            }
            Named::Keys(command, letter) => self.run_counted(command, None, letter),
            Named::Several(names) => {
                let names = names.join(", ");
                self.warn(format!("`{name}` could be {names}; type more of it."));
            }
            Named::Nothing => self.take_unknown(line, name),
        }
    }

    /// Goes on as an empty line does.
    fn go_on(&mut self) {
        let (command, count) = match self.context() {
            Context::List | Context::Records | Context::Sections => (Command::Down, Some(ROWS)),
            Context::Comparison => (Command::Next, None),
            Context::Panel | Context::Help => (Command::Cancel, None),
            _ => (Command::NextParagraph, None),
        };
        self.run_counted(command, count, None);
    }

    /// A number: a row of the list that is open, a section in the outline; says whether it was one
    /// of those. In the text it is an address.
    fn take_number(&mut self, number: usize, words: &str) -> bool {
        match self.context() {
            Context::List | Context::Records => {
                if self.select_row(number) {
                    match words {
                        "" => self.run_moving(Command::Accept),
                        words => self.take_command(words),
                    }
                }
                true
            }
            Context::Sections => {
                self.go_to_listed(number);
                true
            }
            _ => false,
        }
    }

    fn go_to_listed(&mut self, number: usize) {
        let sections = self.parts.report.sections.len();
        if (1..=sections).contains(&number) {
            self.parts.pane.select(number - 1);
            self.run_moving(Command::Accept);
        } else {
            self.say(format!("There is no section {number}."));
        }
    }

    /// Selects a row of the list on top, from 1; says so where there is none.
    fn select_row(&mut self, number: usize) -> bool {
        let count = self.rows_of_list().unwrap_or(0);
        if !(1..=count).contains(&number) {
            let rows = wording::count(count, "row");
            self.say(format!("There is no row {number}; the list has {rows}."));
            return false;
        }
        self.run_moving(Command::First);
        if number > 1 {
            self.run_counted(Command::Down, Some(number - 1), None);
        }
        true
    }

    fn rows_of_list(&self) -> Option<usize> {
        let layers = &self.layers;
        let notes = layers.top_as::<AnnotationList>().map(AnnotationList::count);
        let records = || layers.top_as::<RecordList>().map(|list| list.counts().0);
        let choices = || Some(layers.top_as::<Picker>()?.title(&self.parts).1);
        notes.or_else(records).or_else(choices)
    }

    /// Runs a command with the words after its name: a count, a letter, a row, what it takes, the
    /// text of what it opens, or a command of what it opens.
    fn run_named(&mut self, row: &'static Row, words: &str) {
        let command = row.command;
        if command == Command::Help {
            return self.help_in_lines(words);
        }
        let number = words.parse::<usize>().ok();
        if let Some(number) = number.filter(|_| self.rows_of_list().is_some()) {
            if self.select_row(number) {
                self.run_moving(command);
            }
            return;
        }
        let takes = row.takes != Takes::Nothing || (number.is_some() && !types_text(command));
        if takes || words.is_empty() {
            self.moving(|reader| reader.run_row(row, words));
            return self.end_line(command);
        }
        let before = self.context();
        self.run_moving(command);
        match self.context() {
            context if context.is_typing() => self.take_words(words),
            context if context != before => self.take_command(words),
            _ if self.messages().current().is_some() => {}
            _ => self.warn(format!("`{}` takes nothing after it.", row.name)),
        }
    }

    /// Takes all of the text of what was just opened, and is done with it.
    fn take_words(&mut self, words: &str) {
        if self.context() != Context::NoteBox {
            return self.take_text(words);
        }
        if self.type_note(words) {
            self.run_moving(Command::SaveNote);
        }
    }

    /// Takes a line of text where text is typed.
    fn take_text(&mut self, line: &str) {
        match self.context() {
            Context::NoteBox if line == SAVES => self.run_moving(Command::SaveNote),
            Context::NoteBox => {
                let is_doubled = usize::from(line.starts_with(".."));
                let _ = self.type_note(line.get(is_doubled..).unwrap_or_default());
            }
            Context::Picker | Context::SectionFilter => self.take_choice(line.trim()),
            _ => {
                self.type_line(line);
                self.run_moving(Command::Accept);
            }
        }
    }

    /// A row, words that narrow the list, or nothing: what is selected. What is left alone is
    /// gone to.
    fn take_choice(&mut self, line: &str) {
        if line.is_empty() {
            return self.run_moving(Command::Accept);
        }
        let rows = self.rows_of_list();
        match (line.parse::<usize>(), rows) {
            (Ok(number), None) => return self.go_to_listed(number),
            (Ok(number), Some(rows)) if (1..=rows).contains(&number) => {
                if self.select_row(number) {
                    self.run_moving(Command::Accept);
                }
                return;
            }
            _ => {}
        }
        self.type_line(line);
        self.refresh();
        if self.rows_of_list() == Some(1) {
            self.run_moving(Command::Accept);
        }
    }

    /// Replaces what is typed on one line.
    fn type_line(&mut self, line: &str) {
        if let Some(editor) = self.layers.editor() {
            editor.set("");
            match editor.paste(line) {
                Ok(()) => self.layers.typed(&mut self.parts),
                Err(most) => self.warn(format!("This is longer than {most} KiB.")),
            }
        }
    }

    /// Types a line of a note: the first one replaces what a note says that is edited. Says so
    /// where it is too long, and whether it was typed.
    fn type_note(&mut self, line: &str) -> bool {
        let note = self.layers.top_as::<NoteBox>();
        let is_first = note.is_some_and(NoteBox::is_untouched);
        let Some(editor) = self.layers.editor() else {
            return false;
        };
        let before = editor.text().to_owned();
        let pasted = if is_first || before.is_empty() {
            editor.set("");
            editor.paste(line)
        } else {
            editor.paste(&format!("\n{line}"))
        };
        if pasted.is_err() {
            editor.set(&before);
        }
        match pasted {
            Ok(()) => self.layers.typed(&mut self.parts),
            Err(most) => self.warn(format!(
                "Nothing was typed: the line is longer than {most} KiB."
            )),
        }
        pasted.is_ok()
    }

    /// Closes all that lies over the text, as `Esc` would.
    fn close_layers(&mut self) {
        for _ in 0..self.layers.iter().count() {
            let is_over = self.layers.top_as::<Placing>().is_none();
            if self.layers.is_empty() || !is_over {
                return;
            }
            self.run_moving(Command::Cancel);
        }
    }

    fn run_moving(&mut self, command: Command) {
        self.run_counted(command, None, None);
    }

    fn run_counted(&mut self, command: Command, count: Option<usize>, letter: Option<char>) {
        let count = count.map(|count| count.min(LARGEST_COUNT));
        self.moving(|reader| reader.run(command, count, letter));
        self.end_line(command);
    }

    /// What is over once a command was run, as after a key; then all is worked out again.
    fn end_line(&mut self, command: Command) {
        let parts = &mut self.parts;
        parts.mode.leave_link(parts.viewport.place().cursor);
        if command != Command::Highlight {
            parts.mode.end_colouring();
        }
        self.refresh();
    }

    /// What is no command: an address, as it is typed; else the nearest command is named.
    fn take_unknown(&mut self, line: &str, name: &str) {
        let here = self.parts.viewport.cursor().section;
        let number = name.strip_prefix('p').unwrap_or(name);
        if number.starts_with(|c: char| c.is_ascii_digit()) {
            self.close_layers();
            self.moving(|reader| reader.run_address(name));
            return self.end_line(Command::Go);
        }
        match Address::parse_near(line, &self.parts.report, here) {
            Ok(address) => {
                self.close_layers();
                self.moving(|reader| reader.parts.go_to_address(address));
                self.end_line(Command::Go);
            }
            Err(error @ AddressError::Several { .. }) => self.warn(format!("{error}.")),
            Err(error) if name.contains(['/', ':']) => {
                self.warn(format!("No such address: {error}."));
            }
            Err(_) => {
                let nearest = self.nearest(name);
                self.warn(format!(
                    "`{name}` is not a command; the nearest is `{nearest}`. `help` lists them."
                ));
            }
        }
    }
}

/// Whether a command opens what text is typed in, so that words after it are that text.
fn types_text(command: Command) -> bool {
    matches!(
        command,
        Command::Search
            | Command::SearchBackward
            | Command::AddNote
            | Command::Edit
            | Command::GoToSection
            | Command::Filter
            | Command::Pipe
            | Command::CommandLine
    )
}

/// The key that a line of one letter is, where it is one.
fn keys(line: &str) -> Vec<Key> {
    let keys = Key::sequence(line).unwrap_or_default();
    let is_word = |key: &Key| matches!(key.code, Code::Enter | Code::Esc);
    match keys.iter().any(is_word) {
        true => Vec::new(),
        false => keys,
    }
}
