//! The numbers of ordered lists.

/// A number in the style of a list type (WHATWG HTML, 4.4.5): `a`, `A`, `i`, `I`, else digits.
pub fn numeral(number: i64, style: &str) -> String {
    const ROMAN: [(i64, &str); 9] = [
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let letter = u8::try_from(number)
        .ok()
        .filter(|number| (1..=26).contains(number))
        .map(|number| char::from(b'a' + number - 1));
    let text = match (style, letter) {
        ("a" | "A", Some(letter)) => letter.to_string(),
        ("i" | "I", _) if (1..200).contains(&number) => {
            let mut rest = number;
            let mut sign = |&(value, sign): &(i64, &str)| {
                let count = usize::try_from(rest / value).unwrap_or(0);
                rest %= value;
                sign.repeat(count)
            };
            ROMAN.iter().map(&mut sign).collect()
        }
        _ => number.to_string(),
    };
    if matches!(style, "A" | "I") {
        text.to_uppercase()
    } else {
        text
    }
}
