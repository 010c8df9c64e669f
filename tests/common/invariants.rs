//! What holds of every screen, whatever keys and sizes led to it.

use std::collections::BTreeSet;

use ratatui::{buffer::Buffer, layout::Rect};
use tip_reader::{
    command::{Context, TABLE},
    view,
};

use crate::common::Desk;

/// The smallest window that can be read in, and the smallest in which the paragraph that the keys
/// act on is always in sight.
const SMALLEST: (u16, u16) = (20, 5);
const ROOMY: (u16, u16) = (40, 12);

/// Fails unless the screen says something, the cursor lies in the window, the keys have a known
/// context, and the status line names the address that is read, or says what was just done.
pub fn assert_sound(desk: &Desk, way: &str) {
    let (columns, rows) = desk.reader.viewport().size();
    let context = desk.reader.context();
    let way = format!("{way} at {columns} × {rows}, {context:?}");
    let is_known = Context::ALL.iter().any(|(known, ..)| *known == context);
    assert!(is_known, "{way}: no context of the help");
    let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
    let cursor = view::draw(&desk.reader, &mut buffer);
    let is_blank = buffer
        .content
        .iter()
        .all(|cell| cell.symbol().trim().is_empty());
    assert!(
        buffer.content.is_empty() || !is_blank,
        "{way}: an empty screen"
    );
    if columns < SMALLEST.0 || rows < SMALLEST.1 {
        return assert_eq!(cursor, None, "{way}: a cursor and no text");
    }
    // An empty list and a comparison that is still being made have nothing to be at.
    let may_lack = columns < ROOMY.0
        || rows < ROOMY.1
        || matches!(context, Context::List | Context::Comparison);
    let is_inside = cursor.map_or(may_lack, |cursor| cursor.x < columns && cursor.y < rows);
    assert!(is_inside, "{way}: the cursor is at {cursor:?}");
    let status: String = (0..columns)
        .map(|x| buffer[(x, rows - 1)].symbol())
        .collect();
    assert!(!status.trim().is_empty(), "{way}: an empty status line");
    let reads = matches!(
        context,
        Context::Text | Context::Selecting | Context::Colouring
    );
    if reads && desk.reader.messages().current().is_none() {
        let address = crate::common::without_mode(&status)
            .trim_start_matches(" SELECT ")
            .split_whitespace()
            .find(|word| word.contains(':'))
            .unwrap_or_default();
        assert!(is_address(address), "{way}: no address in {status:?}");
    }
}

/// Whether a word is the address of a paragraph of a section, as `2:14`.
fn is_address(word: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once(':')
        .is_some_and(|(section, paragraph)| is_number(section) && is_number(paragraph))
}

/// Every key that the table names, once.
pub fn every_key() -> BTreeSet<&'static str> {
    let bindings = TABLE.iter().flat_map(|row| row.bindings);
    bindings.flat_map(|binding| binding.keys).copied().collect()
}
