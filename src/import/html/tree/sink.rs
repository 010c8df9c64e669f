//! What html5ever builds a tree through.

use std::{borrow::Cow, cell::RefCell, rc::Rc};

use html5ever::{
    Attribute, ExpandedName, QualName, local_name, ns,
    tendril::StrTendril,
    tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
};

use super::{Handle, Kind, ROOT, Tree};

/// Takes what the parser builds. The cell is what [`TreeSink`] asks for: its methods change the
/// tree through a shared reference.
pub(super) struct Sink {
    pub(super) tree: RefCell<Tree>,
    nameless: Rc<QualName>,
}

impl Default for Sink {
    fn default() -> Self {
        let mut tree = Tree::default();
        tree.add(Kind::Other);
        Self {
            tree: RefCell::new(tree),
            nameless: Rc::new(QualName::new(None, ns!(html), local_name!(""))),
        }
    }
}

impl Sink {
    fn other(&self) -> Handle {
        Handle {
            id: self.tree.borrow_mut().add(Kind::Other),
            name: self.nameless.clone(),
        }
    }
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle {
            id: ROOT,
            name: self.nameless.clone(),
        }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _flags: ElementFlags,
    ) -> Handle {
        let attributes = attributes
            .into_iter()
            .map(|attribute| (attribute.name.local, attribute.value))
            .collect();
        let id = self.tree.borrow_mut().add(Kind::Element {
            name: name.local.clone(),
            attributes,
        });
        Handle {
            id,
            name: Rc::new(name),
        }
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        self.other()
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> Handle {
        self.other()
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.tree.borrow_mut().append(parent.id, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        before: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let has_parent = self.tree.borrow().parent(element.id).is_some();
        if has_parent {
            self.append_before_sibling(element, child)
        } else {
            self.append(before, child)
        }
    }

    fn append_doctype_to_document(
        &self,
        _name: StrTendril,
        _public: StrTendril,
        _system: StrTendril,
    ) {
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.id == other.id
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        let mut tree = self.tree.borrow_mut();
        if let NodeOrText::AppendNode(handle) = &child {
            tree.detach(handle.id);
        }
        let Some(parent) = tree.parent(sibling.id) else {
            return;
        };
        let at = tree
            .children(parent)
            .iter()
            .rposition(|&child| child == sibling.id)
            .unwrap_or(0);
        tree.insert(parent, at, child);
    }

    fn add_attrs_if_missing(&self, target: &Handle, new: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        let Some(Kind::Element { attributes, .. }) =
            tree.nodes.get_mut(target.id).map(|node| &mut node.kind)
        else {
            return;
        };
        for attribute in new {
            if attributes
                .iter()
                .all(|(name, _)| *name != attribute.name.local)
            {
                attributes.push((attribute.name.local, attribute.value));
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.borrow_mut().detach(target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        let children = self.tree.borrow().children(node.id).to_vec();
        for id in children {
            self.append(
                new_parent,
                NodeOrText::AppendNode(Handle {
                    id,
                    name: self.nameless.clone(),
                }),
            );
        }
    }
}
