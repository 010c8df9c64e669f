//! The command line: any command by its name, an address, a percent.

use super::{
    Reader,
    editor::Editor,
    overlay::Overlay,
    settings::{self, MEASURES, THEMES},
};
use crate::{
    command::{self, Command, Row, Takes},
    report::address::Address,
};

/// A command being typed.
#[derive(Debug, Default)]
pub struct CommandLine {
    pub editor: Editor,
    /// What was typed before completion and how often `Tab` was pressed since.
    completing: Option<(String, usize)>,
    /// How far back in the earlier commands one is; 0 is the one being typed.
    recalled: usize,
    /// What was typed before going back.
    typed: String,
    /// Whether it is a command of the shell that gets text, not one of the reader.
    pub is_pipe: bool,
}

impl CommandLine {
    /// A line for a command of the shell.
    pub fn pipe() -> Self {
        Self { is_pipe: true, editor: Editor::single_line(""), ..Self::default() }
    }
}

impl Reader {
    pub(super) fn open_command_line(&mut self, count: Option<usize>) {
        let text = count.map(|count| count.to_string()).unwrap_or_default();
        self.overlay = Some(Overlay::CommandLine(CommandLine { editor: Editor::single_line(&text), ..CommandLine::default() }));
    }

    /// Commands whose name begins with what is typed, then those that hold it.
    pub fn completions(&self) -> Vec<&'static Row> {
        let Some(Overlay::CommandLine(line)) = &self.overlay else { return Vec::new() };
        if line.is_pipe {
            return Vec::new();
        }
        let typed = match &line.completing {
            Some((typed, _)) => typed.as_str(),
            None => line.editor.text(),
        };
        let typed = typed.trim_start();
        if typed.contains(' ') || typed.starts_with(|c: char| c.is_ascii_digit()) {
            return Vec::new();
        }
        let begins = command::on_command_line().filter(|row| row.name.starts_with(typed));
        let holds = command::on_command_line().filter(|row| !row.name.starts_with(typed) && row.name.contains(typed));
        begins.chain(holds).collect()
    }

    pub(super) fn complete_line(&mut self) {
        let rows = self.completions();
        let Some(Overlay::CommandLine(line)) = &mut self.overlay else { return };
        let (typed, times) = line.completing.take().unwrap_or_else(|| (line.editor.text().to_owned(), 0));
        if let Some(row) = rows.get(times % rows.len().max(1)) {
            let words = if matches!(row.takes, Takes::Words(_)) { " " } else { "" };
            line.editor.set(&format!("{}{words}", row.name));
        }
        line.completing = Some((typed, times + 1));
    }

    /// Ends completion and recall once something is typed.
    pub(super) fn typed_in_line(&mut self) {
        if let Some(Overlay::CommandLine(line)) = &mut self.overlay {
            line.completing = None;
            line.recalled = 0;
        }
    }

    pub(super) fn recall_line(&mut self, by: isize) {
        let Some(Overlay::CommandLine(line)) = &mut self.overlay else { return };
        let run = if line.is_pipe { &self.pipes_run } else { &self.lines_run };
        if line.recalled == 0 {
            line.typed = line.editor.text().to_owned();
        }
        line.recalled = line.recalled.saturating_add_signed(-by).min(run.len());
        let text = run.iter().rev().nth(line.recalled.wrapping_sub(1));
        let text = text.unwrap_or(&line.typed).clone();
        line.editor.set(&text);
    }

    pub(super) fn run_line(&mut self) {
        let Some(Overlay::CommandLine(line)) = self.overlay.take() else { return };
        let text = line.editor.text().trim().to_owned();
        if text.is_empty() {
            return;
        }
        let run = if line.is_pipe { &mut self.pipes_run } else { &mut self.lines_run };
        run.retain(|earlier| *earlier != text);
        run.push(text.clone());
        if line.is_pipe {
            return self.pipe_to(&text);
        }
        let (name, words) = text.split_once(char::is_whitespace).unwrap_or((&text, ""));
        self.run_named(name, words.trim());
    }

    fn run_named(&mut self, name: &str, words: &str) {
        if name.starts_with(|c: char| c.is_ascii_digit()) {
            return self.run_place(name);
        }
        let begun: Vec<&Row> = command::on_command_line().filter(|row| row.name.starts_with(name)).collect();
        let row = command::on_command_line().find(|row| row.name == name);
        match (row, begun.as_slice()) {
            (Some(row), _) => self.run_with_words(row, words),
            (None, [row]) => self.run_with_words(row, words),
            (None, []) => self.warn(format!("There is no command `{name}`; Tab shows what there is.")),
            (None, _) => self.warn(format!("`{name}` could be {}; Tab completes it.", names(&begun))),
        }
    }

    /// `50%`, `2:5` or `2`.
    fn run_place(&mut self, place: &str) {
        match place.strip_suffix('%').map(str::parse) {
            Some(Ok(percent)) => self.go_to_percent(Some(percent)),
            Some(Err(_)) => self.warn(format!("`{place}` is no percent.")),
            None => self.go_to_address(place),
        }
    }

    fn run_with_words(&mut self, row: &Row, words: &str) {
        match (row.command, row.takes) {
            (command, Takes::Words(_)) if words.is_empty() => self.say_what_it_takes(command),
            (Command::Go, _) => self.go_to_address(words),
            (Command::SetTheme, _) => match settings::theme_named(words) {
                Some(theme) => self.set_theme(theme),
                None => self.warn(format!("There is no theme `{words}`; there are {}.", THEMES.join(", "))),
            },
            (Command::SetMeasure, _) => match words.parse() {
                Ok(columns) => self.set_measure(columns),
                Err(_) => self.warn(format!("`{words}` is no number of columns, {} to {}.", MEASURES.start(), MEASURES.end())),
            },
            (command, Takes::Letter) => match words.chars().next().filter(|c| c.is_alphanumeric()) {
                Some(letter) => self.run(command, None, Some(letter)),
                None => self.warn(format!("`{}` takes a letter: `{0} a`.", row.name)),
            },
            (command, _) => match words.parse() {
                Ok(count) => self.run(command, Some(super::LARGEST_COUNT.min(count)), None),
                Err(_) if words.is_empty() => self.run(command, None, None),
                Err(_) => self.warn(format!("`{}` takes a count, not `{words}`.", row.name)),
            },
        }
    }

    pub(super) fn say_what_it_takes(&mut self, command: Command) {
        let row = command.row();
        if let Takes::Words(words) = row.takes {
            self.warn(format!("`{}` takes {words}: {}.", row.name, row.doc));
        }
    }

    /// Jumps to a section or paragraph.
    pub(super) fn go_to_place_of(&mut self, address: Address) {
        match address {
            Address { section, block: None } => self.go_to_section(section),
            address => {
                self.leave_place();
                self.go_to(address.position());
            }
        }
    }

    fn go_to_address(&mut self, text: &str) {
        match Address::parse(text, &self.report) {
            Ok(address) => self.go_to_place_of(address),
            Err(error) => self.warn(format!("No such place: {error}.")),
        }
    }
}

fn names(rows: &[&Row]) -> String {
    let names: Vec<&str> = rows.iter().take(4).map(|row| row.name).collect();
    let more = if rows.len() > 4 { ", …" } else { "" };
    format!("{}{more}", names.join(", "))
}
