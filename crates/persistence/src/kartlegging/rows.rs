//! Rows of batches and responses, and their way into the domain.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::ids::BatchId;
use domain::kartlegging::{Counts, FaultGroup, Level, Mode, Period, RespondentGroup, State};
use domain::orgnr::OrgNr;
use uuid::Uuid;

use crate::error::StoreError;
use crate::schema::batches;
use crate::time::from_column;

/// A batch as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredBatch {
    /// Its id.
    pub id: BatchId,
    /// Who sent it.
    pub sender: OrgNr,
    /// Code of the instrument.
    pub instrument: String,
    /// The period.
    pub period: Period,
    /// What was to be done with faulty rows (K04).
    pub mode: Mode,
    /// Whether it was a dry run.
    pub dry_run: bool,
    /// Where it stands.
    pub state: State,
    /// What its sender calls the file or the system it came from.
    pub source: Option<String>,
    /// The sender's scheme of codes by which its rows name units, where it uses one.
    pub code_scheme: Option<String>,
    /// SHA-256 of the content as it was sent, in hexadecimal; of its parts' digests, where it came in parts; absent
    /// until it is committed.
    pub digest: Option<String>,
    /// What became of its rows.
    pub counts: Counts,
    /// What is wrong with them.
    pub findings: Vec<FaultGroup>,
    /// Raised by every write.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// When its responses were applied.
    pub committed_at: Option<DateTime<Utc>>,
    /// When it is given up unless a part comes or it is committed.
    pub expires_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = batches, treat_none_as_null = true)]
pub(super) struct BatchRow {
    pub(super) id: String,
    pub(super) sender_orgnr: String,
    pub(super) instrument: String,
    pub(super) period: String,
    pub(super) mode: String,
    pub(super) dry_run: bool,
    pub(super) state: String,
    pub(super) source: Option<String>,
    pub(super) digest: String,
    pub(super) received: i64,
    pub(super) created: i64,
    pub(super) updated: i64,
    pub(super) unchanged: i64,
    pub(super) rejected: i64,
    pub(super) owned_by_other: i64,
    pub(super) findings: String,
    pub(super) version: i64,
    pub(super) created_at: NaiveDateTime,
    pub(super) updated_at: NaiveDateTime,
    pub(super) committed_at: Option<NaiveDateTime>,
    pub(super) expires_at: Option<NaiveDateTime>,
    pub(super) code_scheme: Option<String>,
}

impl TryFrom<BatchRow> for StoredBatch {
    type Error = StoreError;
    fn try_from(row: BatchRow) -> Result<Self, StoreError> {
        let corrupt = |why: &dyn ToString| StoreError::corrupt("batch", why.to_string());
        Ok(Self {
            id: row.id.parse().map_err(|why| corrupt(&why))?,
            sender: OrgNr::from_register(row.sender_orgnr),
            instrument: row.instrument,
            period: row.period.parse().map_err(|why| corrupt(&why))?,
            mode: row.mode.parse().map_err(|why| corrupt(&why))?,
            dry_run: row.dry_run,
            state: row.state.parse().map_err(|why| corrupt(&why))?,
            source: row.source,
            digest: Some(row.digest).filter(|digest| !digest.is_empty()),
            counts: Counts {
                received: row.received,
                created: row.created,
                updated: row.updated,
                unchanged: row.unchanged,
                rejected: row.rejected,
                owned_by_other: row.owned_by_other,
            },
            findings: serde_json::from_str(&row.findings).map_err(|why| corrupt(&why))?,
            version: row.version,
            created_at: from_column(row.created_at),
            updated_at: from_column(row.updated_at),
            committed_at: row.committed_at.map(from_column),
            expires_at: row.expires_at.map(from_column),
            code_scheme: row.code_scheme,
        })
    }
}

/// What a response said before a batch replaced it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastResponse {
    /// Its version then.
    pub version: i64,
    /// The organisation that it belonged to.
    pub sender: OrgNr,
    /// The batch that said it.
    pub batch: BatchId,
    /// Competence today, as it was said.
    pub current: Level,
    /// Competence needed, as it was said.
    pub needed: Level,
    /// How many answered.
    pub respondents: i64,
    /// A remark.
    pub comment: Option<String>,
    /// The batch that replaced it.
    pub replaced_by: BatchId,
    /// When.
    pub replaced_at: DateTime<Utc>,
}

/// A response as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredResponse {
    /// Its id.
    pub id: Uuid,
    /// Code of the instrument.
    pub instrument: String,
    /// The period.
    pub period: Period,
    /// The unit.
    pub unit: OrgNr,
    /// The competence area.
    pub area: String,
    /// Who answered.
    pub respondent_group: RespondentGroup,
    /// The organisation that it belongs to (K03).
    pub sender: OrgNr,
    /// The batch that said it.
    pub batch: BatchId,
    /// Competence today.
    pub current: Level,
    /// Competence needed.
    pub needed: Level,
    /// How many answered.
    pub respondents: i64,
    /// A remark.
    pub comment: Option<String>,
    /// Raised by every change.
    pub version: i64,
    /// When it was first sent.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}
