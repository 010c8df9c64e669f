//! A change of the notebook.

use super::{
    annotation::{Annotation, Kind},
    review::{Decision, Verdict},
};

/// A change of the notebook, with all that its undo needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Add(Annotation),
    Edit {
        old: Annotation,
        new: Annotation,
    },
    /// Moves it to the trash.
    Delete(Annotation),
    /// Restores it from the trash.
    Restore(Annotation),
    /// Sets or clears the review for one edition.
    Decide {
        annotation: Annotation,
        old: Option<Decision>,
        new: Option<Decision>,
    },
}

impl Change {
    /// The change that undoes this one.
    pub fn inverse(&self) -> Self {
        match self {
            Self::Add(annotation) | Self::Restore(annotation) => Self::Delete(annotation.clone()),
            Self::Delete(annotation) => Self::Restore(annotation.clone()),
            Self::Edit { old, new } => Self::Edit {
                old: new.clone(),
                new: old.clone(),
            },
            Self::Decide {
                annotation,
                old,
                new,
            } => Self::Decide {
                annotation: annotation.clone(),
                old: new.clone(),
                new: old.clone(),
            },
        }
    }

    /// The annotation after the change, or before a deletion.
    pub fn annotation(&self) -> &Annotation {
        match self {
            Self::Add(annotation) | Self::Delete(annotation) | Self::Restore(annotation) => {
                annotation
            }
            Self::Edit { new, .. } => new,
            Self::Decide { annotation, .. } => annotation,
        }
    }

    /// What was done, for the status line: `Note saved`.
    pub fn done(&self) -> String {
        let annotation = self.annotation();
        let color = annotation
            .color
            .as_ref()
            .filter(|_| annotation.kind == Kind::Highlight);
        let name = color.map_or_else(
            || annotation.kind.name().to_owned(),
            |color| format!("{color} highlight"),
        );
        let verb = match self {
            Self::Add(_) if self.annotation().kind == Kind::Bookmark => "set",
            Self::Edit { .. } if annotation.kind == Kind::Bookmark => "moved",
            Self::Add(_) | Self::Edit { .. } => "saved",
            Self::Delete(_) => "deleted",
            Self::Restore(_) => "restored",
            Self::Decide { new: None, .. } => "marked for review",
            Self::Decide {
                new:
                    Some(Decision {
                        verdict: Verdict::Gone,
                        ..
                    }),
                ..
            } => "marked as orphaned",
            Self::Decide { new: Some(_), .. } => "reviewed",
        };
        format!(
            "{}{} {verb}",
            name.get(..1).unwrap_or_default().to_uppercase(),
            name.get(1..).unwrap_or_default()
        )
    }
}
