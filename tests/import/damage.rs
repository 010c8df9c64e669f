//! Damaged files are refused, or read into a sound report.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

use tip_reader::import::{self, Metadata};
use tip_reader::{
    export::{self, Format},
    report::snapshot,
};

use crate::{folder, golden, paper};

/// Numbers without a pattern, the same in every run (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).expect("small")
    }
}

/// Damages bytes in some places: other bytes, pieces cut out, doubled, moved, or odd ones put in.
fn damaged(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    const ODD: &[&[u8]] = &[
        b"\0",
        b"\xff",
        b"<",
        b">",
        b"</",
        b"<table>",
        b"<td rowspan=9999 colspan=9999>",
        b"</p>",
        b"<li>",
        b"&#x110000;",
        b"<!--",
        b"-->",
        b"[",
        b"](",
        b"|",
        b"\n|-|\n",
        b"```",
        b"\n    ",
        b"**",
        b"\n# ",
        b"9999999999",
        b"-1",
        b" obj",
        b"<<",
        b">>",
        b"stream",
        b"\r",
        b"\xe2\x80\xa8",
        b"\xef\xbb\xbf",
    ];
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(6) {
        let at = random.below(bytes.len());
        let end = (at + random.below(64)).min(bytes.len());
        match random.below(6) {
            0 => bytes[at..end]
                .iter_mut()
                .for_each(|byte| *byte ^= 1 << (end % 8)),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            3 if random.below(8) == 0 => bytes.truncate(at.max(1)),
            _ => drop(bytes.splice(at..at, ODD[random.below(ODD.len())].iter().copied())),
        }
        if bytes.is_empty() {
            bytes.push(b'x');
        }
    }
    bytes
}

/// Rounds of damage for each file; `TIP_READER_ROUNDS` asks for more.
fn rounds(usual: usize) -> usize {
    std::env::var("TIP_READER_ROUNDS")
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(usual)
}

/// The first number of a row; `TIP_READER_SEED` asks for another row.
fn seed(usual: u64) -> u64 {
    usual
        ^ std::env::var("TIP_READER_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok())
            .unwrap_or(0)
}

#[test]
fn damaged_texts_pages_and_books_are_refused_or_give_a_sound_report() {
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/report.txt");
    let names = [
        "notes.md",
        "pandoc.html",
        "browser.html",
        "chromium.mhtml",
        "old-site.html",
        "word.html",
        "libreoffice.html",
        "pandoc.epub",
        "pandoc-2.epub",
        "libreoffice.epub",
    ];
    for path in names.map(golden).into_iter().chain([bundled]) {
        let whole = fs::read(&path).expect("a file");
        let mut random = Random(seed(0x2021 + whole.len() as u64));
        for _ in 0..rounds(150) {
            let bytes = damaged(&whole, &mut random);
            let Ok(document) = import::read_bytes(&path, &bytes, None, &mut |_, _| {}) else {
                continue;
            };
            let Ok(imported) =
                import::assemble::report(vec![document], "name", &Metadata::default())
            else {
                continue;
            };
            let text = snapshot::write(&imported.report).expect("writable");
            assert_eq!(
                snapshot::parse(&text).expect("a sound snapshot"),
                imported.report
            );
        }
    }
}

#[test]
fn a_damaged_snapshot_is_refused_or_exported_and_read_back_as_it_is() {
    let whole = include_bytes!("../../assets/report.ron");
    let mut random = Random(seed(0x2022));
    for _ in 0..rounds(500) {
        let bytes = damaged(whole, &mut random);
        let Ok(report) = snapshot::parse(&String::from_utf8_lossy(&bytes)) else {
            continue;
        };
        for format in [Format::Text, Format::Markdown, Format::Html, Format::Json] {
            let text = export::write(format, &report, &export::parts(&report, &[]), Some(40));
            assert!(!text.trim().is_empty(), "{format:?}");
        }
        let text = snapshot::write(&report).expect("writable");
        assert_eq!(snapshot::parse(&text).expect("a sound snapshot"), report);
    }
}

/// The library panics on some of these; what counts is that its panics are caught and that ours
/// do not happen: a child that panics ends with status 101.
#[test]
fn damaged_pdfs_end_well() {
    let folder = folder();
    let file = folder.path().join("damaged.pdf");
    let made = [
        "latex.pdf",
        "two-column.pdf",
        "chromium.pdf",
        "weasyprint.pdf",
        "styles-libreoffice.pdf",
    ];
    let made = made.map(|name| (name, fs::read(golden(name)).expect("a PDF"), 15));
    // Most of those is packed; of what is not, damage reaches all.
    let plain = ("plain.pdf", plain(), 150);
    for (name, whole, usual) in made.into_iter().chain([plain]) {
        assert!(
            import::read_bytes(Path::new(name), &whole, None, &mut |_, _| {}).is_ok(),
            "{name}"
        );
        let mut random = Random(seed(0x2023 + whole.len() as u64));
        for round in 0..rounds(usual) {
            fs::write(&file, damaged(&whole, &mut random)).expect("a file");
            let mut command = Command::new(env!("CARGO_BIN_EXE_tip-reader"));
            let output = command
                .arg("import-worker")
                .arg(&file)
                .stdin(Stdio::null())
                .output()
                .expect("run");
            if output.status.code() == Some(101) {
                let kept = std::env::temp_dir().join(format!("tip-reader-{name}-{round}"));
                fs::copy(&file, &kept).expect("kept");
                panic!("{} makes the importer panic", kept.display());
            }
            let said = String::from_utf8_lossy(&output.stdout);
            let is_answered = ["\"Done\"", "\"Refused\""]
                .iter()
                .any(|word| said.contains(word));
            assert!(
                is_answered || !output.status.success(),
                "{name}, {round}: {said}"
            );
        }
    }
}

/// A PDF that has all that is read of one, nothing of it packed.
fn plain() -> Vec<u8> {
    let content = "/P <</MCID 0/ActualText(Words)>> BDC BT /F 10 Tf 1 0 0 1 72 730 Tm (W) Tj ET EMC /Artifact BMC EMC BT /F 10 Tf 12 TL 1 0 0 1 72 700 Tm (Words of the first) Tj /B 10 Tf ( bold) Tj (line) ' 1 0 (more) \" ET \
        72 602 3 3 re f q 1 0 .3 1 0 -100 cm /X Do Q BT /Z 9 Tf 2 Tr 1 0 0 1 84 600 Tm [(An) -20 (item)] TJ 4 Ts (1) Tj ET";
    let form = paper::stream(
        "/Subtype/Form/BBox[0 0 9 9]/Matrix[1 0 0 1 0 -9]/Resources<</Font<</F 7 0 R>>>>",
        "BT /F 8 Tf 72 600 Td (In a form) Tj ET",
    );
    let page = "/Annots[8 0 R<</Subtype/Link/Rect[72 690 90 710]/QuadPoints[72 710 90 710 72 690 90 690]/A<</S/URI/URI(https://example.org/)>>>><</Subtype/Widget/V(field)>>]\
        /Resources<</Font<</F 3 0 R/B 7 0 R/Z 9 0 R>>/XObject<</X 6 0 R>>>>";
    let more = [
        form.as_str(),
        "<</Type/Font/Subtype/Type0/BaseFont/X-Bold/Encoding/Identity-H/DescendantFonts[<</Subtype/CIDFontType2/W[1 2 500 7[3]]/FontDescriptor<</Flags 4>>>>]>>",
        "<</Subtype/Link/Rect[100 690 140 710]/Dest(x)>>",
        "<</Type/Font/Subtype/Type3/FontMatrix[.01 0 0 .01 0 0]/CharProcs<<>>/Encoding<</Differences[65/A/B 90/C]>>/FirstChar 65/LastChar 67/Widths[60 60 60]>>",
        "<</First 11 0 R>>",
        "<</Title(Words of the first)/Dest(x)/First 12 0 R/Next 12 0 R>>",
        "<</Title<FEFF0041006E>/A<</S/GoTo/D[4 0 R/XYZ 72 610 0]>>>>",
    ];
    paper::drawn(
        "/StructTreeRoot<</RoleMap<</Q/P>>/K[<</S/L/K<</S/LI/K[0<</Type/MCR/Pg 4 0 R/MCID 1>>]>>>>]>>/PageLabels<</Nums[0<</S/r/P(A)/St 2>>]>>/Outlines 10 0 R/Names<</Dests<</Kids[<</Names[(x)<</D[4 0 R/FitH 702]>>]>>]>>>>",
        page,
        content,
        &more,
    )
}
