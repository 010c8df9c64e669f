//! Reports for tests of this library.

use super::{Block, BlockKind, Report, Section, outline::Outline, snapshot};

/// Records below a chapter, and a chapter without.
pub fn countries() -> Report {
    nested(&[
        (1, "Method"),
        (1, "Narratives"),
        (2, "Côte d’Ivoire (Tier 2)"),
        (3, "Prosecution"),
        (3, "Protection"),
        (2, "Ghana"),
        (3, "Protection"),
        (4, "Shelters"),
    ])
}

/// The bundled report with other sections: levels and titles. Each has one paragraph with the
/// words of its title.
pub fn nested(sections: &[(u8, &str)]) -> Report {
    let ids = Outline::new(sections.iter().copied()).ids();
    let section = |(id, (level, title)): (String, &(u8, &str))| Section {
        id,
        title: (*title).into(),
        level: *level,
        blocks: vec![Block {
            kind: BlockKind::Paragraph,
            text: format!("Text of {title}."),
            spans: Vec::new(),
            depth: 0,
        }],
        ..Section::default()
    };
    Report {
        sections: ids.into_iter().zip(sections).map(section).collect(),
        ..snapshot::bundled()
    }
}
