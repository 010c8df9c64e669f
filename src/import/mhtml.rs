//! Web pages saved as one file (MHTML: RFC 2557 over MIME, RFC 2045 and 2046): finds the page
//! among the parts and reads it. Pictures, styles and frames are not looked at.

mod part;

use super::{
    ImportError,
    document::{Document, LeftOut, Location},
    encoding::{self, LARGEST_TEXT},
    html::{self, Taken},
};
use part::Part;

/// Deepest nesting of parts within parts.
const DEEPEST: usize = 8;
/// Bytes at the start of a file that are searched for the head of a saved page.
const HEAD_WITHIN: usize = 16 * 1024;

/// Whether a file begins with the head of a saved page or of a message.
pub fn is_likely(bytes: &[u8]) -> bool {
    let start = bytes
        .get(..HEAD_WITHIN.min(bytes.len()))
        .unwrap_or_default();
    Part::read(start).is_some_and(|part| {
        part.is_multiple() || (part.is_page() && part.said("mime-version").is_some())
    })
}

/// Reads a saved page.
///
/// # Errors
/// Where it holds no page, or one that is too large or nests too deep.
pub fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    let nothing = ImportError::NotText("a saved message without a web page");
    let Some(whole) = Part::read(bytes) else {
        return Err(nothing);
    };
    let mut pages = Vec::new();
    gather(&whole, DEEPEST, &mut pages);
    let wanted = whole.parameter("start");
    let is_wanted =
        |page: &Part<'_>| wanted.is_some() && page.said("content-id") == wanted.as_deref();
    let root = pages.iter().position(is_wanted).unwrap_or(0);
    let Some(page) = pages.get(root) else {
        return Err(nothing);
    };
    let content = page.content();
    if content.len() as u64 > LARGEST_TEXT {
        return Err(ImportError::TooLarge(LARGEST_TEXT));
    }
    let (text, unsure) = encoding::decode_as(&content, page.parameter("charset").as_deref());
    let address = whole
        .said("snapshot-content-location")
        .or_else(|| page.said("content-location"));
    let mut document = html::read_from(&text, Taken::Saved, address)?;
    document.unsure.extend(unsure);
    if whole.is_cut_off() {
        document
            .unsure
            .push("The last part is not closed; the file may be cut off.".into());
    }
    let frames = pages.iter().enumerate().filter(|(index, _)| *index != root);
    let frame = |page: &Part<'_>| {
        let name = page.said("content-location").or(page.said("content-id"));
        let name = name.unwrap_or("without a name");
        format!("{name} {}", words(page)).trim_end().to_owned()
    };
    document.left_out.extend(
        frames.map(|(_, page)| {
            LeftOut::new(Location::Somewhere, frame(page), "frame of the web page")
        }),
    );
    Ok(document)
}

/// The words of a frame.
fn words(page: &Part<'_>) -> String {
    let (text, _) = encoding::decode_as(&page.content(), page.parameter("charset").as_deref());
    let parts = html::read(&text, Taken::Whole).map(|document| document.parts);
    let parts = parts.unwrap_or_default();
    let texts = parts.iter().map(|part| part.text());
    texts
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The pages among the parts, in their order.
fn gather<'a>(part: &Part<'a>, depth: usize, pages: &mut Vec<Part<'a>>) {
    if part.is_page() {
        pages.push(part.clone());
    } else if part.is_multiple() && depth > 0 {
        part.parts()
            .iter()
            .for_each(|part| gather(part, depth - 1, pages));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::document::Part as Piece;

    fn texts(page: &str) -> Vec<String> {
        let parts = read(page.as_bytes()).expect("readable").parts;
        let text = |part| match part {
            Piece::Heading { title, .. } => Some(title),
            Piece::Block(block) => Some(block.text),
            Piece::Anchor(_) | Piece::Page(_) | Piece::PageWithin(..) => None,
        };
        parts.into_iter().filter_map(text).collect()
    }

    #[test]
    fn the_page_that_is_named_as_the_start_is_read() {
        let page = "MIME-Version: 1.0\nContent-Type: multipart/related; start=\"<b>\"; boundary=x\n\nfor old readers\n--x\nContent-Type: text/html\nContent-ID: <a>\n\n<p>A frame.\n--x\nContent-Type: multipart/alternative; boundary=xy\n\n--xy\nContent-Type: text/plain\n\nPlain.\n--xy\nContent-Type: text/html; charset=windows-1252\nContent-ID: <b>\nContent-Transfer-Encoding: quoted-printable\n\n<h1>T</h1><p>Caf=E9 =\nau lait\n--xy--\n--x--\n";
        assert!(is_likely(page.as_bytes()));
        assert_eq!(texts(page), ["T", "Café au lait"]);
        let document = read(page.as_bytes()).expect("readable");
        assert_eq!(
            document.left_out,
            [LeftOut::new(
                Location::Somewhere,
                "<a> A frame.",
                "frame of the web page"
            )]
        );
        assert!(document.unsure.is_empty());
        let cut = page.replace("--xy--\n--x--\n", "");
        assert!(
            read(cut.as_bytes())
                .expect("readable")
                .unsure
                .iter()
                .any(|words| words.contains("cut off"))
        );
    }

    #[test]
    fn texts_that_begin_with_a_colon_are_no_saved_pages() {
        for text in [
            "Note: this\n\nText.",
            "Content-Type: text/html\n\n<p>x",
            "Content-Type multipart/related\n\nx",
            "",
            "\n\n",
            ":\n\n",
        ] {
            assert!(!is_likely(text.as_bytes()), "{text}");
        }
        let nothing = b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--";
        assert!(is_likely(nothing) && matches!(read(nothing), Err(ImportError::NotText(_))));
    }

    #[test]
    fn parts_within_parts_without_end_are_not_followed() {
        let within = |levels: usize| {
            let page = "Content-Type: text/html\n\n<p>Deep.</p>".to_owned();
            (0..levels).fold(page, |page, level| {
                format!(
                    "Content-Type: multipart/related; boundary=b{level}\n\n--b{level}\n{page}\n"
                )
            })
        };
        assert!(read(within(DEEPEST).as_bytes()).is_ok());
        assert!(read(within(DEEPEST + 1).as_bytes()).is_err());
    }
}
