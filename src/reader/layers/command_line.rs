//! The command line: any command by its name, an address, a percent; or a shell command.

use super::{Keys, Then};
use crate::{
    command::{self, Command, Context, Row, Takes, settings},
    notebook::records,
    reader::{editor::Editor, effect::Effect, parts::Parts},
    text::wording,
};

/// A command being typed.
#[derive(Debug, Default)]
pub struct CommandLine {
    editor: Editor,
    /// What was typed before completion and how often `Tab` was pressed since.
    completing: Option<(String, usize)>,
    /// How many earlier commands were gone back; 0 is the one being typed.
    recalled: usize,
    /// What was typed before going back.
    typed: String,
    /// Whether it is a shell command that gets text, not one of the reader.
    is_pipe: bool,
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
    /// A line that begins with a count.
    pub(crate) fn new(count: Option<usize>) -> Self {
        let text = count.map(|count| count.to_string()).unwrap_or_default();
        Self {
            editor: Editor::single_line(&text),
            ..Self::default()
        }
    }

    /// A line for a shell command.
    pub(crate) fn pipe() -> Self {
        Self {
            is_pipe: true,
            ..Self::new(None)
        }
    }

    pub fn text(&self) -> &Editor {
        &self.editor
    }

    /// Whether it is a shell command that gets text, not one of the reader.
    pub fn is_pipe(&self) -> bool {
        self.is_pipe
    }

    /// Commands whose name begins with what is typed, then those that hold it; the reports after
    /// a command that takes one, and the fields.
    pub fn completions(&self, parts: &Parts) -> Vec<Completion> {
        let typed = match &self.completing {
            Some((typed, _)) => typed.as_str(),
            None => self.editor.text(),
        };
        let typed = typed.trim_start();
        if self.is_pipe || typed.starts_with(|c: char| c.is_ascii_digit()) {
            return Vec::new();
        }
        if let Some((name, words)) = typed.split_once(' ') {
            let words = words.trim_start();
            return match command::by_name(name).map(|row| row.takes) {
                Some(Takes::Words("FIELD")) => fields(name, words, parts),
                Some(Takes::Words("NAME VALUE")) => settings(name, words),
                Some(Takes::Words("NAME")) => choices(name, words, settings::THEMES),
                Some(Takes::Words("FORMAT FILE")) => choices(name, words, command::EXPORTS),
                Some(Takes::Words("ADDRESS")) => sections(name, words, parts),
                _ => reports(name, words, parts),
            };
        }
        let begins = command::on_command_line().filter(|row| row.name.starts_with(typed));
        let holds = command::on_command_line()
            .filter(|row| !row.name.starts_with(typed) && row.name.contains(typed));
        begins.chain(holds).map(completion).collect()
    }

    fn complete(&mut self, parts: &mut Parts) {
        let completions = self.completions(parts);
        // What had one completion that takes words is complete: they are next.
        let is_complete = completions.len() == 1 && self.editor.text().ends_with(' ');
        if is_complete && self.completing.take().is_some() {
            return self.complete(parts);
        }
        let (typed, times) = self
            .completing
            .take()
            .unwrap_or_else(|| (self.editor.text().to_owned(), 0));
        if let Some(completion) = completions.get(times % completions.len().max(1)) {
            self.editor.set(&completion.line);
        }
        self.completing = Some((typed, times + 1));
        self.ask_for_reports(parts);
    }

    /// Asks for the reports, once for each line that can be completed to one.
    fn ask_for_reports(&mut self, parts: &mut Parts) {
        let text = self.editor.text().trim_start();
        let takes = text
            .split_once(' ')
            .is_some_and(|(name, _)| takes_report(name));
        if takes && !self.is_pipe && !std::mem::replace(&mut self.has_asked, true) {
            parts.ask(Effect::ListReports);
        }
    }

    fn recall(&mut self, by: isize, parts: &Parts) {
        let lines = if self.is_pipe {
            &parts.input.pipes
        } else {
            &parts.input.lines
        };
        if self.recalled == 0 {
            self.typed = self.editor.text().to_owned();
        }
        self.recalled = self.recalled.saturating_add_signed(by).min(lines.len());
        let earlier = lines.iter().rev().nth(self.recalled.wrapping_sub(1));
        self.editor.set(earlier.unwrap_or(&self.typed));
    }

    fn accept(&self, parts: &mut Parts) -> Then {
        let text = self.editor.text().trim();
        if text.is_empty() {
            return Then::Close;
        }
        parts.input.remember(text, self.is_pipe);
        if self.is_pipe {
            parts.pipe_to(text);
            return Then::Close;
        }
        Then::Run(text.to_owned())
    }
}

impl Keys for CommandLine {
    fn context(&self) -> Option<Context> {
        Some(Context::CommandLine)
    }

    fn run(&mut self, command: Command, _: Option<usize>, parts: &mut Parts) -> Then {
        match command {
            Command::Accept => return self.accept(parts),
            Command::Complete => self.complete(parts),
            Command::Earlier => self.recall(1, parts),
            Command::Later => self.recall(-1, parts),
            _ => return Then::Pass,
        }
        Then::Stay
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        Some(&mut self.editor)
    }

    /// Ends completion and recall once something is typed.
    fn typed(&mut self, parts: &mut Parts) {
        self.completing = None;
        self.recalled = 0;
        self.ask_for_reports(parts);
    }
}

fn completion(row: &Row) -> Completion {
    let words = match row.takes {
        Takes::Words(_) => " ",
        Takes::Nothing | Takes::Letter => "",
    };
    Completion {
        name: row.name.into(),
        doc: row.doc_in(Context::Text).into(),
        line: format!("{}{words}", row.name),
    }
}

/// The fields of records that a command of a name could take.
fn fields(name: &str, words: &str, parts: &Parts) -> Vec<Completion> {
    let fields = records::fields(&parts.report).into_iter();
    let fitting = fields.filter(|field| field.contains(&wording::kebab(words)));
    fitting
        .map(|field| Completion {
            name: field.to_owned(),
            doc: String::new(),
            line: format!("{name} {field}"),
        })
        .collect()
}

/// Most sections that are offered.
const MOST_SECTIONS: usize = 50;

/// The sections that a command of a name could take, by their ids.
fn sections(name: &str, words: &str, parts: &Parts) -> Vec<Completion> {
    let words = words.to_lowercase();
    let sections = parts.report.sections.iter();
    let fitting = sections.filter(|section| section.id.contains(&words));
    fitting
        .take(MOST_SECTIONS)
        .map(|section| Completion {
            name: section.id.clone(),
            doc: section.title.clone(),
            line: format!("{name} {}", section.id),
        })
        .collect()
}

/// The fields of the settings that a command of a name could set, then the values of one.
fn settings(name: &str, words: &str) -> Vec<Completion> {
    if let Some((field, value)) = words.split_once(' ') {
        let field = settings::FIELDS.iter().find(|of| of.name == field);
        return field.map_or_else(Vec::new, |field| {
            choices(&format!("{name} {}", field.name), value, field.values)
        });
    }
    let fitting = settings::FIELDS
        .iter()
        .filter(|field| field.name.starts_with(words));
    fitting
        .map(|field| Completion {
            name: field.name.into(),
            doc: field.takes(),
            line: format!("{name} {} ", field.name),
        })
        .collect()
}

/// The words, of a few, that a command of a name could take.
fn choices(name: &str, typed: &str, choices: &[&str]) -> Vec<Completion> {
    let fitting = choices.iter().filter(|choice| choice.starts_with(typed));
    fitting
        .map(|choice| Completion {
            name: (*choice).to_owned(),
            doc: String::new(),
            line: format!("{name} {choice}"),
        })
        .collect()
}

/// The reports that a command of a name could take.
fn reports(name: &str, words: &str, parts: &Parts) -> Vec<Completion> {
    if !takes_report(name) {
        return Vec::new();
    }
    let completion = |index: &usize| {
        let report = parts.reports.others().get(*index)?;
        Some(Completion {
            name: report.name.clone(),
            doc: report.shown(),
            line: format!("{name} {}", report.name),
        })
    };
    let fitting = parts.reports.fitting(words);
    fitting.iter().filter_map(completion).collect()
}

/// Whether a command of that name takes a report.
fn takes_report(name: &str) -> bool {
    command::by_name(name).is_some_and(|row| row.takes == Takes::Words("REPORT"))
}
