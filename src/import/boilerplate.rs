//! What belongs to a web page and not to the report on it: the words that give it away.

/// Lines that begin a comment form, as the page's language has them.
const FORM_STARTS: &[&str] = &[
    "Leave a Reply",
    "Leave a comment",
    "Post a Comment",
    "Join the conversation",
    "Trả lời",
    "Deja un comentario",
    "Laisser un commentaire",
];

/// Words that only a comment form holds: one of them has to follow its first line.
const FORM_MARKS: &[&str] = &[
    "WordPress.com",
    "Connecting to %s",
    "Facebook photo",
    "Required fields are marked",
    "Your email address will not be published",
];

/// The first of the given lines that belongs to a comment form at the end of the page, if
/// there is one. Both a first line and a later mark are asked for, so that a report about
/// comments keeps its text.
pub fn comment_form<'a>(lines: impl Iterator<Item = &'a str> + Clone) -> Option<usize> {
    let start = lines.clone().position(|line| FORM_STARTS.contains(&line))?;
    let mut rest = lines.skip(start + 1);
    rest.any(|line| FORM_MARKS.iter().any(|mark| line.contains(mark)))
        .then_some(start)
}
