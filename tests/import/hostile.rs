//! Files that are made to do harm end in one line, within the time and the memory.

use std::{fs, process::Command};

use crate::golden;
use crate::{
    books::{CONTAINER, archive, package},
    refused,
};

#[test]
fn hostile_saved_pages_are_refused_in_one_line_within_the_time() {
    let page = |head: &str, body: &str| {
        format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n{head}\r\n{body}"
        )
    };
    assert!(
        refused(
            "deep.mhtml",
            page("", &"<div>".repeat(1_000_000)).as_bytes()
        )
        .contains("nested deeper than 512 levels")
    );
    assert!(
        refused(
            "huge.mhtml",
            page("", &"word ".repeat(14_000_000)).as_bytes()
        )
        .contains("larger than 64 MiB")
    );
    assert!(
        refused(
            "none.mhtml",
            b"Content-Type: multipart/related; boundary=x\n\n--x--\n"
        )
        .contains("without a web page")
    );
    assert!(refused("empty.mht", page("", "").as_bytes()).contains("no text found"));
    let ends =
        page("", "").replace("text/html", "image/png") + &"--x--x\n--x\n\n".repeat(5_000_000);
    assert!(refused("ends.mhtml", ends.as_bytes()).contains("without a web page"));
    let line = page("", "").replace("text/html", "image/png") + &"--x".repeat(20_000_000);
    assert!(refused("line.mhtml", line.as_bytes()).contains("without a web page"));
}

#[test]
fn hostile_texts_are_refused_in_one_line_within_the_time() {
    assert!(
        refused("deep.html", "<div>".repeat(1_000_000).as_bytes())
            .contains("nested deeper than 512 levels")
    );
    assert!(
        refused(
            "deep.md",
            format!("<div>{}", "<b>".repeat(100_000)).as_bytes()
        )
        .contains("nested deeper than 512 levels")
    );
    assert!(refused("empty.html", b"<title>x</title><nav>menu</nav>").contains("no text found"));
    assert!(refused("zero.txt", b"a\0b\0c d").contains("contains zero bytes"));
    assert!(refused("huge.txt", &vec![b'x'; 64 * 1024 * 1024 + 1]).contains("larger than 64 MiB"));
}

#[test]
fn hostile_books_are_refused_in_one_line_within_the_time() {
    let book = package(1);
    let start = [CONTAINER, ("OPS/book.opf", book.as_bytes())];
    let zeros = vec![b' '; 65 * 1024 * 1024];
    assert!(
        refused(
            "bomb.epub",
            &archive(&[&start[..], &[("OPS/c1.xhtml", &zeros)]].concat())
        )
        .contains("unpacks to more")
    );
    let half = vec![b' '; 60 * 1024 * 1024];
    let many = package(10);
    let names: Vec<String> = (1..=10).map(|n| format!("OPS/c{n}.xhtml")).collect();
    let chapters: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), half.as_slice()))
        .collect();
    assert!(
        refused(
            "bombs.epub",
            &archive(
                &[
                    &[CONTAINER, ("OPS/book.opf", many.as_bytes())][..],
                    &chapters
                ]
                .concat()
            )
        )
        .contains(" more than ")
    );
    let deep = "<div>".repeat(1_000_000);
    assert!(
        refused(
            "deep.epub",
            &archive(&[&start[..], &[("OPS/c1.xhtml", deep.as_bytes())]].concat())
        )
        .contains("nested deeper than 512")
    );
    let lock = b"<encryption><EncryptedData><CipherData><CipherReference URI='OPS/c1.xhtml'/></CipherData></EncryptedData></encryption>";
    let locked = archive(
        &[
            &start[..],
            &[
                ("META-INF/encryption.xml", &lock[..]),
                ("OPS/c1.xhtml", b"\x8f\x01"),
            ],
        ]
        .concat(),
    );
    assert!(refused("locked.epub", &locked).contains("encrypted;"));
    let outside = package(1).replace("c1.xhtml", "../../../../etc/passwd");
    assert!(
        refused(
            "outside.epub",
            &archive(&[CONTAINER, ("OPS/book.opf", outside.as_bytes())])
        )
        .contains("no text found")
    );
    assert!(
        refused("word.docx", &archive(&[("word/document.xml", b"<x/>")]))
            .contains("unsupported format: a Word document")
    );
    assert!(
        refused("other.zip", &archive(&[("a.txt", b"text")]))
            .contains("a ZIP archive, not an EPUB")
    );
    let whole = fs::read(golden("pandoc.epub")).expect("a book");
    assert!(refused("cut.epub", &whole[..whole.len() / 2]).contains("truncated"));
    let names: Vec<String> = (0..20_001).map(|n| format!("f{n}")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert!(refused("many.epub", &archive(&entries)).contains("more than 20,000 entries"));
}

#[test]
fn endless_standard_input_ends() {
    let zeros = fs::File::open("/dev/zero").expect("zeros");
    let mut command = Command::new(env!("CARGO_BIN_EXE_tip-reader"));
    let output = command
        .args(["import", "-", "-o", "-"])
        .stdin(zeros)
        .output()
        .expect("run");
    assert!(String::from_utf8_lossy(&output.stderr).contains("larger than 64 MiB"));
}

#[test]
fn what_takes_too_long_or_too_much_memory_ends_in_its_own_words() {
    let attributes: String = (0..600_000).map(|number| format!(" a{number}=x")).collect();
    assert!(
        refused(
            "slow.html",
            format!("<h1>T</h1><p{attributes}>Text.").as_bytes()
        )
        .contains("takes more than 10 seconds")
    );
    assert!(
        refused("large.txt", "a\n\n".repeat(20_000_000).as_bytes())
            .contains("takes more than 1 GB")
    );
}
