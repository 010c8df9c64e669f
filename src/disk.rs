//! The disk below store and library: durable writes, and the names of the per-user folders.

pub mod durable;
pub mod home;
