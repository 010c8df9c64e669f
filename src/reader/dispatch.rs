//! What each command does in the text: one arm for each, so that none is forgotten. The layer on
//! top is asked first.

use super::{
    Reader,
    effect::{Effect, Everywhere},
    input::LARGEST_COUNT,
    layers::{
        Layer, Then,
        annotation_list::{AnnotationList, Tab},
        command_line::CommandLine,
        help::Help,
        note_panel::NotePanel,
        picker::Picker,
        search_box::SearchBox,
        sections::Sections,
        steps,
    },
    reports::Purpose,
    selection::{Grain, Step},
    viewport::Unit,
};
use crate::{
    command::{self, Command, Context, Row, Takes},
    notebook::{Change, annotation::Color},
    report::position::Direction::{self, Backward, Forward},
};

impl Reader {
    /// Runs a command. A count is taken where the command has a use for it.
    pub(super) fn run(&mut self, command: Command, count: Option<usize>, letter: Option<char>) {
        if command != Command::Interrupt {
            self.parts.input.is_interrupted = false;
        }
        if command != Command::Messages {
            self.parts.messages.forget_recalled();
        }
        if is_typing(command)
            && self
                .layers
                .editor()
                .is_some_and(|editor| editor.run(command))
        {
            return self.layers.typed(&mut self.parts);
        }
        let then = match self.layers.run(command, count, &mut self.parts) {
            Then::Pass => self.run_everywhere(command, count, letter),
            then => then,
        };
        self.follow(then);
    }

    /// What works whatever lies on top.
    fn run_everywhere(
        &mut self,
        command: Command,
        count: Option<usize>,
        letter: Option<char>,
    ) -> Then {
        match command {
            Command::Quit => self.close_or_quit(),
            Command::Cancel => self.cancel(),
            Command::Interrupt => self.interrupt(),
            Command::Help => return Then::Push(Help::new(self.context()).into()),
            Command::Redraw => self.parts.ask(Effect::Redraw),
            Command::QuickExit => self.parts.ask(Effect::QuickExit),
            Command::Suspend => {
                self.save_draft_now();
                self.parts.ask(Effect::Suspend);
            }
            Command::Undo => {
                let undone = self.parts.undo(count.unwrap_or(1));
                self.show_changes(&undone);
            }
            Command::Redo => {
                let redone = self.parts.redo(count.unwrap_or(1));
                self.show_changes(&redone);
            }
            _ if self.layers.context().is_none() => {
                return self.run_in_text(command, count, letter);
            }
            _ => self.say_nothing_here(command),
        }
        Then::Stay
    }

    fn say_nothing_here(&mut self, command: Command) {
        let (name, help) = (command.row().name, self.parts.key(Command::Help));
        self.say(format!(
            "`{name}` does nothing here; {help} shows the keys."
        ));
    }

    fn run_in_text(
        &mut self,
        command: Command,
        count: Option<usize>,
        letter: Option<char>,
    ) -> Then {
        use Command as C;
        let parts = &mut self.parts;
        let (many, by) = (count.unwrap_or(1), steps(count));
        match command {
            C::Down | C::Up if parts.mode.is_selecting() => {
                parts.extend_rows(if command == C::Down { by } else { -by })
            }
            C::NextParagraph if parts.mode.is_selecting() => {
                parts.extend(Step::Paragraph, Forward, many)
            }
            C::PreviousParagraph if parts.mode.is_selecting() => {
                parts.extend(Step::Paragraph, Backward, many)
            }
            C::NextSentence if parts.mode.is_selecting() => {
                parts.extend(Step::Sentence, Forward, many)
            }
            C::PreviousSentence if parts.mode.is_selecting() => {
                parts.extend(Step::Sentence, Backward, many)
            }
            C::Down => parts.down(by),
            C::Up => parts.down(-by),
            C::PageDown => parts.scroll(parts.viewport.page(many)),
            C::PageUp => parts.scroll(-parts.viewport.page(many)),
            C::HalfPageDown => parts.scroll(parts.viewport.half_page(many)),
            C::HalfPageUp => parts.scroll(-parts.viewport.half_page(many)),
            C::First => parts.go_to_first(count),
            C::Last => parts.go_to_last(count),
            C::GoToPercent => parts.go_to_percent(count),
            C::NextSection => parts.next_section(many),
            C::PreviousSection => parts.previous_section(many),
            C::ParentSection => parts.parent_section(many),
            C::NextUnread => parts.next_unread(),
            C::NextParagraph => parts.step(Unit::Paragraph, by),
            C::PreviousParagraph => parts.step(Unit::Paragraph, -by),
            C::NextSentence => parts.step(Unit::Sentence, by),
            C::PreviousSentence => parts.step(Unit::Sentence, -by),
            C::Left => parts.extend(Step::Character, Backward, many),
            C::Right => parts.extend(Step::Character, Forward, many),
            C::NextWord => parts.extend(Step::Word, Forward, many),
            C::PreviousWord => parts.extend(Step::Word, Backward, many),
            C::WordEnd => parts.extend(Step::WordEnd, Forward, many),
            C::LineStart => parts.extend_in_row(Backward),
            C::LineEnd => parts.extend_in_row(Forward),
            C::SwapEnds => parts.swap_ends(),
            C::Select => parts.select(Grain::Character),
            C::SelectParagraphs => parts.select(Grain::Paragraph),
            C::Search => return self.open_search(Forward),
            C::SearchBackward => return self.open_search(Backward),
            C::SearchWord => parts.search_word(many),
            C::Next => parts.next_match(false, many),
            C::Previous => parts.next_match(true, many),
            C::ListMatches => return self.list_matches(),
            C::Accept => return pushed(parts.accept_in_text()),
            C::AddNote => return pushed(parts.add_note()),
            C::Edit => return pushed(parts.edit_note()),
            C::EditOutside => return pushed(parts.edit_note_outside()),
            C::ResumeDraft => return pushed(parts.resume_draft()),
            C::Delete if parts.mode.colouring().is_some() => parts.remove_highlight(),
            C::Delete => return parts.delete_here(),
            C::Highlight => parts.highlight(),
            C::Yellow => parts.colour_highlight(Color::Yellow),
            C::Green => parts.colour_highlight(Color::Green),
            C::Blue => parts.colour_highlight(Color::Blue),
            C::Red => parts.colour_highlight(Color::Red),
            C::Purple => parts.colour_highlight(Color::Purple),
            C::Copy => parts.copy(),
            C::CopyCitation => parts.copy_citation(),
            C::Pipe => return pushed(parts.has_text_to_pipe().then(CommandLine::pipe)),
            C::ListAnnotations => return Then::Push(AnnotationList::new(Tab::All, parts).into()),
            C::ListBookmarks => {
                return Then::Push(AnnotationList::new(Tab::Bookmarks, parts).into());
            }
            C::Review => return Then::Push(parts.review_here()),
            C::NextAnnotation => parts.next_annotation(Forward, many),
            C::PreviousAnnotation => parts.next_annotation(Backward, many),
            C::ToggleBookmark => parts.toggle_bookmark(),
            C::SetBookmark => letter
                .into_iter()
                .for_each(|of| parts.set_bookmark(Some(of))),
            C::GoToBookmark => letter.into_iter().for_each(|of| parts.go_to_bookmark(of)),
            C::GoBack => parts.go_back(),
            C::Back => {
                let before = parts.back(many);
                return pushed(before.and_then(|name| parts.open_report(&name, true)));
            }
            C::Forward => parts.forward(many),
            C::JumpList => return Then::Push(Picker::of_jumps(parts).into()),
            C::NextLink => parts.next_link(Forward, many),
            C::PreviousLink => parts.next_link(Backward, many),
            C::OpenLink => parts.open_link(),
            C::CopyLink => parts.copy_link(),
            C::GoToSection => {
                parts.ask(Effect::ListReports);
                return Then::Push(Picker::of_sections(parts).into());
            }
            C::SwitchPane => return self.focus_sections(),
            C::ToggleSections if parts.toggle_sections() => return self.focus_sections(),
            C::ToggleSections => {}
            C::ToggleNumbers => parts.toggle_numbers(),
            C::Widen => parts.change_width(by.saturating_mul(2)),
            C::Narrow => parts.change_width(by.saturating_mul(-2)),
            C::DefaultWidth => parts.default_width(),
            C::NextTheme => parts.next_theme(many),
            C::ToggleTextOnly => parts.toggle_text_only(),
            C::Messages => parts.messages.recall(many),
            C::CommandLine => return Then::Push(CommandLine::new(count).into()),
            C::Comparison => return parts.return_to_comparison(),
            C::Compare => parts.choose_report(Purpose::Compare),
            C::Open => parts.choose_report(Purpose::Open),
            C::AllNotes => {
                return Then::Push(parts.look_everywhere(Everywhere::Notes).into());
            }
            C::AllMatches => return pushed(parts.search_everywhere("")),
            C::History => parts.ask_for_history(),
            C::NextRecord => parts.next_record(by),
            C::PreviousRecord => parts.next_record(-by),
            C::CopyAddress => parts.copy_address(),
            C::Records => return pushed(parts.list_records("")),
            C::Collect => return pushed(parts.collect("")),
            C::Go | C::Theme | C::Width | C::Set => self.say_what_it_takes(command.row()),
            C::Export => parts.ask(Effect::Export(String::new())),
            C::Config => parts.ask(Effect::EditSettings),
            C::Reload => parts.ask(Effect::ReloadSettings),
            // These are for a layer, or for all of them.
            C::Read
            | C::SaveNote
            | C::AcceptPosition
            | C::ChoosePosition
            | C::MarkOrphaned
            | C::ClearReview
            | C::Filter
            | C::Fold
            | C::Unfold
            | C::FoldAll
            | C::ToggleFolds
            | C::NextTab
            | C::PreviousTab
            | C::Sort
            | C::NewLine
            | C::Complete
            | C::Earlier
            | C::Later
            | C::ToggleRegex
            | C::ToggleCase
            | C::ToggleWord
            | C::EraseLeft
            | C::EraseRight
            | C::EraseWord
            | C::EraseToStart
            | C::EraseToEnd
            | C::Undo
            | C::Redo
            | C::Help
            | C::Quit
            | C::QuickExit
            | C::Cancel
            | C::Interrupt
            | C::Redraw
            | C::Suspend => self.say_nothing_here(command),
        }
        Then::Stay
    }

    fn open_search(&mut self, direction: Direction) -> Then {
        Then::Push(SearchBox::new(direction, false, &mut self.parts).into())
    }

    fn list_matches(&mut self) -> Then {
        let parts = &mut self.parts;
        if parts.matches.found().is_none() && !parts.take_up_last_search() {
            return Then::Push(SearchBox::new(Forward, true, parts).into());
        }
        parts.matches.forget_wrapped();
        parts.search_more();
        Then::Push(Picker::of_matches(parts).into())
    }

    fn focus_sections(&mut self) -> Then {
        let here = self.parts.viewport.cursor().section;
        self.parts.pane.select(here);
        self.parts.pane.select_shown(&self.parts.report);
        Then::Push(Sections::default().into())
    }

    /// Closes the layer on top, as it is.
    pub(super) fn close_top(&mut self) {
        // A comparison and a collection are kept, to return to.
        match self.layers.pop() {
            Some(Layer::Comparison(comparison)) => self.parts.reports.compared = Some(comparison),
            Some(Layer::Collection(collection)) => self.parts.reports.collected = Some(collection),
            _ => {}
        }
        if let Some(panel) = self.layers.top_as::<NotePanel>() {
            panel.show_behind(&mut self.parts);
        }
    }

    /// Closes what is on top, or ends what is done in the text; says whether there was anything.
    fn close(&mut self) -> bool {
        match self.layers.cancel(&mut self.parts) {
            Some(then) => {
                self.follow(then);
                true
            }
            None => self.parts.mode.end(),
        }
    }

    fn close_or_quit(&mut self) {
        if !self.close() {
            self.parts.ask(Effect::Quit);
        }
    }

    fn cancel(&mut self) {
        if !self.close() && !self.parts.matches.unmark() {
            let quit = self.parts.key(Command::Quit);
            self.say(format!("Nothing to cancel; {quit} quits."));
        }
    }

    fn interrupt(&mut self) {
        if !self.close() && self.parts.input.is_interrupted {
            return self.parts.ask(Effect::Quit);
        }
        self.parts.input.is_interrupted = true;
        self.say("Cancelled; C-c again quits.");
    }

    /// Shows what an undo or redo changed: in the text, or in the list or panel on top.
    fn show_changes(&mut self, changes: &[Change]) {
        for change in changes {
            let id = &change.annotation().id;
            if self.layers.is_empty() {
                self.parts.show_change(change);
            } else if !matches!(change, Change::Decide { .. }) {
                continue;
            } else if let Some(list) = self.layers.top_as_mut::<AnnotationList>() {
                list.select(Some(id), &mut self.parts);
            } else if let Some(panel) = self.layers.top_as_mut::<NotePanel>() {
                panel.show(id.clone(), &mut self.parts);
            }
        }
    }

    /// Shows in the list or panel on top what comes next for review.
    pub(super) fn show_reviewed(&mut self, next: Option<String>) {
        if let Some(list) = self.layers.top_as_mut::<AnnotationList>() {
            list.select(next.as_deref(), &mut self.parts);
        } else if let Some(panel) = self.layers.top_as_mut::<NotePanel>() {
            match next {
                Some(next) => panel.show(next, &mut self.parts),
                None => drop(self.close()),
            }
        }
    }

    /// Runs a line of the command line: a command by its name or its beginning, an address or a
    /// percent.
    pub(super) fn run_line(&mut self, line: &str) {
        let (name, words) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let number = name.strip_prefix('p').unwrap_or(name);
        if number.starts_with(|c: char| c.is_ascii_digit()) {
            return self.run_address(name);
        }
        if let Some((_, command)) = command::OF_VI.iter().find(|(of_vi, _)| *of_vi == line) {
            return self.run(*command, None, None);
        }
        if line == "w" {
            return self.say("All is saved as it is written; there is nothing to write.");
        }
        let all = || command::on_command_line();
        let begun: Vec<&Row> = all().filter(|row| row.name.starts_with(name)).collect();
        let row = all().find(|row| row.name == name);
        match (row, begun.as_slice()) {
            (Some(row), _) => self.run_row(row, words.trim()),
            (None, [row]) => self.run_row(row, words.trim()),
            (None, []) => self.parts.go_to_unknown(line),
            (None, _) => {
                let names: Vec<&str> = begun.iter().take(4).map(|row| row.name).collect();
                let more = if begun.len() > 4 { ", …" } else { "" };
                let names = names.join(", ");
                self.warn(format!(
                    "`{name}` could be {names}{more}; Tab completes it."
                ));
            }
        }
    }

    /// `50%`, `2:5`, `2` or `p76`.
    pub(super) fn run_address(&mut self, text: &str) {
        match text.strip_suffix('%').map(str::parse) {
            Some(Ok(percent)) => self.parts.go_to_percent(Some(percent)),
            Some(Err(_)) => self.warn(format!("`{text}` is not a percent.")),
            None => self.parts.go_to_typed(text),
        }
    }

    pub(super) fn run_row(&mut self, row: &Row, words: &str) {
        match (row.command, row.takes) {
            (Command::Open, _) if !words.is_empty() => {
                let waiting = self.parts.open_report(words, false);
                self.follow(pushed(waiting));
            }
            (Command::Compare, _) if !words.is_empty() => {
                let waiting = self.parts.compare_with(words);
                self.layers.push(waiting);
            }
            (Command::Records, _) if !words.is_empty() => {
                let list = self.parts.list_records(words);
                self.follow(pushed(list));
            }
            (Command::Collect, _) if !words.is_empty() => {
                let collection = self.parts.collect(words);
                self.follow(pushed(collection));
            }
            (Command::AllMatches, _) if !words.is_empty() => {
                let waiting = self.parts.search_everywhere(words);
                self.follow(pushed(waiting));
            }
            (Command::Go, _) if !words.is_empty() => self.parts.go_to_typed(words),
            (Command::Search, _) if !words.is_empty() => self.parts.search_for_words(words),
            (Command::Set, _) if !words.is_empty() => self.parts.set_field(words),
            (Command::Export, _) => self.parts.ask(Effect::Export(words.to_owned())),
            (Command::Theme, _) if !words.is_empty() => self.parts.set_typed_theme(words),
            (Command::Width, _) if !words.is_empty() => self.parts.set_typed_width(words),
            (command, Takes::Letter) => {
                match words.chars().next().filter(|c| c.is_alphanumeric()) {
                    Some(letter) => self.run(command, None, Some(letter)),
                    None => self.warn(format!("`{}` takes a letter: `{0} a`.", row.name)),
                }
            }
            (command, _) => match words.parse() {
                Ok(count) => self.run(command, Some(LARGEST_COUNT.min(count)), None),
                Err(_) if words.is_empty() => self.run(command, None, None),
                Err(_) => self.warn(format!("`{}` takes a count, not `{words}`.", row.name)),
            },
        }
    }

    fn say_what_it_takes(&mut self, row: &Row) {
        if let Takes::Words(words) = row.takes {
            let doc = row.doc_in(Context::Text);
            self.warn(format!("`{}` takes {words}: {doc}.", row.name));
        }
    }
}

/// Opens a layer, where there is one.
fn pushed(layer: Option<impl Into<Layer>>) -> Then {
    layer.map_or(Then::Stay, |layer| Then::Push(layer.into()))
}

/// Whether a command moves or edits where text is typed.
fn is_typing(command: Command) -> bool {
    command.row().binding(Context::Typing).is_some()
}
