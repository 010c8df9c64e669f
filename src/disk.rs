//! Durable writes, and the per-user folders; used by store and library.

pub mod durable;
pub mod home;
