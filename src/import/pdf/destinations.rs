//! Where titles and links of a PDF lead: destinations (ISO 32000, 12.3.2), by name or in full.

use std::collections::{HashMap, HashSet};

use hayro_interpret::kurbo::{Affine, Point};
use hayro_syntax::{
    Pdf,
    object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier},
};

use super::{catalog, identity};

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
    pages: HashMap<ObjectIdentifier, usize>,
    /// How the space of each page lies on what is shown of it.
    spaces: Vec<Affine>,
    names: HashMap<Vec<u8>, Object<'a>>,
}

impl<'a> Destinations<'a> {
    pub fn of(pdf: &'a Pdf) -> Self {
        let all = pdf.pages().iter();
        let ids = (1..).zip(all.clone());
        let mut places = Self {
            pages: ids
                .filter_map(|(number, page)| Some((page.raw().obj_id()?, number)))
                .collect(),
            spaces: all.map(super::space).collect(),
            names: HashMap::new(),
        };
        places.read_names(pdf);
        places
    }

    /// The page of an object, from 1.
    pub fn page(&self, id: ObjectIdentifier) -> Option<usize> {
        self.pages.get(&id).copied()
    }

    /// Where a link or a title leads within the document, by its `Dest` or its action.
    pub fn led_to(&self, from: &Dict<'a>) -> Option<Destination> {
        if let Some(destination) = from.get::<Object<'a>>("Dest") {
            return self.place(destination);
        }
        let action = from.get::<Dict<'a>>("A")?;
        let is_within = action
            .get::<Name<'_>>("S")
            .is_some_and(|kind| *kind == *b"GoTo");
        self.place(action.get::<Object<'a>>("D").filter(|_| is_within)?)
    }

    fn place(&self, destination: Object<'a>) -> Option<Destination> {
        let mut found = destination;
        for _ in 0..FARTHEST {
            found = match found {
                Object::Name(name) => self.names.get(&*name)?.clone(),
                Object::String(name) => self.names.get(name.as_bytes())?.clone(),
                Object::Dict(holder) => holder.get::<Object<'a>>("D")?,
                Object::Array(parts) => return self.explicit(&parts),
                _ => return None,
            };
        }
        None
    }

    /// `[page /XYZ left top zoom]` and its like.
    fn explicit(&self, parts: &Array<'a>) -> Option<Destination> {
        let page = match parts.raw_iter().next()? {
            MaybeRef::Ref(id) => self.page(id.into())?,
            MaybeRef::NotRef(Object::Number(index)) => {
                usize::try_from(index.as_i64()).ok()?.checked_add(1)?
            }
            MaybeRef::NotRef(_) => return None,
        };
        let mut rest = parts.raw_iter().skip(1).take(5).map(|part| match part {
            MaybeRef::NotRef(part) => Some(part),
            MaybeRef::Ref(_) => None,
        });
        let kind = rest.next().flatten().and_then(Object::into_name);
        let numbers: Vec<Option<f64>> = rest
            .map(|part| part?.into_number().map(|number| number.as_f64()))
            .map(|number| number.filter(|number| number.is_finite()))
            .collect();
        let number = |at: usize| numbers.get(at).copied().flatten();
        let (left, top) = match kind.as_deref() {
            Some(b"XYZ") => (number(0), number(1)),
            Some(b"FitH" | b"FitBH") => (None, number(0)),
            Some(b"FitR") => (number(0), number(3)),
            _ => (None, None),
        };
        let (left, top) = self.shown(page, left, top);
        Some(Destination { page, left, top })
    }

    /// A place of the space of a page as it is shown; on turned pages only whole ones.
    fn shown(
        &self,
        page: usize,
        left: Option<f64>,
        top: Option<f64>,
    ) -> (Option<f64>, Option<f64>) {
        let Some(space) = self.spaces.get(page - 1) else {
            return (None, None);
        };
        let [_, turn, ..] = space.as_coeffs();
        let at = *space * Point::new(left.unwrap_or(0.0), top.unwrap_or(0.0));
        if turn == 0.0 {
            (left.map(|_| at.x), top.map(|_| at.y))
        } else {
            left.zip(top)
                .map_or((None, None), |_| (Some(at.x), Some(at.y)))
        }
    }

    /// Names are in a tree, in old files in a dictionary (ISO 32000, 12.3.2.3).
    fn read_names(&mut self, pdf: &'a Pdf) {
        let catalog = catalog(pdf);
        if let Some(old) = catalog.get::<Dict<'a>>("Dests") {
            let places = old.keys().filter_map(|name| {
                let place = old.get::<Object<'a>>(&name)?;
                Some((name.to_vec(), place))
            });
            self.names.extend(places);
        }
        let names = catalog.get::<Dict<'a>>("Names");
        let root = names.and_then(|names| names.get::<Dict<'a>>("Dests"));
        let mut nodes: Vec<Dict<'a>> = root.into_iter().collect();
        let mut seen = HashSet::new();
        while let Some(node) = nodes.pop() {
            let is_new = seen.insert(identity(&node));
            if !is_new || self.names.len() > MOST_NAMES || nodes.len() > MOST_NAMES {
                continue;
            }
            let kids = node.get::<Array<'a>>("Kids").unwrap_or_default();
            nodes.extend(kids.iter::<Dict<'a>>());
            let pairs = node.get::<Array<'a>>("Names").unwrap_or_default();
            let mut pairs = pairs.iter::<Object<'a>>();
            while let (Some(name), Some(place)) = (pairs.next(), pairs.next()) {
                if let Object::String(name) = name {
                    self.names.insert(name.as_bytes().to_vec(), place);
                }
            }
        }
    }
}
