//! Texts that somebody writes in both written forms of Norwegian.

use domain::language::Bilingual as Words;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A text in bokmål and nynorsk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Bokmål.
    #[schema(example = "Hvor mange ansatte deltar?", min_length = 1, max_length = 10_000)]
    pub nb: String,
    /// Nynorsk.
    #[schema(example = "Kor mange tilsette deltek?", min_length = 1, max_length = 10_000)]
    pub nn: String,
}

impl From<Words> for Bilingual {
    fn from(Words { nb, nn }: Words) -> Self {
        Self { nb, nn }
    }
}

impl From<Bilingual> for Words {
    fn from(Bilingual { nb, nn }: Bilingual) -> Self {
        Self { nb, nn }
    }
}
