//! Texts for the tests, as words that know where they come from: generated prose, country
//! chapters made of the same sentences, Hebrew, Arabic and Chinese.

use tip_reader::report::{Block, BlockKind, Report, Section, snapshot};

/// A generator that gives the same numbers everywhere (SplitMix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.roll(100) < percent
    }

    /// Low numbers far more often than high ones, as words are.
    pub fn common(&mut self, below: usize) -> usize {
        let fraction = self.roll(1_000_000) as f64 / 1e6;
        ((below as f64).powf(fraction) as usize).min(below - 1)
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }
}

/// A word with the marks behind it, and which word of the first edition it was or replaces.
#[derive(Clone, PartialEq)]
pub struct Token {
    pub text: String,
    pub origin: Option<usize>,
    /// Whether it is still that word.
    pub is_kept: bool,
}

#[derive(Clone)]
pub struct Chapter {
    pub id: String,
    pub blocks: Vec<Vec<Token>>,
}

#[derive(Clone)]
pub struct Text {
    pub chapters: Vec<Chapter>,
    /// The text between two words.
    pub gap: &'static str,
    pub next: usize,
    /// Words of blocks that equal others where they are now.
    pub torn: std::collections::BTreeSet<usize>,
}

impl Text {
    fn new(gap: &'static str) -> Self {
        Self {
            chapters: Vec::new(),
            gap,
            next: 0,
            torn: Default::default(),
        }
    }

    fn push(&mut self, id: &str, blocks: Vec<Vec<String>>) {
        let mut token = |text: String| {
            self.next += 1;
            Token {
                text,
                origin: Some(self.next - 1),
                is_kept: true,
            }
        };
        let blocks = blocks
            .into_iter()
            .map(|block| block.into_iter().map(&mut token).collect())
            .collect();
        self.chapters.push(Chapter {
            id: id.into(),
            blocks,
        });
    }

    pub fn report(&self) -> Report {
        let block = |tokens: &Vec<Token>| Block {
            kind: BlockKind::Paragraph,
            text: tokens
                .iter()
                .map(|token| token.text.as_str())
                .collect::<Vec<_>>()
                .join(self.gap),
            spans: Vec::new(),
            depth: 0,
        };
        let section = |chapter: &Chapter| Section {
            id: chapter.id.clone(),
            title: chapter.id.clone(),
            level: 1,
            blocks: chapter.blocks.iter().map(block).collect(),
            ..Section::default()
        };
        Report {
            id: "sample".into(),
            sections: self.chapters.iter().map(section).collect(),
            ..snapshot::bundled()
        }
    }
}

pub fn bundled() -> Text {
    let mut text = Text::new(" ");
    for section in snapshot::bundled().sections {
        let blocks = section
            .blocks
            .iter()
            .map(|block| words(&block.text))
            .collect();
        text.push(&section.id, blocks);
    }
    text
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

fn sentence(dice: &mut Dice, vocabulary: &[String], end: &str) -> Vec<String> {
    let mut sentence: Vec<String> = (0..6 + dice.roll(18))
        .map(|_| vocabulary[dice.common(vocabulary.len())].clone())
        .collect();
    if dice.chance(25) {
        sentence.push((1 + dice.roll(2_000)).to_string());
    }
    sentence.last_mut().expect("words").push_str(end);
    sentence
}

fn paragraphs(dice: &mut Dice, count: usize, vocabulary: &[String], end: &str) -> Vec<Vec<String>> {
    let mut block = || {
        (0..2 + dice.roll(5))
            .flat_map(|_| sentence(dice, vocabulary, end))
            .collect()
    };
    (0..count).map(|_| block()).collect()
}

fn invented(dice: &mut Dice, count: usize, syllables: &[&str]) -> Vec<String> {
    (0..count)
        .map(|index| {
            (0..1 + index.min(400) / 200 + dice.roll(3))
                .map(|_| *dice.pick(syllables))
                .collect()
        })
        .collect()
}

pub fn prose(dice: &mut Dice) -> Text {
    const SYLLABLES: &[&str] = &[
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro", "su",
        "ta", "ve", "wi", "xo", "zu",
    ];
    let vocabulary = invented(dice, 4_000, SYLLABLES);
    let mut text = Text::new(" ");
    for chapter in 0..12 {
        let blocks = paragraphs(dice, 25, &vocabulary, ".");
        text.push(&format!("chapter-{chapter}"), blocks);
    }
    text
}

/// Words of the language itself, drawn at random.
pub fn foreign(dice: &mut Dice, language: &str) -> Text {
    let (gap, end, from) = match language {
        "hebrew" => (
            " ",
            ".",
            "הדו״ח על סחר בבני אדם מתאר את מאמצי הממשלה להגן הקורבנות ולהעמיד לדין עבריינים במהלך השנה האחרונה מספר חקירות נפתחו בתי משפט גזרו עונשים כבדים יותר אך המדינה לא סיפקה שירותים מספיקים לניצולים זרים עובדים מהגרים נשים ילדים חוק חדש תקציב משטרה עדיין חסרים",
        ),
        "arabic" => (
            " ",
            ".",
            "التقرير عن الاتجار بالأشخاص يصف جهود الحكومة في حماية الضحايا وملاحقة الجناة خلال السنة الماضية عدد التحقيقات ارتفع وأصدرت المحاكم أحكاما أشد لكن الدولة لم تقدم خدمات كافية للناجين الأجانب العمال المهاجرين النساء الأطفال قانون جديد ميزانية الشرطة لا تزال ناقصة",
        ),
        _ => (
            "",
            "。",
            "报告描述了政府在保护受害者和起诉罪犯方面的努力过去一年调查数量增加法院判处更重刑罚但国家没有为外国幸存者提供足够服务移民工人妇女儿童新法预算警察仍然不足打击贩运人口行动计划培训官员识别转介机制庇护所资金合作组织民间社会",
        ),
    };
    let own: Vec<String> = match language {
        "chinese" => from.chars().map(String::from).collect(),
        _ => words(from),
    };
    let vocabulary: Vec<String> = match language {
        "chinese" => own.clone(),
        // Prefixes and suffixes make the few words many.
        _ => own
            .iter()
            .cycle()
            .take(own.len() * 8)
            .enumerate()
            .map(|(index, word)| {
                format!(
                    "{word}{}",
                    own[index * 7 % own.len()]
                        .chars()
                        .take(index / own.len())
                        .collect::<String>()
                )
            })
            .collect(),
    };
    let mut text = Text::new(gap);
    for chapter in 0..6 {
        let blocks = paragraphs(dice, 20, &vocabulary, end);
        text.push(&format!("chapter-{chapter}"), blocks);
    }
    text
}

const COUNTRIES: &[&str] = &[
    "Afghanistan",
    "Albania",
    "Algeria",
    "Angola",
    "Argentina",
    "Armenia",
    "Austria",
    "Bahrain",
    "Belize",
    "Bolivia",
    "Botswana",
    "Brazil",
    "Bulgaria",
    "Cambodia",
    "Cameroon",
    "Chad",
    "Chile",
    "Colombia",
    "Cuba",
    "Cyprus",
    "Ecuador",
    "Egypt",
    "Eritrea",
    "Estonia",
    "Fiji",
    "Finland",
    "Gabon",
    "Georgia",
    "Ghana",
    "Guyana",
];

/// One line a paragraph of a country's chapter; `{a|b}` is a choice, `#` a number, `@` the
/// country.
const CHAPTER: &[&str] = &[
    "The Government of @ does not fully meet the minimum standards for the elimination of trafficking {but is making significant efforts to do so|and is not making sufficient efforts to do so}. The government demonstrated {overall increasing|mixed|limited} efforts compared to the previous reporting period, considering the impact of the pandemic on its anti-trafficking capacity; therefore @ {remained on Tier 2|was upgraded to Tier 2|was downgraded to Tier 3}. These efforts included {convicting more traffickers|identifying more victims|opening a shelter|adopting a national action plan}.",
    "PRIORITIZED RECOMMENDATIONS:",
    "Increase efforts to {proactively identify|screen for|refer} victims among {migrants|children|sex workers|domestic workers}, and provide them with {adequate|long-term|specialized} care. Vigorously investigate and prosecute alleged traffickers, including {complicit officials|recruiters|employers}, and seek {adequate|significant} penalties for convicted traffickers.",
    "PROSECUTION",
    "The government {increased|decreased|maintained} law enforcement efforts. Article # of the penal code criminalized sex trafficking and labor trafficking and prescribed penalties of # to # years’ imprisonment. These penalties were sufficiently stringent and, with respect to sex trafficking, commensurate with those prescribed for other serious crimes, such as {rape|kidnapping}.",
    "Authorities investigated # cases, compared with # the previous year, prosecuted # suspects and convicted # traffickers in {regional|district|federal} courts. Courts sentenced {most|some|all} of them to between # and # years’ imprisonment. The government {did not report|reported} any investigations, prosecutions, or convictions of government employees complicit in human trafficking offenses.",
    "PROTECTION",
    "The government {increased|decreased|maintained} protection efforts. Officials identified # victims, including # women, # children and # men, compared with # victims in the previous year, and referred {all|most|few} of them to care. Of these, # were exploited in {agriculture|construction|domestic work|mining} and # in sex trafficking.",
    "The government funded # shelters, which offered {medical care|legal aid|vocational training|counseling}; observers reported that {services remained inadequate|facilities were overcrowded|staff lacked training}, particularly for {male|child|foreign|rural} victims. NGOs provided {most|some} of the services without state funding.",
    "PREVENTION",
    "The government {increased|decreased|maintained} efforts to prevent trafficking. The {inter-ministerial committee|national council|task force} met # times and {drafted|approved|implemented} a national action plan for the coming years. Authorities conducted # awareness campaigns for {students|officials|workers|tourists}. The government {made|did not make} efforts to reduce the demand for commercial sex acts.",
    "TRAFFICKING PROFILE:",
    "As reported over the past five years, human traffickers exploit domestic and foreign victims in @, and traffickers exploit victims from @ abroad. Traffickers exploit women and children from {rural areas|neighboring countries|poor families} in sex trafficking in {the capital|tourist areas|mining towns|border regions}, and men in forced labor in {construction|fishing|agriculture|factories}.",
];

pub fn country_chapter(dice: &mut Dice, country: &str) -> Vec<Vec<String>> {
    CHAPTER
        .iter()
        .map(|line| words(&filled(dice, line, country)))
        .collect()
}

/// Another country's paragraph that fits anywhere.
///
/// It never says the same as the paragraphs beside it: then it would be one of them, changed.
pub fn country_paragraph(dice: &mut Dice, index: usize) -> Vec<String> {
    let country = *dice.pick(COUNTRIES);
    let line = CHAPTER[(index + 4 + dice.roll(CHAPTER.len() - 7)) % CHAPTER.len()];
    words(&filled(dice, line, country))
}

fn filled(dice: &mut Dice, line: &str, country: &str) -> String {
    let mut text = String::new();
    for part in line.split_inclusive('}') {
        let (plain, choice) = part.split_once('{').unwrap_or((part, ""));
        text.push_str(plain);
        let choices: Vec<&str> = choice.trim_end_matches('}').split('|').collect();
        text.push_str(dice.pick::<&str>(&choices));
    }
    let mut numbered = String::new();
    for character in text.chars() {
        match character {
            '#' => numbered.push_str(&(2 + dice.roll(300)).to_string()),
            '@' => numbered.push_str(country),
            other => numbered.push(other),
        }
    }
    numbered
}

pub fn countries(dice: &mut Dice) -> Text {
    let mut text = Text::new(" ");
    for country in COUNTRIES {
        let blocks = country_chapter(dice, country);
        text.push(&country.to_lowercase(), blocks);
    }
    text
}
