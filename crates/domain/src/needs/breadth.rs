//! Kindergarten, school and PPT, which should all take part in a measure (N04).

use crate::organisations::UnitKind;

/// The three, each with the kinds of unit that stand for it.
const THREE: [(UnitKind, &[UnitKind]); 3] = [
    (UnitKind::Kindergarten, &[UnitKind::Kindergarten]),
    (UnitKind::School, &[UnitKind::School, UnitKind::UpperSecondary]),
    (UnitKind::Ppt, &[UnitKind::Ppt]),
];

/// Kindergarten, school and PPT, each with whether one of the kinds addressed stands for it.
pub(super) fn breadth(addressed: &[UnitKind]) -> [(UnitKind, bool); 3] {
    THREE.map(|(one, kinds)| (one, kinds.iter().any(|kind| addressed.contains(kind))))
}
