//! Bytes become text: byte order mark, valid UTF-8, what the file declares, then a guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Largest text or page that is read, in bytes.
pub const LARGEST_TEXT: u64 = 64 * 1024 * 1024;

/// Bytes at the start of a file that may declare its encoding (WHATWG HTML asks for 1024).
const DECLARED_WITHIN: usize = 1024;

/// The text of a file, and a sentence where its encoding is not sure.
pub fn decode(bytes: &[u8]) -> (String, Option<String>) {
    decode_as(bytes, None)
}

/// The text of a file that something beside it names the encoding of, which only a byte order
/// mark goes before (WHATWG HTML, 13.2.3.2).
pub fn decode_as(bytes: &[u8], label: Option<&str>) -> (String, Option<String>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default());
        return (text.0.into_owned(), text.1.then(|| broken(encoding)));
    }
    if let Some(encoding) = label.and_then(|label| Encoding::for_label(label.as_bytes())) {
        let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
        return (text.into_owned(), has_errors.then(|| broken(encoding)));
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        let text = encoding.decode_without_bom_handling(bytes);
        return (
            text.0.into_owned(),
            Some(format!("No byte order mark; read as {}.", encoding.name())),
        );
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), None);
    }
    if let Some(encoding) = declared(bytes) {
        let (text, _, has_errors) = encoding.decode(bytes);
        return (text.into_owned(), has_errors.then(|| broken(encoding)));
    }
    if let Some(text) = utf_8_with_faults(bytes) {
        let words = "Some bytes are not UTF-8; shown as `\u{fffd}`.";
        return (text, Some(words.to_owned()));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _, _) = encoding.decode(bytes);
    (
        text.into_owned(),
        Some(format!(
            "Not UTF-8 and no declared encoding; read as {}.",
            encoding.name()
        )),
    )
}

fn broken(encoding: &'static Encoding) -> String {
    format!(
        "Some bytes are invalid in the declared encoding {}; shown as `\u{fffd}`.",
        encoding.name()
    )
}

/// The text, where bytes that are no UTF-8 are as few as its characters of several bytes.
fn utf_8_with_faults(bytes: &[u8]) -> Option<String> {
    let (mut faults, mut wide) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        faults += usize::from(!chunk.invalid().is_empty());
        wide += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
    }
    (faults <= wide).then(|| String::from_utf8_lossy(bytes).into_owned())
}

/// What a page (`<meta charset>`) or an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..DECLARED_WITHIN.min(bytes.len()))?;
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let declares = start.contains("<meta") || start.starts_with("<?xml");
    let after = start
        .split_once("charset=")
        .or_else(|| start.split_once("encoding="))?
        .1;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_alphanumeric() || "-_:.".contains(*c))
        .collect();
    let encoding = Encoding::for_label(label.as_bytes()).filter(|_| declares)?;
    // The declaration was read as ASCII, so it cannot be UTF-16 (WHATWG HTML, prescan).
    Some(if encoding == UTF_16LE || encoding == UTF_16BE {
        UTF_8
    } else {
        encoding
    })
}

/// Text of mostly ASCII characters in UTF-16 has a zero in every second byte.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..DECLARED_WITHIN.min(bytes.len() / 2 * 2))?;
    let pairs = start.len() / 2;
    let zeros = |offset: usize| {
        start
            .chunks_exact(2)
            .filter(|pair| pair.get(offset) == Some(&0))
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    match pairs {
        0..=3 => None,
        _ if odd * 10 > pairs * 7 && even * 20 < pairs => Some(UTF_16LE),
        _ if even * 10 > pairs * 7 && odd * 20 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_gives_the_same_words() {
        let text = "Café résumé – the year’s report";
        let wide =
            |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        assert_eq!(decode(text.as_bytes()), (text.to_owned(), None));
        assert_eq!(
            decode(&[&b"\xef\xbb\xbf"[..], text.as_bytes()].concat()).0,
            text
        );
        assert_eq!(
            decode(&[&b"\xff\xfe"[..], &wide(u16::to_le_bytes)].concat()).0,
            text
        );
        assert_eq!(
            decode(&[&b"\xfe\xff"[..], &wide(u16::to_be_bytes)].concat()).0,
            text
        );
        assert_eq!(decode(&wide(u16::to_le_bytes)).0, text);
        let old = encoding_rs::WINDOWS_1252.encode(text).0;
        let (guessed, unsure) = decode(&old);
        assert_eq!(guessed, text);
        assert!(unsure.is_some_and(|words| words.contains("windows-1252")));
        let page = [&b"<meta charset=\"windows-1252\"><p>"[..], &old].concat();
        assert_eq!(
            decode(&page),
            (format!("<meta charset=\"windows-1252\"><p>{text}"), None)
        );
    }

    #[test]
    fn bytes_that_are_not_what_is_declared_are_said() {
        let (text, unsure) = decode(b"<meta charset=utf-8>good \xff text");
        assert!(
            text.contains("good \u{fffd} text")
                && unsure.is_some_and(|words| words.contains("UTF-8"))
        );
    }
}
