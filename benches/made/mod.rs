//! Large reports that are the same at every run: 200 sections, 24,000 paragraphs, 4.4 MB. One with
//! words as often as English has them, typographic marks, some diacritics and a few rare words;
//! one in Vietnamese, each letter followed by its marks.

use unicode_normalization::UnicodeNormalization;

use tip_reader::report::{Block, BlockKind, FORMAT, Report, Section, outline::Outline};

const SECTIONS: usize = 200;
const PARAGRAPHS: usize = 24_000;

/// A word of one paragraph, near the end.
pub const RARE: &str = "quixotically";

/// Words, the most frequent first.
const WORDS: &str = "the of and to in a that is for government trafficking victims by with on as or not reported did were their from \
    which at this it are human labor officials an persons law who be was have has its country victim authorities police \
    including services forced children sex some under through into other prosecution protection prevention during foreign \
    percent all between workers efforts national investigated report crimes previous convicted access more year’s migrant \
    assistance international organizations traffickers employers recruitment women girls exploitation work provided identified \
    cases shelter training courts judges prosecutors penalties years imprisonment anti–trafficking awareness campaign hotline \
    inequity communities individuals vulnerable discrimination policy measures sufficient resources capacity procedures screening \
    embassies domestic servitude debt coercion fraud documents passports wages agencies brokers fishing agriculture construction \
    mining garment factories brick kilns begging camps refugees displaced armed groups soldiers corruption complicity allegations \
    investigations sentences fines suspended acquitted appeals legislation amended ratified protocol convention “zero tolerance” \
    Côte d’Ivoire São Tomé naïve façade coöperation";

/// Words of Vietnamese, the most frequent first.
const VIETNAMESE: &str = "và của các là có người được cho trong không với một những đã này để về buôn bán nạn nhân chính phủ năm báo cáo \
    quốc gia trẻ em phụ nữ lao động cưỡng bức tình dục bóc lột bảo vệ truy tố phòng ngừa điều tra hợp tác quyền hạn ngày tháng nước ngoài \
    Việt Nam Đà Nẵng Hà Nội hỗ trợ đường dây nóng nghiên cứu thống kê cảnh sát biên giới tòa án hình phạt";

/// Numbers that look like chance and are always the same (xorshift64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// Makes the report in English.
pub fn report() -> Report {
    of_words(&WORDS.split_whitespace().collect::<Vec<_>>())
}

/// Makes the report in Vietnamese.
#[allow(dead_code, reason = "not all that use this file need it")]
pub fn vietnamese() -> Report {
    let words: String = VIETNAMESE.nfd().collect();
    of_words(&words.split_whitespace().collect::<Vec<_>>())
}

fn of_words(words: &[&str]) -> Report {
    let mut chance = Chance(0x7e57_0001);
    let each = PARAGRAPHS / SECTIONS;
    let section = |number: usize, chance: &mut Chance| Section {
        title: format!("Country {number} (Tier {})", 1 + number % 3),
        level: if number.is_multiple_of(10) { 1 } else { 2 },
        blocks: (0..each)
            .map(|index| block(words, number * each + index, chance))
            .collect(),
        ..Section::default()
    };
    let mut report = Report {
        format: FORMAT,
        id: "made".into(),
        title: "A made report".into(),
        author: "Nobody".into(),
        source: "a seeded generator".into(),
        language: "en-US".into(),
        old_ids: Vec::new(),
        sections: (0..SECTIONS)
            .map(|number| section(number, &mut chance))
            .collect(),
        ..Report::default()
    };
    let ids = Outline::of(&report).ids();
    for (section, id) in report.sections.iter_mut().zip(ids) {
        section.id = id;
    }
    report
}

fn block(words: &[&str], number: usize, chance: &mut Chance) -> Block {
    let mut text = String::new();
    let length = 60 + chance.below(240);
    while text.len() < length {
        // The smaller of two numbers: frequent words come first.
        let at = chance
            .below(words.len())
            .min(chance.below(words.len()))
            .min(chance.below(words.len()));
        text.push_str(words.get(at).copied().unwrap_or_default());
        text.push(' ');
    }
    if number == PARAGRAPHS - 700 {
        text.push_str(RARE);
    }
    Block {
        kind: BlockKind::Paragraph,
        text: text.trim_end().to_owned(),
        spans: Vec::new(),
        depth: 0,
    }
}
