//! What one file of the source names: its `use` trees, paths, and the paths inside macros.
//! Items under `#[cfg(test)]` and `#[test]` are left out, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::{Attribute, Meta, UseTree, punctuated::Punctuated, spanned::Spanned, visit::Visit};

/// Segments from the root: `crate`, the name of an outside crate, or a name of the file.
pub type Segments = Vec<String>;

/// A path that is named, and the line that names it.
#[derive(Clone)]
pub struct Name {
    pub line: usize,
    pub path: Segments,
    pub role: Role,
}

/// Where a path stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Used,
    Imported,
    /// All that the path holds is imported.
    Glob,
    /// The type behind a `&mut`.
    Mutable,
}

pub struct Source {
    /// Below `src/`.
    pub file: String,
    /// `reader::line` is `["reader", "line"]`, `lib.rs` is empty.
    pub module: Segments,
    pub names: Vec<Name>,
    /// What a `use` or a `type` calls a path.
    pub aliases: BTreeMap<String, Segments>,
    /// Modules declared in the file.
    pub children: BTreeSet<String>,
    /// Those of them that are for tests alone.
    pub tests: BTreeSet<String>,
    /// Forms that hide what is named, and the line of each.
    pub hidden: Vec<(usize, &'static str)>,
}

impl Source {
    /// Reads a file of the source; its name is below `src/`.
    pub fn read(file: &str, code: &str) -> Self {
        let stem = file.trim_end_matches(".rs");
        let module: Segments = if stem == "lib" {
            Vec::new()
        } else {
            stem.split('/').map(str::to_owned).collect()
        };
        let parsed = syn::parse_file(code).unwrap_or_else(|error| panic!("src/{file}: {error}"));
        let mut source = Self {
            file: file.to_owned(),
            module,
            names: Vec::new(),
            aliases: BTreeMap::new(),
            children: BTreeSet::new(),
            tests: BTreeSet::new(),
            hidden: Vec::new(),
        };
        for item in &parsed.items {
            if let syn::Item::Mod(item) = item {
                source.children.insert(item.ident.to_string());
                if is_test(&item.attrs) {
                    source.tests.insert(item.ident.to_string());
                }
            }
        }
        let inner = source.module.clone();
        Walk {
            source: &mut source,
            module: inner,
        }
        .visit_file(&parsed);
        source
    }

    /// The room of the file: its first-level module.
    pub fn room(&self) -> &str {
        self.module.first().map_or("lib", String::as_str)
    }

    /// The path with the file's own names for things written out.
    pub fn written_out(&self, path: &[String]) -> Segments {
        let mut path = path.to_vec();
        for _ in 0..8 {
            let Some(target) = path.first().and_then(|head| self.aliases.get(head)) else {
                break;
            };
            if target.first() == path.first() {
                break;
            }
            path.splice(..1, target.iter().cloned());
        }
        path
    }
}

/// Whether the item is compiled for tests alone.
fn is_test(attributes: &[Attribute]) -> bool {
    fn needs_test(meta: &Meta) -> bool {
        match meta {
            Meta::Path(path) => path.is_ident("test"),
            Meta::List(list) if list.path.is_ident("cfg") || list.path.is_ident("all") => list
                .parse_args_with(Punctuated::<Meta, syn::Token![,]>::parse_terminated)
                .is_ok_and(|parts| parts.iter().any(needs_test)),
            _ => false,
        }
    }
    attributes
        .iter()
        .any(|attribute| needs_test(&attribute.meta))
}

struct Walk<'a> {
    source: &'a mut Source,
    /// The module that the item stands in, inline modules included.
    module: Segments,
}

impl Walk<'_> {
    /// The path from the root, where the path itself says it.
    fn absolute(&self, mut path: Segments) -> Segments {
        let mut module = self.module.clone();
        let mut is_relative = false;
        while let Some(head) = path.first().map(String::as_str) {
            match head {
                "super" => drop(module.pop()),
                "self" => {}
                _ => break,
            }
            is_relative = true;
            path.remove(0);
        }
        let is_child = path
            .first()
            .is_some_and(|head| self.source.children.contains(head));
        if is_relative || is_child {
            let module = if is_relative {
                module
            } else {
                self.source.module.clone()
            };
            path = module.into_iter().chain(path).collect();
            path.insert(0, "crate".to_owned());
        } else if path.first().is_some_and(|head| head == "tip_reader") {
            path.splice(..1, ["crate".to_owned()]);
        }
        path
    }

    fn name(&mut self, line: usize, path: Segments, role: Role) {
        let path = self.absolute(path);
        self.source.names.push(Name { line, path, role });
    }

    fn use_tree(&mut self, tree: &UseTree, before: &[String]) {
        let with = |ident: &syn::Ident| {
            let mut path = before.to_vec();
            path.push(ident.to_string());
            path
        };
        match tree {
            UseTree::Path(part) => self.use_tree(&part.tree, &with(&part.ident)),
            UseTree::Group(group) => {
                group
                    .items
                    .iter()
                    .for_each(|tree| self.use_tree(tree, before));
            }
            UseTree::Name(name) => self.import(&name.ident, with(&name.ident), &name.ident),
            UseTree::Rename(name) => self.import(&name.ident, with(&name.ident), &name.rename),
            UseTree::Glob(glob) => {
                let line = glob.star_token.span().start().line;
                self.refuse_root(line, before);
                self.name(line, before.to_vec(), Role::Glob);
            }
        }
    }

    /// One leaf of a `use` tree; `{self}` at its end is the path before it.
    fn import(&mut self, ident: &syn::Ident, mut path: Segments, local: &syn::Ident) {
        let line = ident.span().start().line;
        let mut local = local.to_string();
        if path.len() > 1 && ident == "self" {
            path.pop();
            if local == "self" {
                local = path.last().cloned().unwrap_or_default();
            }
        }
        self.refuse_root(line, &path);
        let whole = self.absolute(path.clone());
        self.source.aliases.insert(local, whole);
        self.name(line, path, Role::Imported);
    }

    fn refuse_root(&mut self, line: usize, path: &[String]) {
        if self.absolute(path.to_vec()) == ["crate"] {
            let why = "the whole crate under another name hides which room is used";
            self.source.hidden.push((line, why));
        }
    }

    /// Paths in the tokens of a macro or an attribute, `a::{b, c}` included.
    fn tokens(&mut self, tokens: TokenStream, before: &[String]) {
        let mut tokens = tokens.into_iter().peekable();
        let mut path: Segments = before.to_vec();
        let (mut line, mut is_joined, mut is_member, mut is_range) = (0, true, false, false);
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(ident) => {
                    if !is_joined {
                        self.token_path(line, &mut path, before);
                    }
                    line = ident.span().start().line;
                    if !is_member {
                        path.push(ident.to_string());
                    }
                    is_joined = false;
                    is_member = false;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => {
                    let is_double = mark.spacing() == Spacing::Joint
                        && matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == ':');
                    if is_double {
                        tokens.next();
                        is_joined = true;
                    }
                }
                TokenTree::Group(group) => {
                    let is_tree = is_joined && group.delimiter() == Delimiter::Brace;
                    let inner = if is_tree { path.clone() } else { Vec::new() };
                    self.token_path(line, &mut path, before);
                    self.tokens(group.stream(), &inner);
                    (is_joined, is_member) = (true, false);
                }
                TokenTree::Punct(mark) => {
                    let is_call = mark.as_char() == '!'
                        && path.len() == 1
                        && matches!(tokens.peek(), Some(TokenTree::Group(_)));
                    if is_call {
                        path.insert(0, "std".to_owned());
                    }
                    let is_dot = mark.as_char() == '.';
                    let is_joint = mark.spacing() == Spacing::Joint;
                    is_member = is_dot && !is_joint && !is_range;
                    is_range = is_dot && is_joint;
                    self.token_path(line, &mut path, before);
                    is_joined = true;
                }
                TokenTree::Literal(_) => {
                    self.token_path(line, &mut path, before);
                    (is_joined, is_member) = (true, false);
                }
            }
        }
        self.token_path(line, &mut path, before);
    }

    fn token_path(&mut self, line: usize, path: &mut Segments, before: &[String]) {
        let whole = std::mem::replace(path, before.to_vec());
        let is_keyword = |word: &String| ["self", "super", "crate"].contains(&word.as_str());
        if whole.len() > before.len() && !(whole.len() == 1 && whole.iter().any(is_keyword)) {
            self.name(line, whole, Role::Used);
        }
    }
}

/// Items of these kinds are left out where they are compiled for tests alone.
macro_rules! unless_test {
    ($($visit:ident $kind:ident)*) => {
        $(fn $visit(&mut self, item: &'ast syn::$kind) {
            if !is_test(&item.attrs) {
                syn::visit::$visit(self, item);
            }
        })*
    };
}

impl<'ast> Visit<'ast> for Walk<'_> {
    unless_test! {
        visit_item_const ItemConst
        visit_item_enum ItemEnum
        visit_item_fn ItemFn
        visit_item_impl ItemImpl
        visit_item_macro ItemMacro
        visit_item_static ItemStatic
        visit_item_struct ItemStruct
        visit_item_trait ItemTrait
        visit_impl_item_const ImplItemConst
        visit_impl_item_fn ImplItemFn
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if is_test(&item.attrs) {
            return;
        }
        if item.attrs.iter().any(|each| each.path().is_ident("path")) {
            let line = item.ident.span().start().line;
            let why = "`#[path]` takes in a file from elsewhere";
            self.source.hidden.push((line, why));
        }
        self.module.push(item.ident.to_string());
        syn::visit::visit_item_mod(self, item);
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !is_test(&item.attrs) {
            self.use_tree(&item.tree, &[]);
        }
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        let line = item.ident.span().start().line;
        let why = "`extern crate` gives a crate another name";
        self.source.hidden.push((line, why));
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        if is_test(&item.attrs) {
            return;
        }
        if let syn::Type::Path(target) = &*item.ty {
            let target = self.absolute(segments(&target.path));
            self.source.aliases.insert(item.ident.to_string(), target);
        }
        syn::visit::visit_item_type(self, item);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.name(path.span().start().line, segments(path), Role::Used);
        syn::visit::visit_path(self, path);
    }

    fn visit_type_reference(&mut self, reference: &'ast syn::TypeReference) {
        if let (Some(_), syn::Type::Path(target)) = (&reference.mutability, &*reference.elem) {
            let line = target.span().start().line;
            self.name(line, segments(&target.path), Role::Mutable);
        }
        syn::visit::visit_type_reference(self, reference);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let line = call.path.span().start().line;
        let mut path = segments(&call.path);
        if path.last().is_some_and(|name| name == "include") {
            self.source
                .hidden
                .push((line, "`include!` takes in a file from elsewhere"));
        }
        if path.len() == 1 {
            path.insert(0, "std".to_owned());
        }
        self.name(line, path, Role::Used);
        self.tokens(call.tokens.clone(), &[]);
    }

    fn visit_attribute(&mut self, attribute: &'ast Attribute) {
        if let Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone(), &[]);
        }
    }

    /// `pub(crate)` and `pub(in path)` say who may use, not what is used.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}
}

fn segments(path: &syn::Path) -> Segments {
    path.segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect()
}
