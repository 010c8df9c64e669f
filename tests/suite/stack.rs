//! What lies over what: every layer opened over every other one, and closed again.

use tip_reader::command::Context;

use crate::common::{Desk, open};

/// Keys that open a layer from the text, and where the keys go then.
const LAYERS: &[(&str, Context)] = &[
    ("Tab", Context::Sections),
    ("a", Context::NoteBox),
    ("Enter", Context::Panel),
    ("A", Context::List),
    ("o", Context::Picker),
    ("/", Context::SearchBox),
    (":", Context::CommandLine),
    ("?", Context::Help),
    ("F1", Context::Help),
];

/// At a paragraph that has a note.
fn at_a_note() -> Desk {
    open(80, 24).press("2 G } a \"n\" C-s C-l")
}

fn depth(desk: &Desk) -> usize {
    desk.reader.layers().iter().count()
}

/// All that is shown but the status line, which says what was done last.
fn shown(desk: &Desk) -> String {
    let screen = desk.screen();
    screen
        .rsplit_once('\n')
        .map_or("", |(rows, _)| rows)
        .to_owned()
}

#[test]
fn each_layer_gets_the_keys_when_it_is_opened_and_gives_them_back() {
    for (keys, context) in LAYERS {
        let desk = at_a_note();
        let before = shown(&desk);
        let desk = desk.press(keys);
        assert_eq!(
            (depth(&desk), desk.reader.context()),
            (1, *context),
            "{keys}"
        );
        let desk = desk.press("Esc");
        assert_eq!(
            (depth(&desk), desk.reader.context()),
            (0, Context::Text),
            "{keys}"
        );
        assert_eq!(shown(&desk), before, "{keys}");
    }
}

#[test]
fn a_layer_over_another_gives_the_keys_back_to_it_and_never_to_a_third() {
    let mut over = 0;
    for (below, _) in LAYERS {
        for (above, _) in LAYERS {
            let way = format!("{above} over {below}");
            let desk = at_a_note().press(below);
            let (context, before) = (desk.reader.context(), shown(&desk));
            let mut desk = desk.press(above);
            if depth(&desk) == 2 {
                over += 1;
                desk = desk.press("Esc");
                assert_eq!((depth(&desk), desk.reader.context()), (1, context), "{way}");
                assert_eq!(shown(&desk), before, "{way}");
            }
            // A filter in a layer goes first.
            while depth(&desk) > 0 {
                let had = (depth(&desk), desk.reader.context());
                desk = desk.press("Esc");
                let is_closer = depth(&desk) < had.0 || desk.reader.context() != had.1;
                assert!(is_closer, "{way}: Esc closes nothing");
            }
            assert_eq!(desk.reader.context(), Context::Text, "{way}");
        }
    }
    assert!(over > LAYERS.len(), "only {over} layers lie over another");
}

#[test]
fn a_panel_closes_when_its_note_is_undone() {
    let desk = at_a_note().press("Enter U");
    assert_eq!((depth(&desk), desk.reader.context()), (0, Context::Text));
}
