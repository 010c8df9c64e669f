//! Commands that take a letter: which keys they take, and which go before them.

use std::collections::HashMap;

use tip_reader::command::{
    Context,
    key::Key,
    keymap::{Keymap, Meaning},
};

use crate::common::open;

fn meaning(changed: &[(&str, &str)], keys: &str) -> Meaning {
    let changed = changed.iter();
    let changed: HashMap<String, Vec<String>> = changed
        .map(|(verb, key)| ((*verb).to_owned(), vec![(*key).to_owned()]))
        .collect();
    let (keymap, problems) = Keymap::new(&changed);
    assert_eq!(problems, Vec::<String>::new());
    keymap.meaning(Context::Text.chain(), &Key::sequence(keys).expect("keys"))
}

#[test]
fn a_bookmark_takes_letters_and_digits_of_any_alphabet_and_no_sign() {
    for letter in ['a', 'Z', '5', 'é', 'ж', '人'] {
        let desk = open(80, 24).press(&format!("2 G }} m {letter} g g ' {letter}"));
        assert!(
            desk.status().starts_with(" 2:2 "),
            "{letter}: {}",
            desk.status()
        );
        let saved = desk.store().load().annotations;
        assert_eq!(
            saved.first().and_then(|bookmark| bookmark.letter),
            Some(letter)
        );
    }
    for sign in ['.', '-', '!', '…'] {
        let desk = open(80, 24).press(&format!("2 G }} m {sign}"));
        assert_eq!(desk.store().load().annotations, [], "{sign}");
    }
}

#[test]
fn only_a_command_that_takes_a_letter_has_one_after_its_key() {
    assert_eq!(meaning(&[], "j a"), Meaning::Nothing);
    assert_eq!(meaning(&[], "g g a"), Meaning::Nothing);
}

#[test]
fn a_key_waits_for_its_letter_also_where_no_other_sequence_begins_with_it() {
    let alone = [("toggle-bookmark", "b")];
    assert_eq!(meaning(&alone, "m"), Meaning::Prefix);
    assert!(matches!(
        meaning(&alone, "m m"),
        Meaning::Command(_, Some('m'))
    ));
    assert!(matches!(meaning(&[], "m m"), Meaning::Command(_, None)));
}
