//! The bytes of the terminal become keys, mouse and paste. Replies of the terminal (OSC, DCS, APC
//! and reports) are taken out before any key is made: see `replies.rs`. Encodings: ECMA-48,
//! xterm's `ctlseqs`.

use std::time::Duration;

use super::{
    input::{Input, Pointer},
    replies::{Found, Replies},
};
use crate::command::key::{Code, Key};

/// How long an `ESC` waits for what it begins: alone it is the key.
const ESCAPE_WAIT: Duration = Duration::from_millis(50);
/// How long a paste waits for its end.
const PASTE_WAIT: Duration = Duration::from_secs(5);
/// Most bytes of a paste that are taken: one more than any text box takes.
const LARGEST_PASTE: usize = 1024 * 1024 + 4;
/// Longest sequence of a key, in bytes.
const LONGEST: usize = 64;

const ESC: u8 = 0x1b;
const PASTE_ENDS: &[u8] = b"\x1b[201~";

/// Takes bytes, however they are split.
#[derive(Debug, Default)]
pub struct Parser {
    bytes: Vec<u8>,
    /// How many of them are done with.
    done: usize,
    /// What was pasted so far.
    paste: Option<Vec<u8>>,
    replies: Replies,
    /// Whether an `ESC` ended the last read: what follows it is its sequence, and no `Alt`.
    is_escape_alone: bool,
}

/// The beginning of the bytes.
enum Next {
    /// As many bytes, and what they are.
    Input(usize, Option<Input>),
    /// A paste begins after as many bytes.
    Paste(usize),
    /// More bytes are needed.
    More,
}

impl Parser {
    /// Takes bytes as they were read at once, and gives what is whole.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Input> {
        self.bytes.extend_from_slice(bytes);
        let mut inputs = Vec::new();
        while self.step(&mut inputs) {}
        self.bytes.drain(..self.done.min(self.bytes.len()));
        self.done = 0;
        self.is_escape_alone = self.bytes == [ESC];
        inputs
    }

    /// How long to wait for more bytes before [`Parser::give_up`]; `None` where nothing is open.
    pub fn patience(&self) -> Option<Duration> {
        match &self.paste {
            Some(_) => Some(PASTE_WAIT),
            None => self
                .replies
                .patience(&self.bytes)
                .or((!self.bytes.is_empty()).then_some(ESCAPE_WAIT)),
        }
    }

    /// No more bytes came for a while: a lone `ESC` is the key, a paste is what came of it, and
    /// what is left of a sequence is let go.
    pub fn give_up(&mut self) -> Vec<Input> {
        self.is_escape_alone = false;
        if let Some(mut pasted) = self.paste.take() {
            // What may have been the beginning of its end is text.
            pasted.append(&mut self.bytes);
            return vec![paste(pasted)];
        }
        let introducer = self.replies.pause().map(char::from);
        let with_alt = introducer.map(|of| key(Code::Char(of), false, true));
        let is_escape = self.bytes == [ESC];
        self.bytes.clear();
        let escape = is_escape.then_some(key(Code::Esc, false, false));
        with_alt.into_iter().chain(escape).collect()
    }

    /// Takes one thing from the front; says whether there may be more.
    fn step(&mut self, inputs: &mut Vec<Input>) -> bool {
        let bytes = self.bytes.get(self.done..).unwrap_or_default();
        if bytes.is_empty() {
            return false;
        }
        if self.paste.is_some() {
            return self.take_paste(inputs);
        }
        match self.replies.find(bytes) {
            Found::Reply(count) => {
                self.done += count;
                self.is_escape_alone = false;
                inputs.extend(self.replies.take_ground().map(Input::Ground));
                return true;
            }
            Found::More => return false,
            Found::Nothing => {}
        }
        match next(bytes, self.is_escape_alone) {
            Next::Input(count, input) => {
                self.done += count.max(1);
                self.is_escape_alone = false;
                inputs.extend(input);
                true
            }
            Next::Paste(count) => {
                self.done += count;
                self.paste = Some(Vec::new());
                true
            }
            Next::More => false,
        }
    }

    /// Takes what is pasted, up to its end.
    fn take_paste(&mut self, inputs: &mut Vec<Input>) -> bool {
        let bytes = self.bytes.get(self.done..).unwrap_or_default();
        let mut ends = bytes.windows(PASTE_ENDS.len());
        let end = ends.position(|some| some == PASTE_ENDS);
        // The end itself can be split.
        let open = bytes.len().saturating_sub(PASTE_ENDS.len() - 1);
        let length = end.unwrap_or(open);
        if let Some(pasted) = &mut self.paste {
            let room = LARGEST_PASTE.saturating_sub(pasted.len()).min(length);
            pasted.extend_from_slice(bytes.get(..room).unwrap_or_default());
        }
        self.done += length;
        if end.is_none() {
            return false;
        }
        self.done += PASTE_ENDS.len();
        inputs.extend(self.paste.take().map(paste));
        true
    }
}

fn paste(bytes: Vec<u8>) -> Input {
    Input::Paste(String::from_utf8_lossy(&bytes).into_owned())
}

fn key(code: Code, control: bool, alt: bool) -> Input {
    Input::Key(Key { code, control, alt })
}

fn next(bytes: &[u8], is_escape_alone: bool) -> Next {
    match bytes {
        [ESC] => Next::More,
        [ESC, ESC, ..] => Next::Input(1, Some(key(Code::Esc, false, false))),
        [ESC, b'[', rest @ ..] => sequence(rest),
        [ESC, b'O', final_byte, ..] => Next::Input(3, cursor_key(*final_byte, 1)),
        [ESC, b'O'] => Next::More,
        // Keys that follow the `Esc` key fast are not `Alt` with them.
        [ESC, ..] if is_escape_alone => Next::Input(1, Some(key(Code::Esc, false, false))),
        [ESC, rest @ ..] => match character(rest) {
            Next::Input(count, Some(Input::Key(of))) => {
                Next::Input(count + 1, Some(Input::Key(Key { alt: true, ..of })))
            }
            Next::Input(count, other) => Next::Input(count + 1, other),
            other => other,
        },
        _ => character(bytes),
    }
}

/// A control character or one of UTF-8.
fn character(bytes: &[u8]) -> Next {
    let Some(&first) = bytes.first() else {
        return Next::More;
    };
    let control = |character: u8| key(Code::Char(char::from(character)), true, false);
    let input = match first {
        b'\r' => key(Code::Enter, false, false),
        b'\t' => key(Code::Tab, false, false),
        0x7f => key(Code::Backspace, false, false),
        0x00 => control(b' '),
        0x01..=0x1a => control(first - 1 + b'a'),
        0x1f => control(b'_'),
        0x1c..=0x1e => control(first - 0x1c + b'4'),
        0x20..=0x7e => key(Code::Char(char::from(first)), false, false),
        _ => return beyond_ascii(bytes, first),
    };
    Next::Input(1, Some(input))
}

fn beyond_ascii(bytes: &[u8], first: u8) -> Next {
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Next::Input(1, None),
    };
    let available = bytes.get(..length.min(bytes.len())).unwrap_or_default();
    match std::str::from_utf8(available) {
        Ok(text) => {
            let typed = text.chars().next().filter(|c| !c.is_control());
            Next::Input(length, typed.map(|c| key(Code::Char(c), false, false)))
        }
        Err(error) if error.error_len().is_none() => Next::More,
        Err(error) => Next::Input(error.error_len().unwrap_or(1), None),
    }
}

/// What follows `ESC [`.
fn sequence(bytes: &[u8]) -> Next {
    match bytes {
        [b'M', button, x, y, ..] => {
            let at = |byte: &u8| u16::from(byte.saturating_sub(32));
            let button = u16::from(button.saturating_sub(32));
            let is_release = button & 3 == 3 && button < 64;
            return Next::Input(6, pointer(button, at(x), at(y), is_release));
        }
        [b'M', ..] => return Next::More,
        // The Linux console: `ESC [ [ A` is F1.
        [b'[', letter @ b'A'..=b'E', ..] => {
            let number = letter - b'A' + 1;
            return Next::Input(4, Some(key(Code::Function(number), false, false)));
        }
        [b'['] => return Next::More,
        _ => {}
    }
    let is_final = |byte: &u8| (0x40..=0x7e).contains(byte);
    let is_inside = |byte: &u8| (0x20..=0x3f).contains(byte);
    let Some(at) = bytes.iter().position(|byte| !is_inside(byte)) else {
        return match bytes.len() > LONGEST {
            true => Next::Input(bytes.len() + 2, None),
            false => Next::More,
        };
    };
    match (bytes.split_at_checked(at), bytes.get(at)) {
        (Some((parameters, _)), Some(end)) if is_final(end) => {
            let count = at + 3;
            match (parameters, end) {
                (b"200", b'~') => Next::Paste(count),
                _ => Next::Input(count, whole(parameters, *end)),
            }
        }
        // It was cut off: what follows begins anew.
        _ => Next::Input(at + 2, None),
    }
}

/// A whole sequence; `None` for one that is no key, as reports of the terminal.
fn whole(parameters: &[u8], end: u8) -> Option<Input> {
    let text = std::str::from_utf8(parameters).ok()?;
    let of_mouse = text.strip_prefix('<');
    let numbers: Vec<u16> = of_mouse
        .unwrap_or(text)
        .split(';')
        .map(|number| {
            number
                .parse()
                .unwrap_or(u16::from(!number.is_empty()) * 999)
        })
        .collect();
    let number = |at: usize| numbers.get(at).copied().unwrap_or(0);
    match (of_mouse, end) {
        (Some(_), b'M' | b'm') => pointer(number(0), number(1), number(2), end == b'm'),
        (None, b'M') if numbers.len() == 3 => {
            let button = number(0).saturating_sub(32);
            let is_release = button & 3 == 3 && button < 64;
            pointer(button, number(1), number(2), is_release)
        }
        (Some(_), _) => None,
        (None, _) if text.starts_with(['?', '>', '=']) => None,
        (None, b'~') => tilde_key(number(0), number(1)),
        // A report of the cursor's position looks like F3 with a modifier.
        (None, b'R') if !text.is_empty() && number(0) != 1 => None,
        (None, b'u') => char::from_u32(u32::from(number(0)))
            .filter(|c| !c.is_control())
            .and_then(|c| modified(Code::Char(c), number(1))),
        (None, _) => cursor_key(end, number(1)),
    }
}

/// A key whose sequence ends in a letter.
fn cursor_key(end: u8, modifiers: u16) -> Option<Input> {
    let code = match end {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'P'..=b'S' => Code::Function(end - b'P' + 1),
        b'Z' => Code::BackTab,
        b'M' => Code::Enter,
        _ => return None,
    };
    modified(code, modifiers)
}

/// A key whose sequence is a number and `~`.
fn tilde_key(number: u16, modifiers: u16) -> Option<Input> {
    let function = |first: u16, at: u16| {
        u8::try_from(number.saturating_sub(at) + first)
            .map(Code::Function)
            .ok()
    };
    let code = match number {
        1 | 7 => Some(Code::Home),
        3 => Some(Code::Delete),
        4 | 8 => Some(Code::End),
        5 => Some(Code::PageUp),
        6 => Some(Code::PageDown),
        11..=15 => function(1, 11),
        17..=21 => function(6, 17),
        23..=24 => function(11, 23),
        _ => None,
    };
    modified(code?, modifiers)
}

/// xterm's modifiers: one more than the sum of 1 for Shift, 2 for Alt, 4 for Control.
fn modified(code: Code, modifiers: u16) -> Option<Input> {
    let bits = modifiers.saturating_sub(1);
    Some(key(code, bits & 4 != 0, bits & 2 != 0))
}

/// Columns and rows count from 1.
fn pointer(button: u16, x: u16, y: u16, is_release: bool) -> Option<Input> {
    let (x, y) = (x.saturating_sub(1), y.saturating_sub(1));
    let (is_wheel, is_motion) = (button & 64 != 0, button & 32 != 0);
    Some(Input::Mouse(match button & 3 {
        0 if is_wheel => Pointer::Wheel(-1),
        1 if is_wheel => Pointer::Wheel(1),
        _ if is_wheel => return None,
        _ if is_release => Pointer::Release,
        0 if is_motion => Pointer::Drag(x, y),
        0 => Pointer::Press(x, y),
        _ => return None,
    }))
}

#[cfg(test)]
mod tests;
