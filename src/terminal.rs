//! The tty alone: raw mode, input, mouse, frames, the scroll region, hyperlinks, signals.

#![expect(clippy::disallowed_methods, reason = "this room is the terminal")]

pub mod hyperlinks;
pub mod input;
pub mod input_thread;
pub mod lines;
pub mod mouse;
pub mod output;
pub mod parser;
mod replies;
pub(crate) mod screen;
mod scroll_region;
pub mod signals;
pub mod tty;
