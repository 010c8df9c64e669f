//! A session from key to disk, in a terminal that is none.

use std::{fs, io, sync::Arc, time::Duration};

use ratatui::{buffer::Buffer, layout::Rect};
use tempfile::TempDir;
use tip_reader::{
    command::{key::Key, keymap::Keymap, settings::Settings},
    disk::home::Home,
    reader::{Environment, Reader},
    report::{place::Place, snapshot},
    session::{End, Event, Outside, Returned, Session, SessionError, Terminal, run_to_end},
    store::{Store, new_id, outside::Edited},
    terminal::{input::Input, signals::Panics},
    view,
};

const PATIENCE: Duration = Duration::from_secs(20);

/// A terminal that remembers what was asked of it.
#[derive(Default)]
struct Fake {
    screen: String,
    /// Drawing this panics.
    poison: Option<&'static str>,
    copied: Vec<String>,
    opened: Vec<String>,
    /// Times that it was given back and taken over again.
    released: usize,
    taken_back: usize,
    has_vanished: bool,
    /// What the editor writes to the file it is given.
    written: Option<&'static str>,
    drafts: std::path::PathBuf,
    printed: Vec<String>,
}

impl Terminal for Fake {
    fn size(&self) -> (u16, u16) {
        (80, 24)
    }

    fn draw(&mut self, reader: &Reader) -> io::Result<()> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
        view::draw(reader, &mut buffer);
        let cells = buffer.content.iter();
        self.screen = cells.map(|cell| cell.symbol()).collect();
        let is_poison = self.poison.is_some_and(|text| self.screen.contains(text));
        assert!(!is_poison, "a fault in drawing");
        Ok(())
    }

    fn forget(&mut self) {}

    fn copy(&mut self, text: &str) -> io::Result<()> {
        self.copied.push(text.into());
        Ok(())
    }

    fn release(&mut self) {
        self.released += 1;
    }

    fn vanish(&mut self, _: bool) {
        self.released += 1;
        self.has_vanished = true;
    }

    fn take_back(&mut self) -> io::Result<()> {
        self.taken_back += 1;
        Ok(())
    }

    fn stop(&mut self) -> io::Result<bool> {
        Ok(false)
    }

    fn outside(&mut self, outside: Outside) -> Box<dyn FnOnce() -> Returned + Send> {
        let (written, drafts) = (self.written, self.drafts.clone());
        Box::new(move || match outside {
            Outside::Settings(file) => Returned::Settings(
                fs::write(&file, written.unwrap_or_default()).map_err(|error| error.to_string()),
            ),
            Outside::Editor { id, .. } => {
                let edited = written.map(|text| {
                    let draft = drafts.join("from-the-editor.md");
                    fs::create_dir_all(&drafts).expect("a folder");
                    fs::write(&draft, text).expect("written");
                    Edited {
                        text: text.into(),
                        draft,
                    }
                });
                Returned::Edited(id, edited.ok_or_else(|| "it would not start".into()))
            }
            Outside::Pipe { command, .. } => Returned::Piped(command, Ok(())),
        })
    }

    fn open(&mut self, address: &str) -> Result<(), String> {
        self.opened.push(address.into());
        Ok(())
    }

    fn print_at_end(&mut self, text: &str) {
        self.printed.push(text.into());
    }
}

fn session(home: &TempDir, terminal: Fake) -> Session<Fake> {
    let keymap = Keymap::default();
    let environment = Environment {
        now: || "2026-01-02T03:04:05Z".into(),
        new_id,
    };
    let report = ("here".to_owned(), Arc::new(snapshot::bundled()));
    let settings = Settings::default();
    let reader = Reader::new(report, Place::default(), keymap, settings, environment);
    let home = Home::new(home.path().to_owned());
    let terminal = Fake {
        drafts: home.drafts(),
        ..terminal
    };
    Session::new(reader, terminal, Some(home))
}

/// Keys written with blanks between them, as one batch of input.
fn keys(text: &str) -> Event {
    let keys = Key::sequence(text).expect("keys").into_iter();
    Event::Input(keys.map(Input::Key).collect())
}

fn texts(home: &TempDir) -> Vec<String> {
    let store = Store::new(Home::new(home.path().to_owned()));
    let annotations = store.load().annotations.into_iter();
    annotations.map(|annotation| annotation.text).collect()
}

/// A session that has read its notebook and taken some keys.
fn after(home: &TempDir, terminal: Fake, pressed: &str) -> (Session<Fake>, Option<End>) {
    let mut session = session(home, terminal);
    session.start_saver().expect("a saver");
    session.until_idle(PATIENCE).expect("idle");
    let end = session.handle(keys(pressed)).expect("handled");
    let end = match end {
        None => session.until_idle(PATIENCE).expect("idle"),
        end => end,
    };
    (session, end)
}

#[test]
fn a_note_is_on_disk_before_the_end_is() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut session, end) = after(&home, Fake::default(), "} a h i C-s");
    assert_eq!(end, None);
    assert_eq!(texts(&home), ["hi"]);
    let end = session.handle(keys("q")).expect("handled");
    assert_eq!(end, Some(End::Quit));
    session.end();
    assert_eq!(texts(&home), ["hi"]);
}

#[test]
fn what_is_typed_is_a_draft_when_a_signal_ends_it() {
    let home = tempfile::tempdir().expect("a folder");
    let (mut session, _) = after(&home, Fake::default(), "} a h i");
    let end = session.handle(Event::Signal(15)).expect("handled");
    assert_eq!(end, Some(End::Signal(15)));
    session.end();
    let drafts = Store::new(Home::new(home.path().to_owned())).drafts();
    assert_eq!(drafts.first().map(|draft| draft.text.as_str()), Some("hi"));
}

#[test]
fn text_of_an_editor_outside_is_saved_and_its_file_goes_then() {
    let home = tempfile::tempdir().expect("a folder");
    let terminal = Fake {
        written: Some("from outside"),
        ..Fake::default()
    };
    let (mut session, _) = after(&home, terminal, "} E");
    let lent = (session.terminal().released, session.terminal().taken_back);
    assert_eq!(lent, (1, 1));
    session.end();
    assert_eq!(texts(&home), ["from outside"]);
    assert!(
        !session
            .terminal()
            .drafts
            .join("from-the-editor.md")
            .exists()
    );
}

#[test]
fn an_editor_that_does_not_start_is_named_and_the_terminal_taken_back() {
    let home = tempfile::tempdir().expect("a folder");
    let (session, _) = after(&home, Fake::default(), "} E");
    assert_eq!(session.terminal().taken_back, 1);
    let said = session
        .reader()
        .messages()
        .current()
        .map(|said| said.text.clone());
    assert!(said.is_some_and(|said| said.contains("it would not start")));
    assert_eq!(texts(&home), [""; 0]);
}

#[test]
fn keys_after_the_one_that_lends_the_terminal_are_taken_afterwards() {
    let home = tempfile::tempdir().expect("a folder");
    let terminal = Fake {
        written: Some("from outside"),
        ..Fake::default()
    };
    let (mut session, _) = after(&home, terminal, "} E y");
    assert_eq!(session.terminal().copied.len(), 1);
    session.end();
    assert_eq!(texts(&home), ["from outside"]);
}

#[test]
fn a_panic_gives_the_terminal_back_and_saves_what_was_typed() {
    let home = tempfile::tempdir().expect("a folder");
    let poisoned = Fake {
        poison: Some("hi there"),
        ..Fake::default()
    };
    let mut session = session(&home, poisoned);
    let ended = run_to_end(&mut session, &Panics::default(), |session| {
        let sent = session.sender().send(keys("} a h i Space t h e r e"));
        sent.map_err(io::Error::other)
    });
    assert!(matches!(ended, Err(SessionError::Panic(_))), "{ended:?}");
    assert_eq!(session.terminal().released, 1);
    let drafts = Store::new(Home::new(home.path().to_owned())).drafts();
    let typed = drafts.first().map(|draft| draft.text.as_str());
    assert_eq!(typed, Some("hi there"));
}
