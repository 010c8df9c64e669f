//! Search is right: beside a naive fold and scan, for texts of every kind.

use std::ops::Range;

use proptest::prelude::*;
use tip_reader::{
    report::{Report, position::Direction, snapshot},
    search::{
        Case, Pattern, Query,
        matches::{Aside, Found, Match, STEP, Sought, Spot},
        pieces::Pieces,
    },
    text::{
        fold::{Folded, fold, fold_text, is_mark},
        word_boundary::are_whole,
    },
};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

fn query(text: &str) -> Query {
    Query {
        text: text.into(),
        ..Query::default()
    }
}

fn pattern(text: &str) -> Pattern {
    Pattern::new(&query(text)).expect("a pattern")
}

fn matches<'a>(needle: &str, text: &'a str) -> Vec<&'a str> {
    pattern(needle)
        .matches(text)
        .into_iter()
        .map(|hit| &text[hit])
        .collect()
}

fn expression<'a>(text: &str, within: &'a str) -> Vec<&'a str> {
    let query = Query {
        is_regex: true,
        ..query(text)
    };
    Pattern::new(&query)
        .expect("an expression")
        .matches(within)
        .into_iter()
        .map(|hit| &within[hit])
        .collect()
}

fn naive(needle: &str, text: &str) -> Vec<Range<usize>> {
    naive_for(needle, text, false)
}

/// Folds the whole text with the bytes that each piece comes from, and looks at every place.
fn naive_for(needle: &str, text: &str, is_whole_word: bool) -> Vec<Range<usize>> {
    let ignores_case = !needle.chars().any(char::is_uppercase);
    let needle = fold_text(needle, ignores_case);
    let mut pieces: Vec<(Vec<char>, Range<usize>)> = Vec::new();
    for (at, character) in text.char_indices() {
        let bytes = at..at + character.len_utf8();
        match fold(character, ignores_case) {
            Folded::Nothing => {}
            Folded::Blank => match pieces.last_mut() {
                Some((letters, range)) if *letters == [' '] => range.end = bytes.end,
                _ => pieces.push((vec![' '], bytes)),
            },
            Folded::Letters(letters) => pieces.push((letters.as_slice().to_vec(), bytes)),
        }
    }
    let mut found: Vec<Range<usize>> = Vec::new();
    for first in 0..pieces.len() {
        let start = pieces[first].1.start;
        // A match may begin and end inside a character of several letters, which it takes whole.
        for skipped in 0..pieces[first].0.len() {
            let mut letters = Vec::new();
            let last = pieces[first..].iter().find(|(piece, _)| {
                letters.extend_from_slice(piece);
                letters.len() >= skipped + needle.len()
            });
            let Some((_, range)) = last else { continue };
            if letters[skipped..].starts_with(&needle)
                && found.last().is_none_or(|last| last.end <= start)
            {
                let marks = text[range.end..]
                    .chars()
                    .take_while(|character| is_mark(*character));
                let end = range.end + marks.map(char::len_utf8).sum::<usize>();
                // A whole word ends inside no character, and is no piece of another one.
                if !is_whole_word || (letters == needle && are_whole(text, start, end)) {
                    found.push(start..end);
                }
            }
        }
    }
    found
}

#[test]
fn typing_plain_characters_finds_typographic_ones() {
    let text = "This year’s “zero tolerance” – a non‑binding coöperation\u{a0}in\n  São Tomé";
    for (needle, hit) in [
        ("year's", "year’s"),
        ("\"zero tolerance\"", "“zero tolerance”"),
        ("\" - a non-binding", "” – a non‑binding"),
        ("cooperation in sao tome", "coöperation\u{a0}in\n  São Tomé"),
        ("coöperation", "coöperation"),
        ("tomè", "Tomé"),
    ] {
        assert_eq!(matches(needle, text), [hit], "{needle}");
    }
}

#[test]
fn a_capital_asks_for_capitals() {
    let text = "Equity and equity. ÉQUITÉ";
    assert_eq!(matches("equity", text), ["Equity", "equity"]);
    assert_eq!(matches("Equity", text), ["Equity"]);
    assert_eq!(matches("équite", text), ["ÉQUITÉ"]);
    let exact = Pattern::new(&Query {
        case: Case::Always,
        ..query("equity")
    })
    .expect("a pattern");
    assert_eq!(exact.matches(text).first(), Some(&(11..17)));
}

#[test]
fn letters_of_other_lands_are_found_by_plain_ones_and_the_other_way() {
    for (needle, text) in [
        ("strasse", "Straße"),
        ("straße", "STRASSE"),
        ("istanbul", "İstanbul"),
        ("final", "ﬁnal"),
        ("viet nam", "Việt Nam"),
        ("viet nam", "Vie\u{323}\u{302}t Nam"),
        ("da nang", "Đà Nẵng"),
        ("οδυσσευς", "ὈΔΥΣΣΕΎΣ"),
        ("ΟΔΥΣΣΕΥΣ", "ΟΔΥΣΣΕΎΣ"),
        ("lodz", "Łódź"),
        ("aero", "Ærø"),
        ("trafficking", "traf\u{ad}fick\u{ad}ing"),
    ] {
        assert_eq!(matches(needle, text), [text], "{needle} in {text}");
    }
}

#[test]
fn a_match_is_never_half_a_character() {
    assert_eq!(matches("stras", "Straße"), ["Straß"]);
    for needle in ["off", "ffi", "fi", "i", "ice", "fice"] {
        assert_eq!(matches(needle, "oﬃce").len(), 1, "{needle}");
        assert!(matches(needle, "oﬃce")[0].contains('ﬃ'), "{needle}");
    }
    assert!(matches("sse", "Straßb").is_empty() && matches("fife", "oﬃce").is_empty());
    assert_eq!(matches("e", "e\u{301}a"), ["e\u{301}"]);
    assert!(
        matches("\u{301}", "e\u{301}").is_empty(),
        "marks alone are nothing to look for"
    );
}

#[test]
fn whole_words_are_whole() {
    let whole = |needle: &str, text: &str| {
        let query = Query {
            is_whole_word: true,
            ..query(needle)
        };
        let expression = Pattern::new(&Query {
            is_regex: true,
            ..query.clone()
        })
        .expect("an expression")
        .matches(text);
        let plain = Pattern::new(&query).expect("a pattern").matches(text);
        assert_eq!(plain, expression, "{needle}");
        plain.len()
    };
    assert_eq!(
        whole(
            "traffic",
            "trafficking traffic, Traffic’s (traffic) traffic2 e\u{301}traffic"
        ),
        3
    );
    assert_eq!(whole("the", "the other theé the\u{301} the"), 3);
    let plain = |needle: &str, text: &str| {
        Pattern::new(&Query {
            is_whole_word: true,
            ..query(needle)
        })
        .expect("a pattern")
        .matches(text)
        .len()
    };
    assert_eq!(whole("権", "人権と人権"), 2, "Chinese characters are words");
    // An expression that looks at its surroundings, beside letters with marks.
    let looking = Query {
        is_regex: true,
        is_whole_word: true,
        ..query(r"\ba\w*?")
    };
    assert_eq!(
        Pattern::new(&looking)
            .expect("an expression")
            .matches("e\u{301} abc, ab"),
        [4..7, 9..11]
    );
    assert_eq!(plain("カナ", "カナダ カナ"), 1);
    assert_eq!(
        plain(
            "traffick",
            "traffick\u{ad}ing traffick\u{200d}ing, traf\u{ad}fick\u{ad} x"
        ),
        1
    );
    assert_eq!(plain("ing", "traffick\u{ad}ing \u{ad}ing"), 1);
    assert_eq!(plain("off", "oﬀ oﬃce"), 1, "a word ends inside no ligature");
}

#[test]
fn expressions_fold_typography_too() {
    let text = "This year’s\n re\u{301}sumé — 2020–21, 1999-2000";
    assert_eq!(
        expression("year'?s resume", text),
        ["year’s\n re\u{301}sumé"]
    );
    assert_eq!(expression("no  break", "no\u{a0}break"), ["no\u{a0}break"]);
    assert_eq!(expression(r"\d{4}-\d+", text), ["2020–21", "1999-2000"]);
    assert_eq!(expression("r[a-f]sum[é]", text), ["re\u{301}sumé"]);
    assert_eq!(expression("^this|RESUME", text), Vec::<&str>::new());
    assert_eq!(expression(r"^this\S*", text), ["This"]);
    assert!(expression("x*", text).is_empty(), "an empty hit is none");
    let soft = "traf\u{ad}fick\u{ad}ing, 20\u{ad}21\u{ad} \u{200b} in\u{ad}";
    assert_eq!(expression("trafficking", soft), ["traf\u{ad}fick\u{ad}ing"]);
    assert_eq!(
        expression(r"[a-z]+|\d{4}", soft),
        ["traf\u{ad}fick\u{ad}ing", "20\u{ad}21", "in"]
    );
    assert_eq!(expression(r"t\w+", soft), ["traf\u{ad}fick\u{ad}ing"]);
    assert_eq!(expression(r"\s'", "a \u{ad}'"), [" \u{ad}'"]);
    assert_eq!(expression("1 in", soft), ["1\u{ad} \u{200b} in"]);
}

#[test]
fn a_faulty_expression_says_what_is_wrong_and_where() {
    let fault = |text: &str| {
        let query = Query {
            is_regex: true,
            ..query(text)
        };
        Pattern::new(&query).expect_err("a fault").to_string()
    };
    assert_eq!(fault("a(b"), "unclosed group at 2");
    assert!(fault("[z-a]").contains("at 2"), "{}", fault("[z-a]"));
    assert!(
        fault(r"\p{Nowhere}").contains("at 1"),
        "{}",
        fault(r"\p{Nowhere}")
    );
    assert_eq!(fault("(a{500}){500}"), "the expression is too large");
}

fn found(report: &Report, pieces: &Pieces, needle: &str, origin: usize, step: usize) -> Found {
    let mut found = Found::new(pattern(needle), pieces, origin);
    while !found.is_complete() {
        found.look(report, pieces, step);
    }
    found
}

#[test]
fn every_match_of_a_report_has_a_number_and_a_neighbour() {
    let report = snapshot::bundled();
    let pieces = Pieces::new(&report);
    let asides = vec![
        Aside {
            piece: 9,
            id: "m".into(),
            range: 0..1,
        },
        Aside {
            piece: 3,
            id: "n".into(),
            range: 0..1,
        },
    ];
    for (origin, step) in [(0, usize::MAX), (7, 1), (usize::MAX, 3000)] {
        for needle in ["the", "Secretary", "e", "zyzzyva"] {
            let mut found = found(&report, &pieces, needle, origin, step);
            found.set_asides(asides.clone());
            let mut at = Spot { piece: 0, index: 0 };
            let mut beside = Vec::new();
            for ordinal in 0..found.total() {
                let spot = found.nth(ordinal).expect("a match");
                assert_eq!(found.ordinal(spot), Some(ordinal));
                assert_eq!(
                    found.nearest(at, Direction::Forward),
                    Sought::At {
                        spot,
                        wrapped: false
                    }
                );
                let before = found.nearest(spot, Direction::Backward);
                let expected = found
                    .nth(if ordinal == 0 {
                        found.total() - 1
                    } else {
                        ordinal - 1
                    })
                    .expect("a match");
                assert_eq!(
                    before,
                    Sought::At {
                        spot: expected,
                        wrapped: ordinal == 0
                    }
                );
                match found.hit(&report, &pieces, spot).expect("a match") {
                    Match::Text(range) => {
                        assert!(
                            fold_text(&pieces.piece(spot.piece).text(&report)[range], true)
                                == fold_text(needle, true)
                        );
                    }
                    Match::Aside(aside) => {
                        assert_eq!(aside.piece, spot.piece);
                        beside.push(aside.id.clone());
                    }
                }
                at = Spot {
                    index: spot.index + 1,
                    ..spot
                };
            }
            assert_eq!(beside, ["n", "m"], "each once, in reading order");
            assert_eq!(found.nth(found.total()), None);
            let first = Sought::At {
                spot: found.nth(0).expect("a match"),
                wrapped: true,
            };
            assert_eq!(found.nearest(at, Direction::Forward), first);
            let beyond = Spot {
                index: usize::MAX,
                ..at
            };
            let last = Sought::At {
                spot: found.nth(found.total() - 1).expect("a match"),
                wrapped: false,
            };
            assert_eq!(found.nearest(beyond, Direction::Backward), last);
        }
    }
    let none = found(&report, &pieces, "zyzzyva", 0, usize::MAX);
    assert_eq!(
        none.nearest(Spot { piece: 4, index: 0 }, Direction::Forward),
        Sought::Nowhere
    );
}

#[test]
fn the_nearest_match_is_known_before_all_is_searched() {
    let report = crate::made::report();
    let pieces = Pieces::new(&report);
    let mut found = Found::new(pattern("trafficking"), &pieces, 12_000);
    found.look(&report, &pieces, 10_000);
    assert!(!found.is_complete() && found.total() > 0);
    let from = Spot {
        piece: 12_000,
        index: 0,
    };
    assert!(matches!(
        found.nearest(from, Direction::Forward),
        Sought::At { .. }
    ));
    assert_eq!(found.nearest(from, Direction::Backward), Sought::NotYet);
    assert_eq!(found.ordinal(from), None);
}

#[test]
fn many_steps_lead_where_so_many_single_ones_do() {
    let report = snapshot::bundled();
    let pieces = Pieces::new(&report);
    let found = found(&report, &pieces, "global", 3, usize::MAX);
    for direction in [Direction::Forward, Direction::Backward] {
        for piece in 0..pieces.count() {
            let (mut from, mut over) = (Spot { piece, index: 0 }, false);
            let first = from;
            for count in 1..12 {
                let Sought::At { spot, wrapped } = found.nearest(from, direction) else {
                    panic!("a match")
                };
                over |= wrapped;
                assert_eq!(
                    found.step(first, direction, count),
                    Sought::At {
                        spot,
                        wrapped: over
                    },
                    "{count} {direction:?}"
                );
                from = if direction == Direction::Forward {
                    Spot {
                        index: spot.index + 1,
                        ..spot
                    }
                } else {
                    spot
                };
            }
        }
    }
    let large = crate::made::report();
    let pieces = Pieces::new(&large);
    let found = self::found(&large, &pieces, crate::made::RARE, 0, usize::MAX);
    let spot = found.nth(0).expect("a match");
    assert_eq!(
        found.step(Spot { piece: 0, index: 0 }, Direction::Backward, usize::MAX),
        Sought::At {
            spot,
            wrapped: true
        }
    );
}

#[test]
fn a_step_over_text_that_has_to_be_folded_is_short() {
    let mut report = crate::made::report();
    let blocks = report
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.blocks);
    blocks.for_each(|block| block.text = "Đây là báo cáo về nạn buôn người ở Việt Nam. ".repeat(4));
    let pieces = Pieces::new(&report);
    let mut found = Found::new(pattern("v"), &pieces, 0);
    found.look(&report, &pieces, STEP);
    assert!(!found.is_complete() && found.total() > 0);
}

#[test]
fn a_large_report_is_searched_as_a_naive_search_would() {
    let report = crate::made::report();
    let pieces = Pieces::new(&report);
    for needle in [
        crate::made::RARE,
        "côte d'ivoire",
        "the government of",
        "\"zero tolerance\"",
        "Trafficking",
    ] {
        let expected: usize = report
            .sections
            .iter()
            .flat_map(|section| section.blocks.iter().step_by(7))
            .map(|block| naive(needle, &block.text).len())
            .sum();
        let pattern = pattern(needle);
        let ours: usize = report
            .sections
            .iter()
            .flat_map(|section| section.blocks.iter().step_by(7))
            .map(|block| pattern.matches(&block.text).len())
            .sum();
        assert_eq!(ours, expected, "{needle}");
    }
    assert_eq!(
        found(&report, &pieces, crate::made::RARE, 0, usize::MAX).total(),
        1
    );
}

/// Texts of few letters, so that needles are found, with all that folding has to do with.
fn text(most: usize) -> impl Strategy<Value = String> {
    let letters = prop::sample::select(vec![
        "a",
        "b",
        "A",
        "é",
        "e",
        "E",
        "e\u{301}",
        "ß",
        "s",
        "S",
        "ﬁ",
        "f",
        "i",
        "İ",
        "ı",
        "’",
        "'",
        "“",
        "\"",
        "-",
        "–",
        " ",
        "\n",
        "\u{a0}",
        "\u{ad}",
        "\u{200b}",
        "\u{301}",
        "σ",
        "ς",
        "Σ",
        "đ",
        "d",
        "ệ",
        "æ",
        "人",
        "👩‍👩‍👧",
        "…",
        ".",
        "½",
        "1",
    ]);
    prop::collection::vec(letters, 0..most).prop_map(|letters| letters.concat())
}

/// Texts in which a search for plain text and an expression have the same letters.
fn letters(most: usize) -> impl Strategy<Value = String> {
    let letters = prop::sample::select(vec![
        "a", "b", "A", "é", "e", "E", "人", "権", "あ", "カ", "ก", "1", "_", " ", "-", "–", "'",
        "’", ".", "Σ",
    ]);
    prop::collection::vec(letters, 0..most).prop_map(|letters| letters.concat())
}

/// The same, with soft hyphens and joiners between them.
fn letters_and_unseen(most: usize) -> impl Strategy<Value = String> {
    let unseen = prop::sample::select(vec!["", "", "", "", "\u{ad}", "\u{200d}", "\u{2060}"]);
    prop::collection::vec((letters(2), unseen), 0..most / 2)
        .prop_map(|parts| parts.into_iter().map(|(one, other)| one + other).collect())
}

/// The case that a query counts, said outright: `\` of an escape is no letter.
fn case_of(query: &Query) -> Case {
    if query.counts_case() {
        Case::Always
    } else {
        Case::Never
    }
}

const EXPRESSIONS: &[&str] = &[
    "a|ab", "[a-f]+?", "人", "人?権", ".", r"\w+", "a.*", "s+|f", "e|é1", "1*", "(a|人)+", "[^ ]+?",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn what_a_naive_search_finds_is_found(needle in text(5), text in text(40), is_whole_word: bool) {
        if !fold_text(&needle, true).is_empty() {
            let pattern = Pattern::new(&Query { is_whole_word, ..query(&needle) }).expect("a pattern");
            prop_assert_eq!(pattern.matches(&text), naive_for(&needle, &text, is_whole_word));
        }
    }

    #[test]
    fn every_match_folds_to_the_query(needle in text(4), text in text(60)) {
        let ignores_case = !needle.chars().any(char::is_uppercase);
        for hit in pattern(&needle).matches(&text) {
            let (folded, needle) = (fold_text(&text[hit.clone()], ignores_case), fold_text(&needle, ignores_case));
            let many = text[hit].chars().filter(|character| fold_text(&character.to_string(), ignores_case).len() > 1).count();
            prop_assert!(folded == needle || (many > 0 && folded.windows(needle.len()).any(|letters| letters == needle)));
        }
    }

    #[test]
    fn plain_text_as_an_expression_finds_the_same(needle in letters(4), text in letters_and_unseen(40), is_whole_word: bool) {
        let plain = Query { is_whole_word, ..query(&needle) };
        let expression = Query { text: regex_syntax::escape(&needle), is_regex: true, case: case_of(&plain), ..plain.clone() };
        if !fold_text(&needle, true).is_empty() {
            let matches = |query: &Query| Pattern::new(query).expect("a pattern").matches(&text);
            prop_assert_eq!(matches(&expression), matches(&plain));
        }
    }

    #[test]
    fn whole_words_are_those_of_unicode_for_expressions_too(at in 0..EXPRESSIONS.len(), text in text(40)) {
        let text = text.nfc().collect::<String>();
        let whole = Query { is_regex: true, is_whole_word: true, ..query(EXPRESSIONS[at]) };
        let matches = Pattern::new(&whole).expect("an expression").matches(&text);
        for hit in &matches {
            prop_assert!(are_whole(&text, hit.start, hit.end), "{:?} in {text:?}", hit);
        }
        let all = Query { text: format!("^(?:{})$", EXPRESSIONS[at]), is_regex: true, ..Query::default() };
        let all = Pattern::new(&all).expect("an expression");
        for (start, word) in text.unicode_word_indices().filter(|(_, word)| all.matches(word).first() == Some(&(0..word.len()))) {
            let end = start + word.len();
            let is_found = !are_whole(&text, start, end) || matches.iter().any(|hit| hit.start < end && start < hit.end);
            prop_assert!(is_found, "{word:?} in {text:?}: {matches:?}");
        }
    }

    #[test]
    fn matches_of_any_query_in_any_text_are_in_order_and_whole(needle in ".{0,12}", text in any::<String>(), is_regex: bool, case in 0..3usize, is_whole_word: bool) {
        let case = [Case::AsTyped, Case::Always, Case::Never][case];
        if let Ok(pattern) = Pattern::new(&Query { text: needle, is_regex, case, is_whole_word }) {
            let mut end = 0;
            for hit in pattern.matches(&text) {
                prop_assert!(hit.start >= end && hit.end > hit.start && text.get(hit.clone()).is_some());
                end = hit.end;
            }
        }
    }
}
