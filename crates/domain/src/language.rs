//! The languages in which people read us.

use serde::{Deserialize, Serialize};

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

/// A text that somebody writes in both written forms of Norwegian.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    /// Bokmål.
    pub nb: String,
    /// Nynorsk.
    pub nn: String,
}
