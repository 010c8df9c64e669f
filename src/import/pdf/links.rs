//! Links of a PDF: areas of its pages that lead to an address or to another page (ISO 32000,
//! 12.5.6.5).

use std::collections::HashMap;

use pdf_extract::{Dictionary, Document as Pdf, Object, ObjectId};

use super::{
    destinations::{Destination, Destinations},
    lines::Line,
    page::Area,
    text_string,
};
use crate::import::link;

/// Most areas of a document.
const MOST_AREAS: usize = 200_000;
/// Most areas of a page.
const MOST_OF_PAGE: usize = 2_000;
/// Most different targets of a document.
const MOST_TARGETS: usize = 20_000;

/// What links lead to.
#[derive(Default)]
pub struct Targets {
    /// In the order of their numbers, which count from 1.
    pub all: Vec<String>,
    numbers: HashMap<String, u16>,
    /// Names of the places within the document that links lead to.
    places: Vec<(String, Destination)>,
    /// How many areas were read.
    areas: usize,
}

impl Targets {
    /// The areas of a page.
    pub fn areas(&mut self, pdf: &Pdf, places: &Destinations<'_>, page: ObjectId) -> Vec<Area> {
        let annotations = pdf
            .get_dictionary(page)
            .and_then(|page| page.get_deref(b"Annots", pdf))
            .and_then(Object::as_array);
        let mut areas = Vec::new();
        for annotation in annotations.map(Vec::as_slice).unwrap_or_default() {
            let Ok((_, Object::Dictionary(annotation))) = pdf.dereference(annotation) else {
                continue;
            };
            let is_link = annotation
                .get(b"Subtype")
                .is_ok_and(|kind| matches!(kind.as_name(), Ok(b"Link")));
            if !is_link || areas.len() >= MOST_OF_PAGE || self.areas >= MOST_AREAS {
                continue;
            }
            if let Some(link) = self.target(pdf, places, annotation) {
                areas.extend(rectangles(pdf, annotation).into_iter().map(
                    |[left, bottom, right, top]| Area {
                        left,
                        right,
                        bottom,
                        top,
                        link,
                    },
                ));
            }
        }
        self.areas += areas.len();
        areas
    }

    fn target(
        &mut self,
        pdf: &Pdf,
        places: &Destinations<'_>,
        annotation: &Dictionary,
    ) -> Option<u16> {
        if let Some(place) = places.led_to(annotation) {
            let name = format!(
                "page-{}-{:.0}-{:.0}",
                place.page,
                place.left.unwrap_or(0.0),
                place.top.unwrap_or(0.0)
            );
            let known = self.numbers.len();
            let number = self.number(format!("#{name}"))?;
            if self.numbers.len() > known {
                self.places.push((name, place));
            }
            return Some(number);
        }
        let action = annotation.get_deref(b"A", pdf).ok()?.as_dict().ok()?;
        let address = text_string(action.get_deref(b"URI", pdf).ok()?.as_str().ok()?);
        self.number(link::resolve(&address, None)?)
    }

    fn number(&mut self, target: String) -> Option<u16> {
        if let Some(number) = self.numbers.get(&target) {
            return Some(*number);
        }
        let number = u16::try_from(self.all.len() + 1)
            .ok()
            .filter(|_| self.all.len() < MOST_TARGETS)?;
        self.all.push(target.clone());
        self.numbers.insert(target, number);
        Some(number)
    }

    /// Whether a link leads to a place of the document.
    pub fn is_within(&self, link: u16) -> bool {
        usize::from(link)
            .checked_sub(1)
            .and_then(|at| self.all.get(at))
            .is_some_and(|target| target.starts_with('#'))
    }

    /// Names of link targets by line.
    pub fn names(&self, lines: &[Line]) -> HashMap<usize, Vec<String>> {
        let mut names: HashMap<usize, Vec<String>> = HashMap::new();
        for (name, place) in &self.places {
            if let Some(at) = line_at(lines, *place) {
                names.entry(at).or_default().push(name.clone());
            }
        }
        names
    }
}

/// The line that begins at a place of its page, or below it in its column; else the first after it.
fn line_at(lines: &[Line], place: Destination) -> Option<usize> {
    let start = lines.partition_point(|line| line.page < place.page);
    let end = lines.partition_point(|line| line.page <= place.page);
    let page = (start..).zip(lines.get(start..end)?);
    let Some(top) = place.top else {
        return Some(start).filter(|start| *start < lines.len());
    };
    let is_beside = |line: &Line| place.left.is_none_or(|left| left < line.column.1);
    let below = page.filter(|(_, line)| line.run.y <= top + 1.0 && is_beside(line));
    // Destinations are hardly ever below the top of what they are of.
    let distance = |line: &Line| {
        let above = top - line.run.y - line.run.size * 0.8;
        if above < 0.0 { -2.0 * above } else { above }
    };
    let nearest = below
        .min_by(|(_, one), (_, other)| distance(one).total_cmp(&distance(other)))
        .map(|(at, _)| at);
    nearest.or(Some(end).filter(|end| *end < lines.len()))
}

/// Where a link is: a rectangle for each of its lines, if given.
fn rectangles(pdf: &Pdf, annotation: &Dictionary) -> Vec<[f64; 4]> {
    let numbers = |key: &[u8]| -> Vec<f64> {
        let array = annotation
            .get_deref(key, pdf)
            .and_then(Object::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        array
            .iter()
            .filter_map(|number| number.as_float().ok())
            .map(f64::from)
            .collect()
    };
    let around = |corners: &[f64]| {
        let (xs, ys) = (corners.iter().step_by(2), corners.iter().skip(1).step_by(2));
        let least =
            |values: &mut dyn Iterator<Item = &f64>| values.copied().fold(f64::INFINITY, f64::min);
        let most = |values: &mut dyn Iterator<Item = &f64>| {
            values.copied().fold(f64::NEG_INFINITY, f64::max)
        };
        [
            least(&mut xs.clone()),
            least(&mut ys.clone()),
            most(&mut xs.clone()),
            most(&mut ys.clone()),
        ]
    };
    let quads: Vec<[f64; 4]> = numbers(b"QuadPoints").chunks_exact(8).map(around).collect();
    if quads.is_empty() {
        numbers(b"Rect").chunks_exact(4).map(around).collect()
    } else {
        quads
    }
}
