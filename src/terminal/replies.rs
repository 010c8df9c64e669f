//! Replies of the terminal (OSC, DCS, APC, PM and SOS strings of ECMA-48), told apart from what is
//! typed: whole, split over reads, late, cut off, and with keys between their parts.
//!
//! A string goes on as long as its bytes come at once. After a pause, what comes is the rest of it
//! where it ends as one does, or fits the only form that is asked for: the colour of OSC 11.

use std::time::Duration;

use crate::command::settings::Ground;

/// How long the parts of a string may be apart before what follows has to prove that it is one.
const PAUSE: Duration = Duration::from_millis(150);
/// How long an `ESC` waits that may begin the end of a string.
const END_WAIT: Duration = Duration::from_millis(500);
/// Longest rest of a string whose end is looked for, in bytes.
const LONGEST: usize = 4096;
/// Longest colour, in bytes: `4;255;rgba:` and four values.
const LONGEST_COLOUR: usize = 32;
/// Keys after which a string is forgotten whose end never came.
const MOST_KEYS: usize = 32;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;

/// What the bytes begin with.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// As many bytes of a reply.
    Reply(usize),
    /// More bytes are needed.
    More,
    /// Something else.
    Nothing,
}

/// What is known of a string that has not ended.
#[derive(Debug, Default)]
pub struct Replies {
    open: Option<Open>,
    /// What a reply said of the terminal's ground.
    ground: Option<Ground>,
}

#[derive(Debug)]
struct Open {
    /// `]` for OSC, `P` for DCS, and so on.
    introducer: u8,
    /// What came of it so far.
    content: Vec<u8>,
    /// Whether it stopped.
    is_paused: bool,
    /// Keys that came since.
    keys: usize,
}

impl Replies {
    /// How long to wait for more; `None` where nothing of a string is awaited. `bytes` are those
    /// that wait.
    pub fn patience(&self, bytes: &[u8]) -> Option<Duration> {
        let open = self.open.as_ref().filter(|open| open.keys == 0)?;
        match bytes {
            [ESC] => Some(END_WAIT),
            _ => (!open.is_paused).then_some(PAUSE),
        }
    }

    /// No more bytes came for a while. Where nothing of a string came it was a key, by the
    /// character of that name.
    pub fn pause(&mut self) -> Option<u8> {
        let is_key = |open: &mut Open| open.content.is_empty() && open.keys == 0;
        if let Some(open) = self.open.take_if(is_key) {
            return Some(open.introducer);
        }
        if let Some(open) = &mut self.open {
            open.is_paused = true;
        }
        None
    }

    /// What a whole reply said of the ground since the last call.
    pub fn take_ground(&mut self) -> Option<Ground> {
        self.ground.take()
    }

    /// Looks at all bytes that wait.
    pub fn find(&mut self, bytes: &[u8]) -> Found {
        if let [ESC, introducer @ (b']' | b'P' | b'_' | b'^' | b'X'), ..] = bytes {
            self.open = Some(Open {
                introducer: *introducer,
                content: Vec::new(),
                is_paused: false,
                keys: 0,
            });
            return Found::Reply(2);
        }
        if let Some(count) = without_beginning(bytes) {
            let reply = bytes.strip_prefix(b"]").unwrap_or(bytes);
            // Its beginning may be known all the same.
            let known = self.open.take().map_or_else(Vec::new, |open| open.content);
            let whole = [known.as_slice(), reply].concat();
            self.ground = ground(&whole).or(self.ground);
            return Found::Reply(count);
        }
        let Some(open) = &mut self.open else {
            return Found::Nothing;
        };
        let inside = bytes.iter().take_while(|byte| is_inside(**byte)).count();
        let is_whole = matches!(
            end_of_string(bytes.get(inside..).unwrap_or_default()),
            End::Here(_)
        );
        let length = match is_whole && open.is_fresh() {
            true => inside,
            false => open.colour_in(bytes.get(..inside).unwrap_or_default()),
        };
        let (content, rest) = bytes.split_at_checked(length).unwrap_or_default();
        let fits = open.fits(content, end_of_string(rest));
        match (fits, end_of_string(rest)) {
            (true, End::Here(count)) => {
                open.take(content);
                self.ground = open.ground().or(self.ground);
                self.open = None;
                Found::Reply(length + count)
            }
            (_, End::Open) if length == 0 && open.keys == 0 => Found::More,
            (true, _) if length > 0 => {
                open.take(content);
                Found::Reply(length)
            }
            _ => {
                open.keys += 1;
                self.open.take_if(|open| open.keys > MOST_KEYS);
                Found::Nothing
            }
        }
    }
}

impl Open {
    fn take(&mut self, content: &[u8]) {
        self.content.extend_from_slice(content);
        let excess = self.content.len().saturating_sub(LONGEST);
        self.content.drain(..excess);
    }

    fn ground(&self) -> Option<Ground> {
        let is_osc = self.introducer == b']';
        ground(&self.content).filter(|_| is_osc)
    }

    /// Whether its parts have come without a pause, and without keys between.
    fn is_fresh(&self) -> bool {
        self.keys == 0 && !self.is_paused
    }

    /// Whether bytes, and what ends them, are more of the string.
    fn fits(&self, more: &[u8], end: End) -> bool {
        let has_end = matches!(end, End::Here(_)) && more.len() <= LONGEST;
        if has_end && self.is_fresh() {
            return true;
        }
        let is_typed = self.keys > 0 || (self.is_paused && more.len() < 2 && !more.contains(&b'/'));
        if !self.is_colour_with(more) && !self.is_colour_with(&[]) {
            return has_end || self.is_fresh();
        }
        let is_of_colour = |byte: &u8| byte.is_ascii_hexdigit() || b"/:;rgba".contains(byte);
        (has_end && more.iter().all(is_of_colour)) || (!is_typed && self.is_colour_with(more))
    }

    /// How many of the bytes can be more of the string: what follows a colour is none of it.
    fn colour_in(&self, bytes: &[u8]) -> usize {
        let is_of_colour =
            |length: &usize| self.is_colour_with(bytes.get(..*length).unwrap_or(&[]));
        let most = bytes.len().min(LONGEST_COLOUR);
        let fit = (1..=most).rev().find(is_of_colour);
        fit.unwrap_or(bytes.len())
    }

    /// Whether it is a colour for certain, as far as it came with these bytes.
    fn is_colour_with(&self, more: &[u8]) -> bool {
        let all = [self.content.as_slice(), more].concat();
        let Ok(text) = std::str::from_utf8(&all) else {
            return false;
        };
        let values = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        let digits = text.len() - values.len();
        if self.introducer != b']' || digits == 0 || digits > 8 {
            return false;
        }
        let Some((name, values)) = values.split_once(':') else {
            return !values.is_empty() && "rgba".starts_with(values);
        };
        if !matches!(name, "rgb" | "rgba") {
            return false;
        }
        let is_value = |of: &str| of.len() <= 4 && of.chars().all(|c| c.is_ascii_hexdigit());
        values.split('/').count() <= 4 && values.split('/').all(is_value)
    }
}

/// What `11;rgb:1c1c/1e1e/2424` says: whether the ground is nearer to black or to white.
fn ground(content: &[u8]) -> Option<Ground> {
    let inside = content.iter().take_while(|byte| is_inside(**byte)).count();
    let text = std::str::from_utf8(content.get(..inside)?).ok()?;
    let (_, values) = text.strip_prefix("11;rgb")?.split_once(':')?;
    let values: Option<Vec<f32>> = values.split('/').map(part).collect();
    let [red, green, blue, ..] = values?[..] else {
        return None;
    };
    // Weights of ITU-R BT.601.
    Some(match 0.299 * red + 0.587 * green + 0.114 * blue > 0.5 {
        true => Ground::Light,
        false => Ground::Dark,
    })
}

/// One to four hexadecimal digits as a part of the most that they can say.
fn part(digits: &str) -> Option<f32> {
    let value = u16::from_str_radix(digits, 16).ok()?;
    let most = 16_u32.checked_pow(u32::try_from(digits.len()).ok()?)? - 1;
    Some(f32::from(value) / most as f32)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// As many bytes.
    Here(usize),
    /// The bytes are over before it can be said.
    Open,
    Nowhere,
}

/// The end of a string at the front of bytes.
fn end_of_string(bytes: &[u8]) -> End {
    match bytes {
        [BEL, ..] => End::Here(1),
        [ESC, b'\\', ..] => End::Here(2),
        [] | [ESC] => End::Open,
        _ => End::Nowhere,
    }
}

/// A reply whose beginning came alone, and was taken for a key: nobody types the rest at once.
fn without_beginning(bytes: &[u8]) -> Option<usize> {
    let rest = bytes.strip_prefix(b"]").unwrap_or(bytes);
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let after = rest.get(digits..).filter(|_| digits > 0)?;
    if !after.starts_with(b";") || (rest.len() == bytes.len() && !after.starts_with(b";rgb")) {
        return None;
    }
    let length = bytes.iter().take_while(|byte| is_inside(**byte)).count();
    match end_of_string(bytes.get(length..)?) {
        End::Here(count) if length <= LONGEST => Some(length + count),
        _ => None,
    }
}

/// Whether a byte can be in a string: no control character can.
fn is_inside(byte: u8) -> bool {
    byte >= 0x20 && byte != 0x7f
}
