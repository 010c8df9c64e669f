//! Makes what a page draws plain for the PDF library: only what shows text is left, forms (pages
//! within pages) are put in place. The library does not report the look of type, so it is
//! written as a point; a line is a shape that may be a bullet.

use std::collections::HashMap;

use pdf_extract::{
    Dictionary, Document as Pdf, Object, ObjectId, Stream,
    content::{Content, Operation},
    dictionary,
};

use super::{
    bullets::Shape,
    fonts::{self, Look},
};

/// Most forms within each other.
const DEEPEST: usize = 12;
/// Most operations of a page.
const MOST_OPERATIONS: usize = 4_000_000;

/// Puts the plain content of a page in the place of its own, as the object `scratch`.
pub fn make_plain(pdf: &mut Pdf, page: ObjectId, scratch: ObjectId) -> Option<()> {
    let resources =
        inherited(pdf, page, b"Resources").and_then(|resources| resources.as_dict().ok());
    let content = Content::decode(&pdf.get_page_content(page).ok()?).ok()?;
    let mut plain = Plain {
        pdf,
        operations: Vec::new(),
        fonts: Dictionary::new(),
        known: HashMap::new(),
        forms: 0,
        shown: Look::default(),
    };
    plain.draw(&content, resources, State::default(), 0);
    let (fonts, operations) = (plain.fonts, plain.operations);
    let bytes = Content { operations }.encode().ok()?;
    pdf.objects.insert(
        scratch,
        Object::Stream(Stream::new(Dictionary::new(), bytes)),
    );
    let page = pdf.get_dictionary_mut(page).ok()?;
    page.set("Contents", Object::Reference(scratch));
    page.set("Resources", dictionary! { "Font" => fonts });
    Some(())
}

/// What a page has, or the pages above it in their tree (ISO 32000, 7.7.3.4).
fn inherited<'a>(pdf: &'a Pdf, page: ObjectId, key: &[u8]) -> Option<&'a Object> {
    let mut node = pdf.get_dictionary(page).ok()?;
    for _ in 0..64 {
        if let Ok(found) = node.get_deref(key, pdf) {
            return Some(found);
        }
        node = node.get_deref(b"Parent", pdf).ok()?.as_dict().ok()?;
    }
    None
}

/// Content on its way.
struct Plain<'a> {
    pdf: &'a Pdf,
    operations: Vec<Operation>,
    fonts: Dictionary,
    /// Fonts by the form that names them and the name: what they are called on the page, and how
    /// they look.
    known: HashMap<(usize, Vec<u8>), (Vec<u8>, Look)>,
    forms: usize,
    /// The look that was written last.
    shown: Look,
}

/// The part of the graphics state that makes the look.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    font: Look,
    /// Letters are filled and have a line around them, as where a face without a bold one is made so.
    is_outlined: bool,
}

/// What is drawn at once: a page, or a form in it.
struct Scope<'a> {
    /// Number of the form; 0 is the page.
    form: usize,
    resources: Option<&'a Dictionary>,
    state: State,
    /// States that `Q` returns to.
    saved: Vec<State>,
    shape: Shape,
    depth: usize,
}

impl Plain<'_> {
    fn draw(
        &mut self,
        content: &Content<Vec<Operation>>,
        resources: Option<&Dictionary>,
        state: State,
        depth: usize,
    ) {
        let mut scope = Scope {
            form: self.forms,
            resources,
            state,
            saved: Vec::new(),
            shape: Shape::default(),
            depth,
        };
        for operation in &content.operations {
            if self.operations.len() > MOST_OPERATIONS {
                return;
            }
            self.operation(operation, &mut scope);
        }
        for _ in &scope.saved {
            self.push("Q", Vec::new());
        }
    }

    /// Operators as ISO 32000, annex A lists them.
    fn operation(&mut self, operation: &Operation, scope: &mut Scope<'_>) {
        let Operation { operator, operands } = operation;
        match (operator.as_str(), operands.as_slice()) {
            ("q", _) => {
                scope.saved.push(scope.state);
                self.push("q", Vec::new());
            }
            ("Q", _) => {
                if let Some(before) = scope.saved.pop() {
                    scope.state = before;
                    self.push("Q", Vec::new());
                }
            }
            ("Tf", [Object::Name(name), size, ..]) => {
                let (name, look) = self.font(scope.form, name, scope.resources);
                scope.state.font = look;
                self.push("Tf", vec![Object::Name(name), size.clone()]);
            }
            ("Tr", [mode, ..]) => scope.state.is_outlined = matches!(mode.as_i64(), Ok(2 | 6)),
            ("Tj" | "TJ", [text, ..]) => self.show(operator, text, scope.state),
            ("'", [text, ..]) => {
                self.push("T*", Vec::new());
                self.show("Tj", text, scope.state);
            }
            ("\"", [word, letter, text, ..]) => {
                self.push("Tw", vec![word.clone()]);
                self.push("Tc", vec![letter.clone()]);
                self.push("T*", Vec::new());
                self.show("Tj", text, scope.state);
            }
            ("Do", [Object::Name(name), ..]) if scope.depth < DEEPEST => {
                self.form(name, scope.resources, scope.state, scope.depth)
            }
            ("m" | "l" | "c" | "v" | "y" | "re", _) => scope.shape.add(operator, operands),
            ("f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s", _) => {
                if let Some([(x, y), (to_x, to_y)]) = scope.shape.take() {
                    self.push("m", vec![x.into(), y.into()]);
                    self.push("l", vec![to_x.into(), to_y.into()]);
                    self.push("S", Vec::new());
                }
            }
            ("n", _) => _ = scope.shape.take(),
            (
                "cm" | "BT" | "ET" | "Tc" | "Tw" | "Tz" | "TL" | "Ts" | "Tm" | "Td" | "TD" | "T*",
                _,
            ) => self.push(operator, operands.clone()),
            _ => {}
        }
    }

    fn push(&mut self, operator: &str, operands: Vec<Object>) {
        self.operations.push(Operation::new(operator, operands));
    }

    /// Shows text; before it its look, as a point.
    fn show(&mut self, operator: &str, text: &Object, state: State) {
        let look = Look {
            is_strong: state.font.is_strong || state.is_outlined,
            ..state.font
        };
        if look != self.shown {
            self.shown = look;
            self.push("m", vec![look.number().into(), 0.into()]);
            self.push("S", Vec::new());
        }
        self.push(operator, vec![text.clone()]);
    }

    /// The name and look of a font. One that the page does not have gets another in its place.
    fn font(
        &mut self,
        form: usize,
        name: &[u8],
        resources: Option<&Dictionary>,
    ) -> (Vec<u8>, Look) {
        if let Some(known) = self.known.get(&(form, name.to_vec())) {
            return known.clone();
        }
        let fonts = resources
            .and_then(|resources| resources.get_deref(b"Font", self.pdf).ok())
            .and_then(|fonts| fonts.as_dict().ok());
        let font = fonts
            .and_then(|fonts| fonts.get(name).ok())
            .filter(|font| matches!(self.pdf.dereference(font), Ok((_, Object::Dictionary(_)))));
        let look = font
            .map(|font| fonts::look(self.pdf, font))
            .unwrap_or_default();
        let own = format!("F{}", self.known.len()).into_bytes();
        self.fonts.set(
            own.clone(),
            font.map_or_else(fonts::any, |font| fonts::mended(self.pdf, font)),
        );
        self.known
            .insert((form, name.to_vec()), (own.clone(), look));
        (own, look)
    }

    /// A form in its place (ISO 32000, 8.10.1). Pictures show no text.
    fn form(&mut self, name: &[u8], resources: Option<&Dictionary>, state: State, depth: usize) {
        let forms = resources
            .and_then(|resources| resources.get_deref(b"XObject", self.pdf).ok())
            .and_then(|forms| forms.as_dict().ok());
        let Some(form) = forms
            .and_then(|forms| forms.get_deref(name, self.pdf).ok())
            .and_then(|form| form.as_stream().ok())
        else {
            return;
        };
        if !form
            .dict
            .get(b"Subtype")
            .is_ok_and(|kind| matches!(kind.as_name(), Ok(b"Form")))
        {
            return;
        }
        let bytes = form
            .decompressed_content()
            .unwrap_or_else(|_| form.content.clone());
        let Ok(content) = Content::decode(&bytes) else {
            return;
        };
        let own = form
            .dict
            .get_deref(b"Resources", self.pdf)
            .ok()
            .and_then(|resources| resources.as_dict().ok());
        self.forms += 1;
        self.push("q", Vec::new());
        let matrix = form
            .dict
            .get_deref(b"Matrix", self.pdf)
            .ok()
            .and_then(|matrix| matrix.as_array().ok());
        if let Some(matrix) = matrix.filter(|matrix| matrix.len() == 6) {
            self.push("cm", matrix.clone());
        }
        self.draw(&content, own.or(resources), state, depth + 1);
        self.push("Q", Vec::new());
    }
}
