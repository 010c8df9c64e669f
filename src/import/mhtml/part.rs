//! A part of a MIME message: its head, its body, and the parts within it.

use memchr::memmem;

/// Longest head, in bytes.
const LONGEST_HEAD: usize = 64 * 1024;
/// Most parts of one part.
const MOST_PARTS: usize = 20_000;

#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// Names in lower case with their values, folded lines made one.
    head: Vec<(String, String)>,
    body: &'a [u8],
}

impl<'a> Part<'a> {
    /// Reads the head of a part; `None` where there is none.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut head: Vec<(String, String)> = Vec::new();
        let mut rest = bytes;
        loop {
            let end = memchr::memchr(b'\n', rest)?;
            let (line, after) = rest.split_at_checked(end + 1)?;
            rest = after;
            let line = String::from_utf8_lossy(line);
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if bytes.len() - rest.len() > LONGEST_HEAD {
                return None;
            }
            match head.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
                Some((_, value)) => value.push_str(&format!(" {}", line.trim_start())),
                None => {
                    let (name, value) = line.split_once(':').filter(|(name, _)| is_name(name))?;
                    head.push((name.to_ascii_lowercase(), value.trim_start().to_owned()));
                }
            }
        }
        Some(Self { head, body: rest })
    }

    /// The value of the first line of the head of this name.
    pub fn said(&self, name: &str) -> Option<&str> {
        self.head
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    fn kind(&self) -> String {
        self.said("content-type")
            .and_then(|kind| kind.split(';').next())
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
    }

    pub fn is_page(&self) -> bool {
        matches!(self.kind().as_str(), "text/html" | "application/xhtml+xml")
    }

    pub fn is_multiple(&self) -> bool {
        self.kind().starts_with("multipart/")
    }

    /// A parameter of the content type, without quotes.
    pub fn parameter(&self, name: &str) -> Option<String> {
        let mut parameters = self
            .said("content-type")?
            .split(';')
            .skip(1)
            .filter_map(|parameter| parameter.split_once('='));
        let (_, value) = parameters.find(|(known, _)| known.trim().eq_ignore_ascii_case(name))?;
        Some(value.trim().trim_matches('"').to_owned()).filter(|value| !value.is_empty())
    }

    /// The parts within.
    pub fn parts(&self) -> Vec<Part<'a>> {
        let ends = self.ends();
        let inner = ends.iter().zip(
            ends.iter()
                .skip(1)
                .map(|end| end.start)
                .chain([self.body.len()]),
        );
        let parts = inner
            .filter(|(end, _)| !end.is_last)
            .filter_map(|(end, next)| Part::read(self.body.get(end.after..next)?));
        parts.take(MOST_PARTS).collect()
    }

    /// Whether it has parts and the line that ends the last one is missing.
    pub fn is_cut_off(&self) -> bool {
        self.is_multiple() && !self.ends().iter().any(|end| end.is_last)
    }

    /// The lines between the parts.
    fn ends(&self) -> Vec<End> {
        let Some(boundary) = self.parameter("boundary") else {
            return Vec::new();
        };
        let line = format!("--{boundary}");
        let end = |start: usize| {
            let before = self
                .body
                .get(..start)
                .filter(|before| before.is_empty() || before.ends_with(b"\n"))?;
            let rest = self.body.get(start + line.len()..)?;
            let length = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
            let told = rest.get(..length)?.trim_ascii_end();
            let is_line = told.is_empty() || told == b"--";
            let start = before
                .strip_suffix(b"\n")
                .map_or(before, |before| {
                    before.strip_suffix(b"\r").unwrap_or(before)
                })
                .len();
            is_line.then_some(End {
                start,
                after: before.len() + line.len() + length,
                is_last: !told.is_empty(),
            })
        };
        memmem::find_iter(self.body, &line)
            .filter_map(end)
            .collect()
    }

    /// The bytes of the body, whatever they were wrapped in to be sent.
    pub fn content(&self) -> Vec<u8> {
        match self
            .said("content-transfer-encoding")
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase()
            .as_str()
        {
            "quoted-printable" => quoted_printable(self.body),
            "base64" => base64(self.body),
            _ => self.body.to_vec(),
        }
    }
}

/// A line that ends a part, with the byte where the part ends and the one where the next begins.
#[derive(Debug)]
struct End {
    start: usize,
    after: usize,
    is_last: bool,
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic())
}

/// RFC 2045, 6.7. Invalid escapes stay as they are.
fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'=', rest) {
        let (plain, code) = rest.split_at(at);
        content.extend_from_slice(plain);
        let digit = |index: usize| {
            code.get(index)
                .and_then(|&byte| char::from(byte).to_digit(16))
                .and_then(|digit| u8::try_from(digit).ok())
        };
        rest = if let (Some(high), Some(low)) = (digit(1), digit(2)) {
            content.push(high * 16 + low);
            code.get(3..)
        } else if let Some(after) = soft_break(code.get(1..).unwrap_or_default()) {
            Some(after)
        } else {
            content.push(b'=');
            code.get(1..)
        }
        .unwrap_or_default();
    }
    content.extend_from_slice(rest);
    content
}

/// What follows a line end that the text does not have.
fn soft_break(rest: &[u8]) -> Option<&[u8]> {
    let blanks = rest
        .iter()
        .take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
        .count();
    rest.get(blanks..)?.strip_prefix(b"\n")
}

/// RFC 2045, 6.8. Other characters are ignored.
fn base64(bytes: &[u8]) -> Vec<u8> {
    let mut content = Vec::with_capacity(bytes.len() / 4 * 3);
    let (mut bits, mut count) = (0u32, 0);
    for &byte in bytes.iter().take_while(|byte| **byte != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            content.push((bits >> count) as u8);
        }
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_wrapped_to_be_sent_is_unwrapped() {
        assert_eq!(
            quoted_printable(b"a=3D=E2=80=99b=\r\nc = \t\nd=e=4"),
            "a=’bc d=e=4".as_bytes()
        );
        assert_eq!(quoted_printable(b"="), b"=");
        assert_eq!(
            base64(b"PHA+VGh\r\nlIHllYXLigJlz"),
            "<p>The year’s".as_bytes()
        );
        assert_eq!(
            (base64(b"TQ=="), base64(b"TWE="), base64(b"!")),
            (b"M".to_vec(), b"Ma".to_vec(), Vec::new())
        );
    }

    #[test]
    fn heads_are_unfolded_and_boundaries_are_whole_lines() {
        let text = b"Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--b\"\r\n\r\n----b\r\nA: 1\r\n\r\none ----b\r\n----b2\r\n\r\n----b\r\nA: 2\r\n\r\ntwo\r\n----b--\r\nrest";
        let whole = Part::read(text).expect("a head");
        assert_eq!(
            (whole.parameter("type").as_deref(), whole.is_multiple()),
            (Some("text/html"), true)
        );
        let parts = whole.parts();
        let told: Vec<(Option<&str>, &[u8])> = parts
            .iter()
            .map(|part| (part.said("a"), part.body))
            .collect();
        assert_eq!(
            told,
            [
                (Some("1"), &b"one ----b\r\n----b2\r\n"[..]),
                (Some("2"), b"two")
            ]
        );
    }
}
