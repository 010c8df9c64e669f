//! Durable writes, files opened safely, and the per-user folders; used by store and library.

#![expect(clippy::disallowed_methods, reason = "this room is the disk")]

pub mod durable;
pub mod home;
pub mod regular;
