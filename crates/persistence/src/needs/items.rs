//! What a list of needs is asked for, and what it holds.

use chrono::{DateTime, Utc};
use domain::ids::{NeedId, RoundId};
use domain::money::Nok;
use domain::municipality::CountyNumber;
use domain::needs::NeedState;
use domain::orgnr::OrgNr;
use domain::search::SearchTerms;

/// Which needs a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NeedFilter {
    /// In any of these states; empty for all.
    pub states: Vec<NeedState>,
    /// Of this round.
    pub round: Option<RoundId>,
    /// Of this scheme.
    pub scheme: Option<String>,
    /// Of this sender.
    pub sender: Option<OrgNr>,
    /// Of this county.
    pub county: Option<CountyNumber>,
    /// About this competence area.
    pub area: Option<String>,
    /// With this reference.
    pub reference: Option<String>,
    /// Carrying a key of the viewer's own in this outside system.
    pub external_system: Option<String>,
    /// Carrying this key of the viewer's own.
    pub external_key: Option<String>,
    /// With all these words in what the viewer reads of it.
    pub terms: Option<SearchTerms>,
}

/// A need in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedItem {
    /// Its id.
    pub id: NeedId,
    /// Its reference.
    pub reference: Option<String>,
    /// Its round.
    pub round: RoundId,
    /// Its scheme.
    pub scheme: String,
    /// The county governor it belongs to.
    pub county_governor: String,
    /// Its county.
    pub county: CountyNumber,
    /// Who sends it.
    pub sender: OrgNr,
    /// The sender's name.
    pub sender_name: String,
    /// What the measure is called.
    pub title: String,
    /// The amount asked for, where the viewer sees it.
    pub amount: Option<Nok>,
    /// Where it is on its way.
    pub state: NeedState,
    /// Raised by every change.
    pub version: i64,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was submitted last.
    pub submitted_at: Option<DateTime<Utc>>,
}
