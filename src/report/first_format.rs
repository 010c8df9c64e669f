//! Snapshots of format 1, which the first release wrote: flat ids, no edition, no pages.

use std::collections::HashMap;

use super::{FORMAT, Report, links, lookup::Lookup, position::Position};

/// Makes of a report of format 1 what a later one says of itself: ids by path, links to them, the
/// edition. Its own ids are kept beside, as notes of that time have them.
pub fn modernize(report: &mut Report) {
    let ids = report.outline().ids();
    let new_ids = report.sections.iter_mut().zip(ids);
    report.old_ids = new_ids
        .map(|(section, id)| std::mem::replace(&mut section.id, id))
        .collect();
    report.edition = report.published.clone().unwrap_or_else(|| "1".into());
    if report.author == "unknown" {
        report.author.clear();
    }
    report.format = FORMAT;
    let ids = report.old_ids.iter().cloned();
    let old: HashMap<String, usize> = ids.zip(0..).collect();
    links::retarget(report, |report, target| {
        let address = target.strip_prefix('#')?;
        let (name, block) = match address.rsplit_once(':') {
            Some((name, block)) => (name, Some(block.parse::<usize>().ok()?.checked_sub(1)?)),
            None => (address, None),
        };
        let number = name.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
        let section = number.or_else(|| old.get(name).copied())?;
        report.sections.get(section)?;
        let number = block.and_then(|block| report.number(Position::new(section, block, 0)));
        Some(links::to(report, section, number))
    });
    // What was worked out above is of links and ids as they were.
    report.lookup = Lookup::default();
}
