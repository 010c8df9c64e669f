//! Keys, mouse and paste, and replies of the terminal at every split.

use super::*;
use crate::command::settings::Ground;

/// What was typed, as one would write it.
fn typed(inputs: Vec<Input>) -> String {
    let of = |input| match input {
        Input::Key(key) => Some(key.to_string()),
        Input::Paste(text) => Some(format!("<{text}>")),
        Input::Ground(_) => None,
        other => Some(format!("{other:?}")),
    };
    let typed = inputs.into_iter().filter_map(of);
    typed.collect::<Vec<_>>().join(" ")
}

/// What comes of bytes that are read in parts; `pauses` lets each part be waited for in vain.
fn read(parts: &[&[u8]], pauses: bool) -> String {
    let mut parser = Parser::default();
    let mut inputs = Vec::new();
    for part in parts {
        inputs.extend(parser.take(part));
        if pauses && parser.patience().is_some() {
            inputs.extend(parser.give_up());
        }
    }
    while parser.patience().is_some() {
        inputs.extend(parser.give_up());
    }
    typed(inputs)
}

#[test]
fn keys_are_what_terminals_send() {
    for (bytes, keys) in [
        ("jé人", "j é 人"),
        (
            "\r\t\u{7f}\u{3}\u{11}\u{1f}\0",
            "Enter Tab Backspace C-c C-q C-_ C-Space",
        ),
        ("\x1b[A\x1bOB\x1b[1;5C\x1b[1;3D\x1b[Z", "↑ ↓ C-→ M-← S-Tab"),
        (
            "\x1b[H\x1b[4~\x1b[5~\x1b[6~\x1b[3~",
            "Home End PgUp PgDn Del",
        ),
        ("\x1bOP\x1b[15~\x1b[24~\x1b[[A", "F1 F5 F12 F1"),
        ("\x1bu\x1bU\x1b\r\x1b\u{7f}", "M-u M-U M-Enter M-Backspace"),
        ("\x1b\x1b[A", "Esc ↑"),
        ("\x1b[200~a\r\nb\x1b[A\x1b[201~j", "<a\r\nb\x1b[A> j"),
        ("\x1b[?1;2c\x1b[24;80R\x1b[>0;1c\x1b[?2026;2$yj", "j"),
        ("\x1b[Ij\x1b[O", "j"),
    ] {
        assert_eq!(read(&[bytes.as_bytes()], false), keys, "{bytes:?}");
    }
    for (bytes, what) in [
        ("\x1b[<0;5;7M", "Mouse(Press(4, 6))"),
        ("\x1b[<32;5;7M", "Mouse(Drag(4, 6))"),
        ("\x1b[<0;5;7m", "Mouse(Release)"),
        ("\x1b[<64;5;7M", "Mouse(Wheel(-1))"),
        ("\x1b[M !!", "Mouse(Press(0, 0))"),
    ] {
        assert_eq!(read(&[bytes.as_bytes()], false), what, "{bytes:?}");
    }
}

#[test]
fn what_is_cut_off_is_let_go_and_a_lone_escape_is_the_key() {
    assert_eq!(read(&[b"\x1b"], false), "Esc");
    assert_eq!(read(&[b"\x1b", b"q"], false), "Esc q");
    assert_eq!(read(&[b"\x1b["], false), "");
    assert_eq!(read(&[b"\x1b[12", b"j"], true), "j");
    assert_eq!(read(&[b"\x1b[200~half"], false), "<half>");
    assert_eq!(read(&[b"\xe4\xba", b"\xba"], false), "人");
    assert_eq!(read(&[b"\xff\xc0j"], false), "j");
    assert_eq!(read(&[b"\x1bP"], false), "M-P");
}

#[test]
fn replies_are_never_keys_however_they_are_split() {
    for reply in [
        "\x1b]11;rgb:1a1a/2b2b/3c3c\x1b\\",
        "\x1b]11;rgb:1a/2b/3c\x07",
        "\x1b]10;rgba:ffff/ffff/ffff/ffff\x1b\\",
        "\x1b]4;7;rgb:1111/2222/3333\x07",
        "\x1b]52;c;R0c6cQ==\x07",
        "\x1bP>|XTerm(379)\x1b\\",
        "\x1bP1$r0m\x1b\\",
        "\x1b_Gi=31;OK\x1b\\",
    ] {
        let reply = reply.as_bytes();
        for at in 1..reply.len() {
            let (first, second) = reply.split_at(at);
            let around = [&b"j"[..], first, second, b"k"];
            assert_eq!(
                read(&around, false),
                "j k",
                "{at} of {}",
                reply.escape_ascii()
            );
        }
        // Late: the parts are far apart.
        for at in 3..reply.len().saturating_sub(2) {
            let (first, second) = reply.split_at(at);
            assert_eq!(
                read(&[first, second, b"k"], true),
                "k",
                "{at} of {}",
                reply.escape_ascii()
            );
        }
    }
}

#[test]
fn a_reply_says_what_the_ground_is_however_it_is_split() {
    for (reply, ground) in [
        ("\x1b]11;rgb:1a1a/2b2b/3c3c\x1b\\", Some(Ground::Dark)),
        ("\x1b]11;rgb:ff/fa/e0\x07", Some(Ground::Light)),
        (
            "\x1b]11;rgba:ffff/ffff/ffff/8000\x1b\\",
            Some(Ground::Light),
        ),
        ("\x1b]11;rgb:0/0/0\x07", Some(Ground::Dark)),
        ("\x1b]10;rgb:ffff/ffff/ffff\x07", None),
        ("\x1b]4;11;rgb:ffff/ffff/ffff\x07", None),
        ("\x1b]11;rgb:xx/yy/zz\x07", None),
    ] {
        for at in 1..reply.len() {
            let (first, second) = reply.as_bytes().split_at(at);
            let mut parser = Parser::default();
            let mut inputs = parser.take(first);
            inputs.extend(parser.take(second));
            let said = inputs.iter().find_map(|input| match input {
                Input::Ground(ground) => Some(*ground),
                _ => None,
            });
            assert_eq!(said, ground, "{at} of {}", reply.escape_debug());
        }
    }
}

#[test]
fn keys_between_the_parts_of_a_reply_are_keys() {
    let parts: [&[u8]; 4] = [b"\x1b]11;rgb:1a1a/2b", b"j", b"2b/3c3c\x1b\\", b"k"];
    assert_eq!(read(&parts, false), "j k");
    assert_eq!(read(&parts, true), "j k");
    assert_eq!(
        read(&[b"\x1b]11;rgb:1a1a/2btyped\x13j"], false),
        "t y p e d C-s j"
    );
    assert_eq!(
        read(&[b"\x1b]11;rgb:1a1a", b"t", b"e", b"a", b"\x1b"], true),
        "t e a Esc"
    );
    assert_eq!(read(&[b"\x1b]11;rgb:1a1a/\x1b[A"], false), "↑");
    // Where the `ESC` came alone, long before the rest.
    assert_eq!(
        read(&[b"\x1b", b"]11;rgb:1a1a/2b2b/3c3c\x1b\\j"], true),
        "Esc j"
    );
}

#[test]
fn a_paste_is_taken_up_to_a_byte_more_than_any_box_takes() {
    let mut parser = Parser::default();
    assert!(parser.take(b"\x1b[200~").is_empty());
    for _ in 0..40 {
        assert!(parser.take(&[b'x'; 64 * 1024]).is_empty());
    }
    let inputs = parser.take(b"\x1b[201~");
    let Some(Input::Paste(text)) = inputs.first() else {
        panic!("no paste: {inputs:?}");
    };
    assert_eq!(text.len(), LARGEST_PASTE);
}
