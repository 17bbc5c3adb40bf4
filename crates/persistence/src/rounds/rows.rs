//! Rows of rounds, and their way into the domain.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::ids::RoundId;
use domain::rounds::{Round, RoundForm};

use crate::codec::{document, to_document};
use crate::error::StoreError;
use crate::schema::rounds;
use crate::time::{from_column, to_column};

/// A round with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRound {
    /// The round.
    pub round: Round,
    /// Raised by every write.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = rounds)]
pub(super) struct RoundRow {
    id: String,
    county_governor: String,
    scheme: String,
    ruleset: String,
    year: i64,
    opens_on: NaiveDate,
    deadline_date: NaiveDate,
    deadline_at: NaiveDateTime,
    report_due_on: NaiveDate,
    guidance: Option<String>,
    questions: String,
    state: String,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl RoundRow {
    /// A new round's row.
    pub(super) fn new(round: &Round, at: DateTime<Utc>) -> Result<Self, StoreError> {
        let (guidance, questions) = form_columns(&round.form)?;
        Ok(Self {
            id: round.id.to_string(),
            county_governor: round.county_governor.clone(),
            scheme: round.scheme.clone(),
            ruleset: round.ruleset.clone(),
            year: i64::from(round.year),
            opens_on: round.opens_on,
            deadline_date: round.deadline_date,
            deadline_at: to_column(round.deadline_at()),
            report_due_on: round.report_due_on,
            guidance,
            questions,
            state: round.state.to_string(),
            version: 1,
            created_at: to_column(at),
            updated_at: to_column(at),
        })
    }
}

/// What an office adds to the form as its columns keep it: JSON, since nothing is looked up by it.
pub(super) fn form_columns(form: &RoundForm) -> Result<(Option<String>, String), StoreError> {
    let guidance = form.guidance.as_ref().map(|words| to_document("round", words)).transpose()?;
    Ok((guidance, to_document("round", &form.questions)?))
}

impl TryFrom<RoundRow> for StoredRound {
    type Error = StoreError;
    fn try_from(row: RoundRow) -> Result<Self, StoreError> {
        let corrupt = |why: &dyn ToString| StoreError::corrupt("round", why.to_string());
        Ok(Self {
            round: Round {
                id: row.id.parse::<RoundId>().map_err(|e| corrupt(&e))?,
                county_governor: row.county_governor,
                scheme: row.scheme,
                ruleset: row.ruleset,
                year: i32::try_from(row.year).map_err(|e| corrupt(&e))?,
                opens_on: row.opens_on,
                deadline_date: row.deadline_date,
                report_due_on: row.report_due_on,
                form: RoundForm {
                    guidance: row.guidance.map(|words| document("round", &words)).transpose()?,
                    questions: document("round", &row.questions)?,
                },
                state: row.state.parse().map_err(|e| corrupt(&e))?,
            },
            version: row.version,
            created_at: from_column(row.created_at),
            updated_at: from_column(row.updated_at),
        })
    }
}
