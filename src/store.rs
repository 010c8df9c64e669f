//! The notebook on disk: the only code that writes annotations. One file each; a file that cannot
//! be read is never touched.

#![expect(clippy::disallowed_methods, reason = "the notebook lives on the disk")]

mod changes;
mod drafts;
pub mod editions;
mod error;
mod file;
mod files;
mod history;
mod journal;
mod journal_file;
mod lock;
pub mod outside;
pub mod purge;
pub mod rescue;
mod reviews;
pub mod saver;
#[expect(clippy::module_inception, reason = "the file of the type")]
mod store;
mod undo;

pub use error::StoreError;
pub use files::FileCache;
pub use store::{Store, new_id};
pub use undo::Undo;

use error::failed;
