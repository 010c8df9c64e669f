//! What a person does with keyboard, mouse and window, and what the terminal says.

use crate::command::{key::Key, settings::Ground};

/// What a person does with keyboard, mouse and window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    Key(Key),
    Mouse(Pointer),
    Paste(String),
    /// The terminal said what its ground is.
    Ground(Ground),
    /// A line that was typed where no keys are pressed.
    Line(String),
    /// The window has another size, or was cut.
    Size,
}

/// What the mouse does; columns and rows of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pointer {
    /// Notches of the wheel, downward where positive.
    Wheel(isize),
    Press(u16, u16),
    Drag(u16, u16),
    Release,
}
