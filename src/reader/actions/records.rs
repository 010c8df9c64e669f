//! Records: the same field of the next one, the list of all, one field of all.

use crate::{
    command::{Command, Context},
    notebook::records::{self, NoSameField},
    reader::{
        layers::{Layer, collection::Collection, record_list::RecordList},
        parts::Parts,
    },
    text::wording,
};

/// Skipped records that are named.
const NAMED: usize = 3;

impl Parts {
    /// Goes to the same field of another record, so many further on; backward where negative.
    pub(crate) fn next_record(&mut self, by: isize) {
        let here = self.viewport.cursor().section;
        let found = match records::same_field(here, by, &self.report) {
            Ok(found) => found,
            Err(why) => return self.say_no_record(why, here, by),
        };
        self.go_to_section(found.section);
        let outline = self.report.outline();
        let path = outline.titles(found.section).join(" › ");
        let name = |&record: &usize| outline.name(record).to_owned();
        let mut names: Vec<String> = found.skipped.iter().take(NAMED).map(name).collect();
        match found.skipped.len() {
            0 => return self.say(format!("{path}.")),
            count if count > NAMED => names.push(format!("{} more", count - NAMED)),
            _ => {}
        }
        self.say(format!("Skipped {}, without this field.", names.join(", ")));
    }

    fn say_no_record(&mut self, why: NoSameField, here: usize, by: isize) {
        let outline = self.report.outline();
        self.say(match why {
            NoSameField::NoRecords => format!("{}.", no_records()),
            NoSameField::Outside => {
                "This section is in no record; `:records` lists them.".to_owned()
            }
            NoSameField::AtEnd => format!(
                "No {} record has {}.",
                if by < 0 { "earlier" } else { "further" },
                outline.name(here)
            ),
        });
    }

    /// The list of all records, those of a facet or with words of their paths where some are given.
    pub(crate) fn list_records(&mut self, filter: &str) -> Option<Layer> {
        if self.report.records().groups().is_empty() {
            self.say(format!("{}.", no_records()));
            return None;
        }
        Some(RecordList::new(filter, self).into())
    }

    /// One field of all records; the last one collected where none is named.
    pub(crate) fn collect(&mut self, field: &str) -> Option<Layer> {
        if field.is_empty() {
            if let Some(last) = self.reports.collected.take() {
                return Some(last.into());
            }
            let fields = records::fields(&self.report);
            let said = match fields.is_empty() {
                true => format!("{}.", no_records()),
                false => format!("`:collect` takes a field: {}.", fields.join(", ")),
            };
            self.say(said);
            return None;
        }
        match records::field_named(field, &self.report) {
            Ok(field) => {
                let back = self.key(Command::Cancel);
                let collection = Collection::of_field(&field, self);
                let go = self.keymap.shown(Command::Accept, Context::Collection);
                self.say(format!(
                    "{}; {go} goes to the source, {back} returns.",
                    collection.heading()
                ));
                Some(collection.into())
            }
            Err(error) => {
                self.warn(format!("{}.", wording::capitalized(&error.to_string())));
                None
            }
        }
    }
}

fn no_records() -> String {
    wording::capitalized(&records::FieldError::NoRecords.to_string())
}
