//! The parts of a batch: put in any order, numbered from 1, and all there before they are applied.

use std::collections::BTreeSet;

/// The most parts that a batch may have.
pub const PARTS_MAX: u32 = 1_000;

/// The parts that are there are not those that the sender says it has sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartsDiffer {
    /// Numbers that are announced and not there.
    pub missing: Vec<u32>,
    /// Numbers that are there and not announced.
    pub surplus: Vec<u32>,
}

/// Whether exactly the parts from 1 to `announced` are there, so that a part that was lost on the way is noticed
/// before the rest is applied without it.
pub fn all_there(announced: u32, there: impl IntoIterator<Item = u32>) -> Result<(), PartsDiffer> {
    let (announced, there): (BTreeSet<u32>, BTreeSet<u32>) = ((1..=announced).collect(), there.into_iter().collect());
    let missing: Vec<u32> = announced.difference(&there).copied().collect();
    let surplus: Vec<u32> = there.difference(&announced).copied().collect();
    if missing.is_empty() && surplus.is_empty() { Ok(()) } else { Err(PartsDiffer { missing, surplus }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_parts_in_any_order_are_all_there() {
        assert_eq!(all_there(3, [2, 3, 1]), Ok(()));
    }

    #[test]
    fn what_is_missing_and_what_is_too_much_are_both_told() {
        assert_eq!(all_there(3, [1, 4]), Err(PartsDiffer { missing: vec![2, 3], surplus: vec![4] }));
        assert_eq!(all_there(1, []), Err(PartsDiffer { missing: vec![1], surplus: vec![] }));
    }
}
