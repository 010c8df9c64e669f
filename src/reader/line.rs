//! The command line: any command by its name, an address, a percent.

use super::{Reader, editor::Editor, overlay::Overlay};
use crate::command::settings::{self, THEMES, WIDTHS};
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
    /// Whether the reports were asked for that it can be completed to.
    has_asked: bool,
}

/// What a line can be completed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    pub name: String,
    pub doc: String,
    /// The whole line.
    line: String,
}

impl CommandLine {
    /// A line for a command of the shell.
    pub fn pipe() -> Self {
        Self {
            is_pipe: true,
            editor: Editor::single_line(""),
            ..Self::default()
        }
    }
}

impl Reader {
    pub(super) fn open_command_line(&mut self, count: Option<usize>) {
        let text = count.map(|count| count.to_string()).unwrap_or_default();
        self.overlay = Some(Overlay::CommandLine(CommandLine {
            editor: Editor::single_line(&text),
            ..CommandLine::default()
        }));
    }

    /// Commands whose name begins with what is typed, then those that hold it; the reports after
    /// a command that takes one.
    pub fn completions(&self) -> Vec<Completion> {
        let Some(Overlay::CommandLine(line)) = &self.overlay else {
            return Vec::new();
        };
        if line.is_pipe {
            return Vec::new();
        }
        let typed = match &line.completing {
            Some((typed, _)) => typed.as_str(),
            None => line.editor.text(),
        };
        let typed = typed.trim_start();
        if let Some((name, words)) = typed.split_once(' ') {
            return self.completions_of_words(name, words.trim_start());
        }
        if typed.starts_with(|c: char| c.is_ascii_digit()) {
            return Vec::new();
        }
        let begins = command::on_command_line().filter(|row| row.name.starts_with(typed));
        let holds = command::on_command_line()
            .filter(|row| !row.name.starts_with(typed) && row.name.contains(typed));
        let completion = |row: &Row| {
            let words = if matches!(row.takes, Takes::Words(_)) {
                " "
            } else {
                ""
            };
            Completion {
                name: row.name.into(),
                doc: row.doc.into(),
                line: format!("{}{words}", row.name),
            }
        };
        begins.chain(holds).map(completion).collect()
    }

    fn completions_of_words(&self, name: &str, words: &str) -> Vec<Completion> {
        if !takes_report(name) {
            return Vec::new();
        }
        let completion = |number: &usize| {
            let report = self.shelf.get(*number)?;
            Some(Completion {
                name: report.name.clone(),
                doc: report.told(),
                line: format!("{name} {}", report.name),
            })
        };
        self.reports_for(words)
            .iter()
            .filter_map(completion)
            .collect()
    }

    pub(super) fn complete_line(&mut self) {
        let rows = self.completions();
        let Some(Overlay::CommandLine(line)) = &mut self.overlay else {
            return;
        };
        // What had one completion that takes words is complete: they are next.
        if rows.len() == 1 && line.editor.text().ends_with(' ') && line.completing.take().is_some()
        {
            return self.complete_line();
        }
        let (typed, times) = line
            .completing
            .take()
            .unwrap_or_else(|| (line.editor.text().to_owned(), 0));
        if let Some(row) = rows.get(times % rows.len().max(1)) {
            line.editor.set(&row.line);
        }
        line.completing = Some((typed, times + 1));
        self.ask_for_completions();
    }

    /// Asks for the reports, once for each line that can be completed to one.
    fn ask_for_completions(&mut self) {
        let Some(Overlay::CommandLine(line)) = &mut self.overlay else {
            return;
        };
        let is_wanted = line
            .editor
            .text()
            .trim_start()
            .split_once(' ')
            .is_some_and(|(name, _)| takes_report(name));
        if is_wanted && !line.has_asked && !line.is_pipe {
            line.has_asked = true;
            self.ask_for_reports();
        }
    }

    /// Ends completion and recall once something is typed.
    pub(super) fn typed_in_line(&mut self) {
        if let Some(Overlay::CommandLine(line)) = &mut self.overlay {
            line.completing = None;
            line.recalled = 0;
        }
        self.ask_for_completions();
    }

    pub(super) fn recall_line(&mut self, by: isize) {
        let Some(Overlay::CommandLine(line)) = &mut self.overlay else {
            return;
        };
        let run = if line.is_pipe {
            &self.pipes_run
        } else {
            &self.lines_run
        };
        if line.recalled == 0 {
            line.typed = line.editor.text().to_owned();
        }
        line.recalled = line.recalled.saturating_add_signed(-by).min(run.len());
        let text = run.iter().rev().nth(line.recalled.wrapping_sub(1));
        let text = text.unwrap_or(&line.typed).clone();
        line.editor.set(&text);
    }

    pub(super) fn run_line(&mut self) {
        let Some(Overlay::CommandLine(line)) = self.overlay.take() else {
            return;
        };
        let text = line.editor.text().trim().to_owned();
        if text.is_empty() {
            return;
        }
        let run = if line.is_pipe {
            &mut self.pipes_run
        } else {
            &mut self.lines_run
        };
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
        let begun: Vec<&Row> = command::on_command_line()
            .filter(|row| row.name.starts_with(name))
            .collect();
        let row = command::on_command_line().find(|row| row.name == name);
        match (row, begun.as_slice()) {
            (Some(row), _) => self.run_with_words(row, words),
            (None, [row]) => self.run_with_words(row, words),
            (None, []) => self.warn(format!(
                "There is no command `{name}`; Tab shows what there is."
            )),
            (None, _) => self.warn(format!(
                "`{name}` could be {}; Tab completes it.",
                names(&begun)
            )),
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
            (Command::Open, _) if !words.is_empty() => self.open_report(words),
            (Command::Open | Command::Compare, _) if words.is_empty() => {
                self.run(row.command, None, None)
            }
            (Command::Compare, _) => self.compare_with(words),
            (command, Takes::Words(_)) if words.is_empty() => self.say_what_it_takes(command),
            (Command::Go, _) => self.go_to_address(words),
            (Command::SetTheme, _) => match settings::theme_named(words) {
                Some(theme) => self.set_theme(theme),
                None => self.warn(format!(
                    "There is no theme `{words}`; there are {}.",
                    THEMES.join(", ")
                )),
            },
            (Command::SetMeasure, _) => match words.parse() {
                Ok(columns) => self.set_width(columns),
                Err(_) => self.warn(format!(
                    "`{words}` is no number of columns, {} to {}.",
                    WIDTHS.start(),
                    WIDTHS.end()
                )),
            },
            (command, Takes::Letter) => {
                match words.chars().next().filter(|c| c.is_alphanumeric()) {
                    Some(letter) => self.run(command, None, Some(letter)),
                    None => self.warn(format!("`{}` takes a letter: `{0} a`.", row.name)),
                }
            }
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
            Address {
                section,
                block: None,
            } => self.go_to_section(section),
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

/// Whether a command of that name takes a report.
fn takes_report(name: &str) -> bool {
    command::by_name(name).is_some_and(|row| row.takes == Takes::Words("REPORT"))
}

fn names(rows: &[&Row]) -> String {
    let names: Vec<&str> = rows.iter().take(4).map(|row| row.name).collect();
    let more = if rows.len() > 4 { ", …" } else { "" };
    format!("{}{more}", names.join(", "))
}
