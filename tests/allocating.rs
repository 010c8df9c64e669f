//! What a search takes of memory: as much in a high window as in a low one.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on says why"
)]

#[path = "../benches/made/mod.rs"]
mod made;

mod common;

use std::sync::Arc;

use allocation_counter::measure;
use common::Desk;
use tip_reader::command::{key::Key, settings::Settings};

/// Allocations of each key of a search, pressed where all that it shows was laid out before.
fn allocations(rows: u16) -> Vec<u64> {
    let mut desk = Desk::open(
        made::report(),
        Arc::new(tempfile::tempdir().expect("a folder")),
        100,
        rows,
        Settings::default(),
    );
    let keys = Key::sequence("/ t h e Backspace e Enter n n N n").expect("keys");
    let press = |desk: &mut Desk| {
        let each = keys.iter().map(|&key| {
            measure(|| {
                desk.reader.press(key);
                while desk.reader.has_work() {
                    desk.reader.work();
                }
            })
            .count_total
        });
        each.collect::<Vec<u64>>()
    };
    press(&mut desk);
    let back = Key::sequence("g g").expect("keys");
    back.into_iter().for_each(|key| desk.reader.press(key));
    press(&mut desk)
}

#[test]
fn searching_allocates_nothing_for_each_line_of_the_screen() {
    let (low, high) = (allocations(20), allocations(400));
    for (key, (low, high)) in low.iter().zip(&high).enumerate() {
        // The list of the rows that are shown grows a few times.
        assert!(
            *high <= low + 8,
            "key {key}: {low} allocations in 20 rows, {high} in 400"
        );
    }
}
