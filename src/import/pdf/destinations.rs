//! Where titles and links of a PDF lead: destinations (ISO 32000, 12.3.2), by name or in full.

use std::collections::{HashMap, HashSet};

use pdf_extract::{Dictionary, Document as Pdf, Object, ObjectId};

/// Most names that are read.
const MOST_NAMES: usize = 200_000;
/// Most references that are followed from a link to its place.
const FARTHEST: usize = 8;

/// A place on a page; lengths are points, from the left and from the bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Destination {
    /// From 1.
    pub page: usize,
    pub left: Option<f64>,
    pub top: Option<f64>,
}

/// The pages of a document and the names of places.
pub struct Destinations<'a> {
    pdf: &'a Pdf,
    pages: HashMap<ObjectId, usize>,
    names: HashMap<&'a [u8], &'a Object>,
}

impl<'a> Destinations<'a> {
    pub fn of(pdf: &'a Pdf) -> Self {
        let pages = (1..)
            .zip(pdf.get_pages().into_values())
            .map(|(number, id)| (id, number))
            .collect();
        let mut places = Self {
            pdf,
            pages,
            names: HashMap::new(),
        };
        places.read_names();
        places
    }

    /// Where a link or a title leads within the document, by its `Dest` or its action.
    pub fn led_to(&self, from: &Dictionary) -> Option<Destination> {
        if let Ok(destination) = from.get(b"Dest") {
            return self.place(destination);
        }
        let action = from.get_deref(b"A", self.pdf).ok()?.as_dict().ok()?;
        let is_within = action
            .get(b"S")
            .is_ok_and(|kind| matches!(kind.as_name(), Ok(b"GoTo")));
        self.place(action.get(b"D").ok().filter(|_| is_within)?)
    }

    fn place(&self, destination: &Object) -> Option<Destination> {
        let mut found = destination;
        for _ in 0..FARTHEST {
            found = match found {
                Object::Reference(_) => self.pdf.dereference(found).ok()?.1,
                Object::Name(name) | Object::String(name, _) => self.names.get(name.as_slice())?,
                Object::Dictionary(holder) => holder.get(b"D").ok()?,
                Object::Array(parts) => return self.explicit(parts),
                _ => return None,
            };
        }
        None
    }

    /// `[page /XYZ left top zoom]` and its like.
    fn explicit(&self, parts: &[Object]) -> Option<Destination> {
        let page = match parts.first()? {
            Object::Reference(id) => *self.pages.get(id)?,
            Object::Integer(index) => usize::try_from(*index).ok()?.checked_add(1)?,
            _ => return None,
        };
        let number = |at: usize| {
            parts
                .get(at)
                .and_then(|part| part.as_float().ok())
                .map(f64::from)
                .filter(|number| number.is_finite())
        };
        let (left, top) = match parts.get(1).and_then(|kind| kind.as_name().ok()) {
            Some(b"XYZ") => (number(2), number(3)),
            Some(b"FitH" | b"FitBH") => (None, number(2)),
            Some(b"FitR") => (number(2), number(5)),
            _ => (None, None),
        };
        Some(Destination { page, left, top })
    }

    /// Names are in a tree, in old files in a dictionary (ISO 32000, 12.3.2.3).
    fn read_names(&mut self) {
        let Ok(catalog) = self.pdf.catalog() else {
            return;
        };
        if let Ok(Ok(old)) = catalog.get_deref(b"Dests", self.pdf).map(Object::as_dict) {
            self.names
                .extend(old.iter().map(|(name, place)| (name.as_slice(), place)));
        }
        let Ok(Ok(names)) = catalog.get_deref(b"Names", self.pdf).map(Object::as_dict) else {
            return;
        };
        let mut nodes: Vec<&Object> = names.get(b"Dests").into_iter().collect();
        let mut seen = HashSet::new();
        while let Some(node) = nodes.pop() {
            let Ok((id, node)) = self.pdf.dereference(node) else {
                continue;
            };
            let is_new = id.is_none_or(|id| seen.insert(id));
            let Ok(node) = node.as_dict() else { continue };
            if !is_new || self.names.len() > MOST_NAMES {
                continue;
            }
            if let Ok(Ok(kids)) = node.get_deref(b"Kids", self.pdf).map(Object::as_array) {
                nodes.extend(kids);
            }
            if let Ok(Ok(pairs)) = node.get_deref(b"Names", self.pdf).map(Object::as_array) {
                self.names
                    .extend(pairs.chunks_exact(2).filter_map(|pair| match pair {
                        [Object::String(name, _), place] => Some((name.as_slice(), place)),
                        _ => None,
                    }));
            }
        }
    }
}
