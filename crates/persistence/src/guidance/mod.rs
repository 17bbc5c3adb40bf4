//! Guidance: questions with answers, and learning resources.

pub mod answers;
pub mod resources;

use std::collections::BTreeMap;

/// What hangs on rows, by their ids, in its order.
fn grouped(pairs: Vec<(String, String)>) -> BTreeMap<String, Vec<String>> {
    let mut grouped: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, value) in pairs {
        grouped.entry(id).or_default().push(value);
    }
    grouped
}
