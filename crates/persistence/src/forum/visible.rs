//! Who sees a forum and what belongs to it: its secretariat, those who hold a seat today, and the directorate.

use domain::actor::Viewer;
use domain::organisations::OrganisationKind;

/// Which forums a viewer sees.
pub(super) enum Reach {
    /// Every forum.
    Everything,
    /// Some forums.
    Within {
        /// Those that this office keeps; empty, as no code is, for other viewers.
        office: String,
        /// Those in which the viewer has a seat today.
        forums: Vec<String>,
    },
}

/// How far a viewer sees.
pub(super) fn reach(viewer: &Viewer) -> Reach {
    if viewer.kind == OrganisationKind::Directorate {
        return Reach::Everything;
    }
    let is_office = viewer.kind == OrganisationKind::CountyGovernor;
    Reach::Within {
        office: viewer.county_governor.clone().filter(|_| is_office).unwrap_or_default(),
        forums: viewer.forums().iter().map(ToString::to_string).collect(),
    }
}
