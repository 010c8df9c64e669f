//! Aligns the blocks of two editions whose sections are aligned. No order is asked for.

use std::collections::HashMap;

use super::{Partner, RecordHome, side::Side};

/// Blocks of each side that are equal in some way, in reading order.
type Equal = (Vec<usize>, Vec<usize>);

/// For each old block the new one with the same words that it became.
pub fn images(
    old: &Side,
    new: &Side,
    partners: &[Option<Partner>],
    old_records: &[RecordHome],
    new_records: &[Option<usize>],
) -> Vec<Option<usize>> {
    let mut images = Images {
        images: vec![None; old.blocks.len()],
        is_taken: vec![false; new.blocks.len()],
    };
    for (section, partner) in partners.iter().enumerate() {
        if let Some(partner) = partner {
            images.take_section((old, section), (new, partner.section));
        }
    }
    let in_record = |at: usize| match old_records.get(*old.homes.get(at)?)? {
        RecordHome::At { section, .. } => Some(*section),
        _ => None,
    };
    let new_record = |at: usize| new_records.get(*new.homes.get(at)?).copied().flatten();
    images.take_left_once(
        |at| Some((in_record(at)?, *old.blocks.get(at)?)),
        |at| Some((new_record(at)?, *new.blocks.get(at)?)),
    );
    let once = |side: &Side, at: usize| {
        let kind = *side.blocks.get(at)?;
        (old.count(kind) == 1 && new.count(kind) == 1).then_some((0, kind))
    };
    images.take_left_once(|at| once(old, at), |at| once(new, at));
    images.images
}

struct Images {
    images: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

impl Images {
    fn pair(&mut self, old: &[usize], new: &[usize]) {
        for (old, new) in old.iter().zip(new) {
            if let (Some(image), Some(is_taken)) =
                (self.images.get_mut(*old), self.is_taken.get_mut(*new))
            {
                (*image, *is_taken) = (Some(*new), true);
            }
        }
    }

    /// Equal blocks that are as many on both sides; of others those between equal neighbours.
    fn take_section(&mut self, (old, from): (&Side, usize), (new, to): (&Side, usize)) {
        let mut equal: HashMap<u32, Equal> = HashMap::new();
        for at in old.blocks_of(from) {
            let kind = old.blocks.get(at).copied().unwrap_or_default();
            equal.entry(kind).or_default().0.push(at);
        }
        for at in new.blocks_of(to) {
            let kind = new.blocks.get(at).copied().unwrap_or_default();
            if let Some(equal) = equal.get_mut(&kind) {
                equal.1.push(at);
            }
        }
        for (a, b) in equal.into_values() {
            if a.len() == b.len() {
                self.pair(&a, &b);
                continue;
            }
            let mut between: HashMap<[Option<u32>; 2], Equal> = HashMap::new();
            for at in a {
                between
                    .entry(neighbours(old, from, at))
                    .or_default()
                    .0
                    .push(at);
            }
            for at in b {
                between
                    .entry(neighbours(new, to, at))
                    .or_default()
                    .1
                    .push(at);
            }
            let as_many = between.into_values().filter(|(a, b)| a.len() == b.len());
            as_many.for_each(|(a, b)| self.pair(&a, &b));
        }
    }

    /// What is left once on both sides under the same name.
    fn take_left_once(
        &mut self,
        old: impl Fn(usize) -> Option<(usize, u32)>,
        new: impl Fn(usize) -> Option<(usize, u32)>,
    ) {
        let mut left: HashMap<(usize, u32), Equal> = HashMap::new();
        for (at, _) in self
            .images
            .iter()
            .enumerate()
            .filter(|(_, image)| image.is_none())
        {
            if let Some(name) = old(at) {
                left.entry(name).or_default().0.push(at);
            }
        }
        for (at, _) in self
            .is_taken
            .iter()
            .enumerate()
            .filter(|(_, is_taken)| !**is_taken)
        {
            if let Some(equal) = new(at).and_then(|name| left.get_mut(&name)) {
                equal.1.push(at);
            }
        }
        let once = left
            .into_values()
            .filter(|(a, b)| a.len() == 1 && b.len() == 1);
        once.for_each(|(a, b)| self.pair(&a, &b));
    }
}

/// The blocks before and after one in its section.
fn neighbours(side: &Side, section: usize, at: usize) -> [Option<u32>; 2] {
    let own = side.blocks_of(section);
    let kind = |at: usize| side.blocks.get(at).copied().filter(|_| own.contains(&at));
    [at.checked_sub(1).and_then(kind), kind(at + 1)]
}
