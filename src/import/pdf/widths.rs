//! Widths of characters in composite fonts (ISO 32000, 9.7.4.3). The library reads the form
//! `first [width width ...]` and drops `first last width`, which browsers and typesetters write:
//! the second form is rewritten as the first before it sees it.

use pdf_extract::{Document as Pdf, Object, ObjectId};

/// Largest range that is written out; codes have two bytes.
const LARGEST_RANGE: i64 = 65_536;

/// Rewrites the widths of all fonts of a document.
pub fn rewrite(pdf: &mut Pdf) {
    let mut apart: Vec<ObjectId> = Vec::new();
    for object in pdf.objects.values_mut() {
        let Object::Dictionary(font) = object else {
            continue;
        };
        let is_font = font
            .get(b"Subtype")
            .is_ok_and(|kind| matches!(kind.as_name(), Ok(b"CIDFontType0" | b"CIDFontType2")));
        match font.get_mut(b"W") {
            Ok(Object::Array(widths)) if is_font => *widths = listed(widths),
            Ok(Object::Reference(id)) if is_font => apart.push(*id),
            _ => {}
        }
    }
    for id in apart {
        if let Some(Object::Array(widths)) = pdf.objects.get_mut(&id) {
            *widths = listed(widths);
        }
    }
}

/// The same widths, all in the form of a first code and a list.
fn listed(widths: &[Object]) -> Vec<Object> {
    let mut list = Vec::new();
    let mut rest = widths;
    loop {
        match rest {
            [first, Object::Array(each), after @ ..] => {
                list.extend([first.clone(), Object::Array(each.clone())]);
                rest = after;
            }
            [first, last, width, after @ ..] => {
                if let (Ok(from), Ok(to)) = (first.as_i64(), last.as_i64()) {
                    let count =
                        usize::try_from((to.saturating_sub(from) + 1).clamp(0, LARGEST_RANGE))
                            .unwrap_or(0);
                    list.extend([first.clone(), Object::Array(vec![width.clone(); count])]);
                }
                rest = after;
            }
            _ => return list,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_become_lists() {
        let widths = [
            1.into(),
            2.into(),
            500.into(),
            7.into(),
            Object::Array(vec![3.into()]),
            9.into(),
        ];
        let expected = [
            1.into(),
            Object::Array(vec![500.into(), 500.into()]),
            7.into(),
            Object::Array(vec![3.into()]),
        ];
        assert_eq!(listed(&widths), expected);
    }
}
