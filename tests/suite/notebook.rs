//! The notebook in memory: what it takes from the disk, how edits join, and what a filter shows.

use tip_reader::{
    edition::anchor::Resolution,
    notebook::{
        Change, Entry, Notebook, Saved,
        annotation::Annotation,
        filter::{Filter, haystack},
        review::{Decision, Verdict},
    },
    report::snapshot,
};

use crate::store::note;

fn named(id: &str, text: &str) -> Annotation {
    Annotation {
        id: id.into(),
        ..note(text)
    }
}

fn texts(notebook: &Notebook) -> Vec<&str> {
    let entries = notebook.entries().iter();
    entries
        .map(|entry| entry.annotation.text.as_str())
        .collect()
}

#[test]
fn notes_of_another_report_are_not_shown() {
    let elsewhere = Annotation {
        report: "another".into(),
        ..named("b", "theirs")
    };
    let mut notebook = Notebook::default();
    notebook.replace(vec![named("a", "ours"), elsewhere], &snapshot::bundled());
    assert_eq!(texts(&notebook), ["ours"]);
}

#[test]
fn a_note_that_is_not_saved_yet_is_not_replaced_by_its_old_file() {
    let report = snapshot::bundled();
    let mut notebook = Notebook::default();
    let (old, new) = (named("a", "old"), named("a", "new"));
    notebook.replace(vec![old.clone()], &report);
    let edit = Change::Edit {
        old: old.clone(),
        new,
    };
    notebook.make(&edit, &report);
    notebook.replace(vec![old], &report);
    assert_eq!(texts(&notebook), ["new"]);
}

#[test]
fn only_a_saved_note_is_marked_as_vanished() {
    let report = snapshot::bundled();
    let mut notebook = Notebook::default();
    notebook.replace(vec![named("saved", "")], &report);
    notebook.make(&Change::Add(named("pending", "")), &report);
    let ids = ["saved", "pending", "unknown"].map(str::to_owned);
    assert_eq!(notebook.mark(&ids, &Saved::Vanished), 1);
    let state = |id| notebook.entry(id).map(|entry| entry.saved.clone());
    assert_eq!(state("saved"), Some(Saved::Vanished));
    assert_eq!(state("pending"), Some(Saved::Pending));
}

#[test]
fn an_undo_takes_an_addition_and_the_edit_right_after_it_together_and_no_other_edit() {
    let report = snapshot::bundled();
    for (edited, left) in [("a", vec![]), ("b", vec!["first", "second"])] {
        let mut notebook = Notebook::default();
        notebook.make(&Change::Add(named("b", "second")), &report);
        notebook.make(&Change::Add(named("a", "first")), &report);
        let old = notebook.entry(edited).expect("there").annotation.clone();
        let new = Annotation {
            text: "edited".into(),
            ..old.clone()
        };
        notebook.make(&Change::Edit { old, new }, &report);
        notebook.join_last_edit();
        notebook.undo(&report).expect("a change");
        let left = if edited == "a" { vec!["second"] } else { left };
        assert_eq!(texts(&notebook), left, "{edited}");
    }
}

#[test]
fn a_review_of_another_edition_or_report_does_not_count() {
    let report = snapshot::bundled();
    let a = named("a", "");
    let here = Decision::new(&a, "e", Verdict::Gone, String::new());
    let of_another_report = Decision {
        report: "another".into(),
        ..here.clone()
    };
    let of_another_edition = Decision {
        edition: "f".into(),
        ..here.clone()
    };
    for (decision, counts) in [
        (here, true),
        (of_another_report, false),
        (of_another_edition, false),
    ] {
        let mut notebook = Notebook::default();
        notebook.replace(vec![a.clone()], &report);
        notebook.take_decisions(vec![decision], |hash| hash == "e", &report);
        assert_eq!(notebook.entries()[0].is_reviewed, counts);
    }
}

#[test]
fn a_filter_shows_drafts_as_drafts_alone_and_orphans_by_their_old_section() {
    let report = snapshot::bundled();
    let mut lost = named("a", "text");
    lost.anchor.quote = "words that no report has".into();
    lost.anchor.start.section = "a-lost-section".into();
    let entry: Entry = Notebook::draft_entry(&lost, &report);
    assert!(entry.needs_review());
    let is_wanted = |filter: &str, is_draft| {
        Filter::parse(filter, &report).wants(&entry, &haystack(&entry), is_draft, &report)
    };
    for filter in ["is:note", "is:review"] {
        assert!(
            is_wanted(filter, false) && !is_wanted(filter, true),
            "{filter}"
        );
    }
    assert!(!is_wanted("is:draft", false) && is_wanted("is:draft", true));
    assert!(is_wanted("section:a-lost", false) && is_wanted("section:a-lost", true));
    assert!(!is_wanted("section:", false) && !is_wanted("section:2", false));
}

#[test]
fn a_place_that_was_found_for_another_passage_does_not_count() {
    let report = snapshot::bundled();
    let a = named("a", "");
    let mut other = a.anchor.clone();
    other.quote.push('x');
    for (anchor, name) in [(other, "exact"), (a.anchor.clone(), "orphaned")] {
        let mut notebook = Notebook::default();
        notebook.replace(vec![a.clone()], &report);
        notebook.take_found(vec![("a".into(), anchor, Resolution::Orphaned)], &report);
        assert_eq!(notebook.entries()[0].resolution.name(), name);
    }
}
