//! Wording helpers for messages: numbers that agree with their nouns, cut text.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::width;

/// "1 note", "2 notes", "3 matches". Only for nouns that take an `s` or, after `ch`, an `es`.
pub fn count(number: usize, noun: &str) -> String {
    let ending = match number {
        1 => "",
        _ if noun.ends_with("ch") => "es",
        _ => "s",
    };
    format!("{number} {noun}{ending}")
}

/// Cuts shown text to a number of columns, ending in `…` if anything was left out. Control and
/// invisible characters become signs, see [`width::shown`].
pub fn cut(text: &str, columns: usize) -> String {
    let text = width::shown(text);
    if width::width(&text) <= columns {
        return text.into_owned();
    }
    let mut cut = String::new();
    let mut room = columns.saturating_sub(1);
    for grapheme in text.graphemes(true) {
        let Some(left) = room.checked_sub(width::width(grapheme)) else {
            break;
        };
        room = left;
        cut.push_str(grapheme);
    }
    if columns > 0 {
        cut.push('…');
    }
    cut
}

/// Cuts shown text in its middle to a number of columns, so that titles with the same start stay
/// distinct.
pub fn cut_middle(text: &str, columns: usize) -> String {
    let text = width::shown(text);
    if width::width(&text) <= columns || columns < 8 {
        return cut(&text, columns);
    }
    let tail = end_of(&text, columns / 2 - 1);
    format!("{}{}", cut(&text, columns - width::width(tail)), tail)
}

/// Cuts shown text to its last columns, starting with `…` if anything was left out.
pub fn cut_start(text: &str, columns: usize) -> String {
    let text = width::shown(text);
    if width::width(&text) <= columns {
        return text.into_owned();
    }
    let ellipsis = if columns > 0 { "…" } else { "" };
    format!("{ellipsis}{}", end_of(&text, columns.saturating_sub(1)))
}

/// The end of a text that fits into some columns, from a grapheme on.
fn end_of(text: &str, columns: usize) -> &str {
    let mut room = columns;
    let mut start = text.len();
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        let Some(left) = room.checked_sub(width::width(grapheme)) else {
            break;
        };
        (room, start) = (left, at);
    }
    text.get(start..).unwrap_or_default()
}

/// Columns of ` › `.
const SEPARATOR: usize = 3;
/// Fewest columns in which the beginning of a title says something.
const LEAST_HOLDER: usize = 5;

/// Titles from the outermost to the last, ` › ` between them. Where they have no room, the first
/// ones give way to `…`, but the last is whole as long as it has room alone. Of the one before it
/// the beginning stays where it can: many sections have the same last title.
pub fn path(titles: &[&str], columns: usize) -> String {
    let titles: Vec<String> = titles.iter().map(|title| one_line(title)).collect();
    for first in 0..titles.len() {
        let lead = if first > 0 { "… › " } else { "" };
        let path = format!("{lead}{}", titles[first..].join(" › "));
        if width::width(&path) > columns {
            continue;
        }
        return match titles.as_slice() {
            [.., holder, last] if first + 1 == titles.len() => {
                let room = columns.saturating_sub(width::width(last) + SEPARATOR);
                match room >= LEAST_HOLDER {
                    true => format!("{} › {last}", cut(holder, room)),
                    false => path,
                }
            }
            _ => path,
        };
    }
    cut(titles.last().map_or("", String::as_str), columns)
}

/// How like two words are, 0 to 1, by the letters that have to change (Damerau, Levenshtein).
pub fn likeness(one: &str, other: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(one, other)
}

/// Which of some names is meant by one that is misspelt: the nearest one that is at least `least`
/// like it, 0 to 1.
pub fn nearest<'a>(
    name: &str,
    names: impl IntoIterator<Item = &'a str>,
    least: f64,
) -> Option<&'a str> {
    let near = names
        .into_iter()
        .map(|other| (likeness(name, other), other));
    let near = near.filter(|(likeness, _)| *likeness >= least);
    near.max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, name)| name)
}

/// The text with its first character, where that is ASCII, in upper case.
pub fn capitalized(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// The text on one line: every run of white space is one blank.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Makes a kebab-case id of a title: lower-case letters, digits and single hyphens.
pub fn kebab(title: &str) -> String {
    let mut id = String::new();
    for character in title.to_lowercase().chars() {
        if character.is_alphanumeric() {
            id.push(character);
        } else if !id.is_empty() && !id.ends_with('-') && !matches!(character, '\'' | '’') {
            id.push('-');
        }
    }
    id.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_agree_with_numbers() {
        assert_eq!(count(0, "note"), "0 notes");
        assert_eq!(count(1, "note"), "1 note");
        assert_eq!(count(2, "note"), "2 notes");
    }

    #[test]
    fn a_cut_never_splits_a_grapheme_and_never_is_too_wide() {
        for columns in 0..20 {
            let short = cut("人権 👩‍👩‍👧 e\u{301}quity", columns);
            assert!(width::width(&short) <= columns, "{short} at {columns}");
            let short = cut_middle("人権 👩‍👩‍👧 e\u{301}quity", columns);
            assert!(width::width(&short) <= columns, "{short} at {columns}");
        }
        assert_eq!(cut("equity", 6), "equity");
        assert_eq!(cut("equity", 5), "equi…");
        assert_eq!(
            cut_middle("Message From the Secretary of State", 18),
            "Message F…of State"
        );
    }

    #[test]
    fn a_path_gives_way_from_its_beginning() {
        let titles = ["Narratives", "Ghana (Tier 2)", "Protection"];
        assert_eq!(
            path(&titles, 80),
            "Narratives › Ghana (Tier 2) › Protection"
        );
        assert_eq!(path(&titles, 33), "… › Ghana (Tier 2) › Protection");
        assert_eq!(path(&titles, 29), "Ghana (Tier 2) › Protection");
        assert_eq!(path(&titles, 24), "Ghana (Tie… › Protection");
        assert_eq!(path(&titles, 18), "Ghan… › Protection");
        assert_eq!(path(&titles, 17), "… › Protection");
        assert_eq!(path(&titles, 10), "Protection");
        assert_eq!(path(&titles, 5), "Prot…");
        assert_eq!(path(&[], 5), "");
    }

    #[test]
    fn ids_are_kebab_case() {
        assert_eq!(
            kebab("Message From the Secretary of State"),
            "message-from-the-secretary-of-state"
        );
        assert_eq!(kebab("  This year’s: “more” "), "this-years-more");
    }
}
