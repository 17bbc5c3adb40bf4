//! Competence areas: two groups whose balance is a figure people look for everywhere.

crate::codes! {
    /// Which of the two groups a competence area belongs to.
    AreaGroup {
        /// Special-needs education in depth.
        SpecialNeeds = "special_needs",
        /// Inclusive practice in breadth.
        InclusivePractice = "inclusive_practice",
    }
}

/// One competence area, such as `language_speech`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its code.
    pub code: String,
    /// Its group.
    pub group: AreaGroup,
}
