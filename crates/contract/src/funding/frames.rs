//! Frames and their ledgers on the wire.

use chrono::{DateTime, Utc};
use domain::funding::frames::{FrameError, Source, SourceKind};
use domain::money::Nok;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::FrameSourceKind;
use crate::problem::Fault;

/// One source of a frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct FrameSource {
    /// What it is.
    #[schema(value_type = FrameSourceKind, example = "appropriation")]
    pub kind: SourceKind,
    /// The letter or decision that gives it.
    #[schema(example = "Tildelingsbrev 2027, kap. 226 post 21", min_length = 1, max_length = 200)]
    pub reference: String,
    /// How much, in whole kroner.
    #[schema(example = 5_300_000, minimum = 1, maximum = 100_000_000_000_i64)]
    pub amount_nok: i64,
}

/// The money of a county governor, scheme and year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Frame {
    /// Its id.
    pub id: Uuid,
    /// The code of the office whose money it is.
    #[schema(example = "vestland")]
    pub county_governor: String,
    /// The scheme.
    #[schema(example = "kollektiv")]
    pub scheme: String,
    /// The calendar year; school years that begin in it are charged to it.
    #[schema(example = 2027)]
    pub year: i32,
    /// Where the money comes from.
    pub sources: Vec<FrameSource>,
    /// The sum of the sources.
    #[schema(example = 5_300_000)]
    pub amount_nok: i64,
    /// Raised by every change, and by every recommendation and decision that is charged to it.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A frame to come. It belongs to the county governor that makes it; there is one per scheme and year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CreateFrame {
    /// The scheme.
    #[schema(example = "kollektiv", min_length = 1, max_length = 40)]
    pub scheme: String,
    /// The calendar year.
    #[schema(example = 2027, minimum = 2020, maximum = 2100)]
    pub year: i32,
    /// Where the money comes from.
    #[schema(max_items = 100)]
    #[serde(default)]
    pub sources: Vec<FrameSource>,
}

/// What can be changed of a frame: its sources, all of them at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangeFrame {
    /// Where the money comes from.
    #[schema(max_items = 100)]
    pub sources: Vec<FrameSource>,
}

/// What a frame holds and what is spoken for. `sources_nok = committed_nok + left_nok`, and
/// `committed_nok = reserved_nok + used_nok`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FrameLedger {
    /// The frame.
    pub frame_id: Uuid,
    /// The code of the office whose money it is.
    #[schema(example = "vestland")]
    pub county_governor: String,
    /// The scheme.
    #[schema(example = "kollektiv")]
    pub scheme: String,
    /// The calendar year.
    #[schema(example = 2027)]
    pub year: i32,
    /// The sum of the sources.
    #[schema(example = 5_300_000)]
    pub sources_nok: i64,
    /// Held for needs on adopted recommendations that are not decided yet.
    #[schema(example = 900_000)]
    pub reserved_nok: i64,
    /// Granted by live decisions, conditional years left out.
    #[schema(example = 3_100_000)]
    pub used_nok: i64,
    /// Spoken for: reserved and used.
    #[schema(example = 4_000_000)]
    pub committed_nok: i64,
    /// Still free, never below zero.
    #[schema(example = 1_300_000)]
    pub left_nok: i64,
    /// Promised by live decisions under the condition of this year's appropriation; not spoken for before it is
    /// confirmed.
    #[schema(example = 400_000)]
    pub conditional_nok: i64,
    /// Sent to recipients, of what is used.
    #[schema(example = 1_500_000)]
    pub sent_nok: i64,
    /// Need by need.
    pub entries: Vec<FrameLedgerEntry>,
}

/// What one need has in a frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FrameLedgerEntry {
    /// The need.
    pub need_id: Uuid,
    /// The adopted recommendation with its line.
    pub recommendation_id: Option<Uuid>,
    /// The grant, once it is decided.
    pub grant_id: Option<Uuid>,
    /// What the recommendation holds for it; nought once it is decided.
    #[schema(example = 0)]
    pub reserved_nok: i64,
    /// What its live decision grants.
    #[schema(example = 300_000)]
    pub used_nok: i64,
    /// What its live decision promises under a condition.
    #[schema(example = 0)]
    pub conditional_nok: i64,
    /// What has been sent.
    #[schema(example = 200_000)]
    pub sent_nok: i64,
}

impl From<&FrameSource> for Source {
    fn from(source: &FrameSource) -> Self {
        Self { kind: source.kind, reference: source.reference.clone(), amount: Nok::new(source.amount_nok) }
    }
}

impl From<&Source> for FrameSource {
    fn from(source: &Source) -> Self {
        Self { kind: source.kind, reference: source.reference.clone(), amount_nok: source.amount.kroner() }
    }
}

/// The sources as the domain has them, or the fault that they sum to more than one amount takes.
pub fn sources(sources: &[FrameSource]) -> Result<Vec<Source>, Fault> {
    let sources: Vec<Source> = sources.iter().map(Source::from).collect();
    match Nok::total(sources.iter().map(|source| source.amount)) {
        Some(total) if total <= Nok::MAX => Ok(sources),
        _ => Err(Fault::new("sources_too_large", "/sources")),
    }
}

/// The problem code of a frame's refusal, with its figures.
pub fn problem_of(error: FrameError) -> (&'static str, [(&'static str, i64); 2]) {
    match error {
        FrameError::Exceeded { wanted, left } => {
            ("frame_exceeded", [("amount_nok", wanted.kroner()), ("left_nok", left.kroner())])
        }
        FrameError::BelowCommitted { wanted, committed } => {
            ("frame_below_committed", [("amount_nok", wanted.kroner()), ("committed_nok", committed.kroner())])
        }
    }
}

crate::page! {
    /// A page of frames.
    FramePage of Frame
}
