//! Links of a PDF: areas of its pages that lead to an address or to another page (ISO 32000,
//! 12.5.6.5).

use std::collections::HashMap;

use hayro_interpret::kurbo::{Affine, Point};
use hayro_syntax::{
    object::{Array, Dict, Name, Object},
    page::Page,
};

use super::{
    destinations::{Destination, Destinations},
    lines::Line,
    page::Area,
    space, text_of,
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
    pub fn areas<'a>(&mut self, page: &Page<'a>, places: &Destinations<'a>) -> Vec<Area> {
        let annotations = page.raw().get::<Array<'a>>("Annots").unwrap_or_default();
        let space = space(page);
        let mut areas = Vec::new();
        for annotation in annotations.iter::<Dict<'a>>() {
            let kind = annotation.get::<Name<'_>>("Subtype");
            let is_link = kind.is_some_and(|kind| *kind == *b"Link");
            if !is_link || areas.len() >= MOST_OF_PAGE || self.areas >= MOST_AREAS {
                continue;
            }
            if let Some(link) = self.target(places, &annotation) {
                areas.extend(rectangles(&annotation, space, link));
            }
        }
        self.areas += areas.len();
        areas
    }

    fn target<'a>(&mut self, places: &Destinations<'a>, annotation: &Dict<'a>) -> Option<u16> {
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
        let action = annotation.get::<Dict<'_>>("A")?;
        let address = text_of(action.get::<Object<'_>>("URI")?)?;
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
fn rectangles(annotation: &Dict<'_>, space: Affine, link: u16) -> Vec<Area> {
    let numbers = |key: &str| -> Vec<f64> {
        let array = annotation.get::<Array<'_>>(key).unwrap_or_default();
        array.iter::<f64>().take(8 * MOST_OF_PAGE).collect()
    };
    let around = |corners: &[f64]| {
        let points = corners.chunks_exact(2).filter_map(|pair| match pair {
            [x, y] => Some(space * Point::new(*x, *y)),
            _ => None,
        });
        let mut area = Area {
            left: f64::INFINITY,
            right: f64::NEG_INFINITY,
            bottom: f64::INFINITY,
            top: f64::NEG_INFINITY,
            link,
        };
        points.for_each(|point| area.reach(point.x, point.y));
        area
    };
    let quads: Vec<Area> = numbers("QuadPoints").chunks_exact(8).map(around).collect();
    if quads.is_empty() {
        numbers("Rect").chunks_exact(4).map(around).collect()
    } else {
        quads
    }
}
