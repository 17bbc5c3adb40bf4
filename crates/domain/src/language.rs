//! The languages in which people read us.

crate::codes! {
    /// Bokmål, nynorsk or English.
    Language {
        /// Bokmål, the default.
        Nb = "nb",
        /// Nynorsk.
        Nn = "nn",
        /// English.
        En = "en",
    }
}
