//! The disk below store and library: durable writes, and the names of the per-user folders.

#![expect(clippy::disallowed_methods, reason = "this room is the disk")]

pub mod durable;
pub mod home;
