//! Rows of needs and their submissions, and their way into the domain.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::finding::Finding;
use domain::ids::NeedId;
use domain::money::Nok;
use domain::needs::{Content, Need, Parties, ReturnTerms};
use domain::orgnr::OrgNr;

use crate::codec::{document, parse, parse_some, to_document};
use crate::error::StoreError;
use crate::schema::{need_versions, needs};
use crate::time::{from_column, to_column};

/// What a column that does not read is told to be.
pub(super) const DOCUMENT: &str = "need document";

/// A row of `needs`: the draft as it stands, and where it is on its way.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = needs)]
pub(super) struct NeedRow {
    pub(super) id: String,
    pub(super) round_id: String,
    pub(super) scheme: String,
    pub(super) county_governor: String,
    pub(super) county_number: String,
    pub(super) sender_orgnr: String,
    pub(super) state: String,
    pub(super) reference: Option<String>,
    pub(super) title: String,
    pub(super) amount_nok: i64,
    pub(super) language: String,
    pub(super) content: String,
    pub(super) submitted_version: Option<i64>,
    pub(super) reply_by: Option<NaiveDate>,
    pub(super) return_reason: Option<String>,
    pub(super) may_ask_for_more: bool,
    pub(super) dismissal_reason: Option<String>,
    pub(super) transferred_from: Option<String>,
    pub(super) transferred_to: Option<String>,
    pub(super) version: i64,
    pub(super) created_at: NaiveDateTime,
    pub(super) updated_at: NaiveDateTime,
    pub(super) submitted_at: Option<NaiveDateTime>,
}

impl NeedRow {
    /// The row of a need read whole.
    pub(super) fn of(need: &Need) -> Result<Self, StoreError> {
        Ok(Self {
            id: need.id.to_string(),
            round_id: need.round.to_string(),
            scheme: need.scheme.clone(),
            county_governor: need.county_governor.clone(),
            county_number: need.county.to_string(),
            sender_orgnr: need.sender.to_string(),
            state: need.state.to_string(),
            reference: need.reference.clone(),
            title: need.content.title.clone(),
            amount_nok: need.content.amount.kroner(),
            language: need.content.language.to_string(),
            content: to_document(DOCUMENT, &need.content)?,
            submitted_version: need.submitted_version,
            reply_by: need.returned.as_ref().map(|terms| terms.reply_by),
            return_reason: need.returned.as_ref().map(|terms| terms.reason.clone()),
            may_ask_for_more: need.returned.as_ref().is_some_and(|terms| terms.may_ask_for_more),
            dismissal_reason: need.dismissal.clone(),
            transferred_from: need.transferred_from.map(|id| id.to_string()),
            transferred_to: need.transferred_to.map(|id| id.to_string()),
            version: need.version,
            created_at: to_column(need.created_at),
            updated_at: to_column(need.updated_at),
            submitted_at: need.submitted_at.map(to_column),
        })
    }
}

impl TryFrom<NeedRow> for Need {
    type Error = StoreError;
    fn try_from(row: NeedRow) -> Result<Self, StoreError> {
        let corrupt = |why: &dyn ToString| StoreError::corrupt("need", why.to_string());
        let returned = row.reply_by.zip(row.return_reason).map(|(reply_by, reason)| ReturnTerms {
            reply_by,
            reason,
            may_ask_for_more: row.may_ask_for_more,
        });
        Ok(Self {
            id: row.id.parse().map_err(|e| corrupt(&e))?,
            round: row.round_id.parse().map_err(|e| corrupt(&e))?,
            scheme: row.scheme,
            county_governor: row.county_governor,
            county: row.county_number.parse().map_err(|e| corrupt(&e))?,
            sender: OrgNr::from_register(row.sender_orgnr),
            coordination: None,
            shared_with: Vec::new(),
            state: row.state.parse().map_err(|e| corrupt(&e))?,
            reference: row.reference,
            content: document(DOCUMENT, &row.content)?,
            submitted_version: row.submitted_version,
            submitted_at: row.submitted_at.map(from_column),
            returned,
            dismissal: row.dismissal_reason,
            transferred_from: parse_some("need", row.transferred_from.as_deref())?,
            transferred_to: parse_some("need", row.transferred_to.as_deref())?,
            version: row.version,
            created_at: from_column(row.created_at),
            updated_at: from_column(row.updated_at),
        })
    }
}

/// A submission, frozen.
#[derive(Debug, Clone, PartialEq)]
pub struct Submitted {
    /// The need.
    pub need: NeedId,
    /// Its number, from 1.
    pub n: i64,
    /// What the need said.
    pub content: Content,
    /// Who had been asked, and what they had answered.
    pub parties: Parties,
    /// Warnings and hints that stood.
    pub findings: Vec<Finding>,
    /// When.
    pub submitted_at: DateTime<Utc>,
}

/// A row of `need_versions`.
#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = need_versions)]
pub(super) struct VersionRow {
    need_id: String,
    n: i64,
    title: String,
    amount_nok: i64,
    content: String,
    parties: String,
    findings: String,
    submitted_at: NaiveDateTime,
}

impl VersionRow {
    pub(super) fn of(submitted: &Submitted) -> Result<Self, StoreError> {
        Ok(Self {
            need_id: submitted.need.to_string(),
            n: submitted.n,
            title: submitted.content.title.clone(),
            amount_nok: submitted.content.amount.kroner(),
            content: to_document(DOCUMENT, &submitted.content)?,
            parties: to_document(DOCUMENT, &submitted.parties)?,
            findings: to_document(DOCUMENT, &submitted.findings)?,
            submitted_at: to_column(submitted.submitted_at),
        })
    }
}

impl TryFrom<VersionRow> for Submitted {
    type Error = StoreError;
    fn try_from(row: VersionRow) -> Result<Self, StoreError> {
        Ok(Self {
            need: parse("need version", &row.need_id)?,
            n: row.n,
            content: document(DOCUMENT, &row.content)?,
            parties: document(DOCUMENT, &row.parties)?,
            findings: document(DOCUMENT, &row.findings)?,
            submitted_at: from_column(row.submitted_at),
        })
    }
}

/// The head of a submission, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmittedHead {
    /// Its number, from 1.
    pub n: i64,
    /// What the measure was called.
    pub title: String,
    /// The amount asked for.
    pub amount: Nok,
    /// When.
    pub submitted_at: DateTime<Utc>,
}
