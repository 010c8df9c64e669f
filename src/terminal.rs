//! The tty alone: raw mode, input, mouse, frames, the scroll region, hyperlinks, signals.

pub mod hyperlinks;
pub mod input;
pub mod keys;
pub mod mouse;
pub(crate) mod screen;
mod scroll_region;
pub mod signals;
pub mod tty;
