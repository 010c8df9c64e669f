//! What the edge lends to the core.

/// What the core may not get for itself: the date and new ids.
#[derive(Debug, Clone, Copy)]
pub struct Environment {
    /// The date and time now, RFC 3339.
    pub now: fn() -> String,
    /// A random id of 128 bits, 32 hexadecimal digits.
    pub new_id: fn() -> String,
}
