//! Places in a document, as RFC 6901 writes them.

/// A pointer to a member below another place.
pub fn below(pointer: &str, member: &str) -> String {
    format!("{pointer}/{}", member.replace('~', "~0").replace('/', "~1"))
}
