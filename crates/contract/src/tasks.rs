//! Tasks on the wire.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Something that waits for your organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Task {
    /// What is to be done; the code list `task_kind` has every kind in words.
    #[schema(example = "answer_invitation")]
    pub kind: String,
    /// What it is done to: `need`, `round` and others to come.
    #[schema(example = "need")]
    pub subject: String,
    /// The id of that.
    pub id: Uuid,
    /// Its reference, where it has one.
    #[schema(example = "B-2026-VL-0012")]
    pub reference: Option<String>,
    /// What it is called, where it has a name.
    #[schema(example = "Språkmiljø for alle")]
    pub title: Option<String>,
    /// When it is too late, exclusive; null where nothing presses.
    pub due_at: Option<DateTime<Utc>>,
    /// Since when it has been waiting as it is.
    pub since: DateTime<Utc>,
}

crate::page! {
    /// A page of tasks, the most pressing first.
    TaskPage of Task
}
