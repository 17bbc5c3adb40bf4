//! Grants, decisions and instalments on the wire.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::funding::decisions::{DecisionKind, Line, Outcome, Proposal, ProposedYear, Split};
use domain::funding::instalments::Instalment as DomainInstalment;
use domain::funding::{DecisionState, GrantState};
use domain::money::Nok;
use domain::orgnr::Synthetic;
use domain::time::SchoolYear;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::external_refs::ExternalRef;
use crate::numbers::Reading;
use crate::problem::Fault;

/// Money for a measure, as its live decision has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Grant {
    /// Its id.
    pub id: Uuid,
    /// Its reference.
    #[schema(example = "T-2027-VL-0003")]
    pub reference: String,
    /// The need that it answers.
    pub need_id: Uuid,
    /// The code of the office that decided it.
    #[schema(example = "vestland")]
    pub county_governor: String,
    /// The county of the sender.
    #[schema(example = "46")]
    pub county_number: String,
    /// The scheme.
    #[schema(example = "kollektiv")]
    pub scheme: String,
    /// The ruleset under which it runs out.
    #[schema(example = "kollektiv-2026")]
    pub ruleset: String,
    /// The year whose frame its first school year is charged to.
    #[schema(example = 2027)]
    pub year: i32,
    /// The sender of the need.
    #[schema(example = "310279617")]
    pub sender_orgnr: String,
    /// What the measure is called.
    #[schema(example = "Språkløft i Voss")]
    pub title: String,
    /// Where it stands.
    #[schema(value_type = super::GrantState, example = "notified")]
    pub state: GrantState,
    /// What its live decision says.
    #[schema(value_type = super::GrantOutcome, example = "granted")]
    pub outcome: Outcome,
    /// What its live decision grants, conditional years included.
    #[schema(example = 500_000)]
    pub amount_nok: i64,
    /// The amount by school year and recipient; none for a decline.
    pub years: Vec<GrantYear>,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// When sender and recipients were told.
    pub notified_at: Option<DateTime<Utc>>,
    /// The keys by which the caller's own systems know it.
    pub external_refs: Vec<ExternalRef>,
    /// Raised by every change; what `If-Match` compares.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A school year of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GrantYear {
    /// The school year.
    #[schema(example = "2027-2028")]
    pub school_year: String,
    /// What is granted for it.
    #[schema(example = 300_000)]
    pub amount_nok: i64,
    /// Whether it waits for the yearly appropriation: every year after the first, until it is confirmed.
    pub conditional: bool,
    /// The amount by recipient; sums exactly to it.
    pub recipients: Vec<GrantRecipient>,
}

/// What one recipient gets for a school year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GrantRecipient {
    /// The recipient.
    #[schema(example = "310279617")]
    pub orgnr: String,
    /// How much.
    #[schema(example = 100_000)]
    pub amount_nok: i64,
}

/// A decision to be made on a need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DecideGrant {
    /// The need.
    pub need_id: Uuid,
    /// The adopted recommendation with the need's line.
    pub recommendation_id: Uuid,
    /// What is decided.
    #[schema(value_type = super::GrantOutcome, example = "granted")]
    pub outcome: Outcome,
    /// Why; it stands in the letter.
    #[schema(example = "Tiltaket svarer på kartlagte behov.", min_length = 1, max_length = 4000)]
    pub reason: String,
    /// Why the decision departs from the recommendation, where it does.
    #[serde(default)]
    #[schema(example = "Ramma er mindre enn innstillinga.", max_length = 4000)]
    pub departure_reason: Option<String>,
    /// What is granted, year by year; left out or empty for a decline.
    #[serde(default)]
    #[schema(max_items = 5)]
    pub years: Vec<DecideYear>,
    /// The keys by which the caller's own systems know the grant.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub external_refs: Vec<ExternalRef>,
}

/// A school year to be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DecideYear {
    /// The school year.
    #[schema(example = "2027-2028", pattern = "^20[0-9]{2}-20[0-9]{2}$")]
    pub school_year: String,
    /// What is granted for it.
    #[schema(example = 300_000, minimum = 1, maximum = 100_000_000_000_i64)]
    pub amount_nok: i64,
    /// Who receives it: either all with amounts that sum exactly to it, or all with shares.
    #[schema(max_items = 50)]
    pub recipients: Vec<DecideRecipient>,
}

/// A recipient of a school year to be decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "orgnr": "310279617", "amount_nok": 300_000 }))]
pub struct DecideRecipient {
    /// The recipient: the sender or a confirmed partner.
    #[schema(example = "310279617")]
    pub orgnr: String,
    /// How much.
    #[serde(default)]
    #[schema(example = 100_000, minimum = 1, maximum = 100_000_000_000_i64)]
    pub amount_nok: Option<i64>,
    /// Its weight among the recipients; rounded by largest remainder, equal remainders to the earlier recipient.
    #[serde(default)]
    #[schema(example = 1, minimum = 1, maximum = 1_000_000)]
    pub share: Option<i64>,
}

/// A decision in a grant's chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Decision {
    /// Its id.
    pub id: Uuid,
    /// Its grant.
    pub grant_id: Uuid,
    /// Its number in the chain, from 1.
    #[schema(example = 1)]
    pub n: i64,
    /// What it is in the chain.
    #[schema(value_type = super::DecisionKind, example = "original")]
    pub kind: DecisionKind,
    /// Whether it counts.
    #[schema(value_type = super::DecisionState, example = "live")]
    pub state: DecisionState,
    /// What it says.
    #[schema(value_type = super::GrantOutcome, example = "granted")]
    pub outcome: Outcome,
    /// The adopted recommendation with the need's line.
    pub recommendation_id: Option<Uuid>,
    /// What that line recommends, all years together.
    #[schema(example = 500_000)]
    pub recommended_nok: i64,
    /// What is granted, conditional years included.
    #[schema(example = 500_000)]
    pub amount_nok: i64,
    /// The amount by school year and recipient.
    pub years: Vec<GrantYear>,
    /// Why.
    #[schema(example = "Tiltaket svarer på kartlagte behov.")]
    pub reason: String,
    /// Whether it departs from the recommendation; it then stands on the forum's next agenda.
    pub departs: bool,
    /// Why it departs.
    #[schema(example = "Ramma er mindre enn innstillinga.")]
    pub departure_reason: Option<String>,
    /// The item by which the forum notes the departure, once it stands on an agenda.
    pub agenda_item_id: Option<Uuid>,
    /// When it was made.
    pub decided_at: DateTime<Utc>,
}

/// One instalment of a recipient line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "recipient_orgnr": "310279617", "school_year": "2027-2028", "amount_nok": 300_000, "due_on": "2027-09-01"
}))]
pub struct Instalment {
    /// Who receives it.
    #[schema(example = "310279617")]
    pub recipient_orgnr: String,
    /// The school year of the line that it pays.
    #[schema(example = "2027-2028", pattern = "^20[0-9]{2}-20[0-9]{2}$")]
    pub school_year: String,
    /// How much.
    #[schema(example = 100_000, minimum = 1, maximum = 100_000_000_000_i64)]
    pub amount_nok: i64,
    /// The day on which it is due.
    #[schema(example = "2027-09-01")]
    pub due_on: NaiveDate,
    /// The school year whose report must be approved before it is paid.
    #[serde(default)]
    #[schema(example = "2027-2028", pattern = "^20[0-9]{2}-20[0-9]{2}$")]
    pub awaits_report: Option<String>,
}

/// The whole plan by which a grant is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PutInstalments {
    /// Every instalment; they sum exactly to every recipient line that is not conditional.
    #[schema(max_items = 200)]
    pub instalments: Vec<Instalment>,
}

/// Lines as they are shown: by school year, then recipient.
pub fn years(lines: &[Line]) -> Vec<GrantYear> {
    let mut years: BTreeMap<SchoolYear, GrantYear> = BTreeMap::new();
    for line in lines {
        let year = years.entry(line.school_year).or_insert_with(|| GrantYear {
            school_year: line.school_year.to_string(),
            amount_nok: 0,
            conditional: line.conditional,
            recipients: Vec::new(),
        });
        year.amount_nok += line.amount.kroner();
        year.recipients.push(GrantRecipient { orgnr: line.recipient.to_string(), amount_nok: line.amount.kroner() });
    }
    years.into_values().collect()
}

impl DecideGrant {
    /// The proposal, or every fault of its form.
    pub fn proposal(&self, synthetic: Synthetic) -> Result<Proposal, Vec<Fault>> {
        let mut reading = Reading::new(synthetic);
        let years = self.years.iter().enumerate();
        let years: Vec<_> = years.filter_map(|(i, year)| year.proposed(&format!("/years/{i}"), &mut reading)).collect();
        reading.unique(&self.external_refs, |i| format!("/external_refs/{i}"));
        reading.finish(Some(Proposal { outcome: self.outcome, years, departure_reason: self.departure_reason.clone() }))
    }
}

impl DecideYear {
    fn proposed(&self, pointer: &str, reading: &mut Reading) -> Option<ProposedYear> {
        let school_year = reading.school_year(&self.school_year, format!("{pointer}/school_year"));
        let (mut amounts, mut shares) = (Vec::new(), Vec::new());
        for (j, recipient) in self.recipients.iter().enumerate() {
            let at = format!("{pointer}/recipients/{j}");
            let Some(orgnr) = reading.orgnr(&recipient.orgnr, format!("{at}/orgnr")) else { continue };
            match (recipient.amount_nok, recipient.share.map(u64::try_from)) {
                (Some(amount), None) => amounts.push((orgnr, Nok::new(amount))),
                (None, Some(Ok(share))) => shares.push((orgnr, share)),
                _ => reading.faults.push(Fault::new("amount_or_share", at)),
            }
        }
        let split = match (amounts.is_empty(), shares.is_empty()) {
            (_, true) => Split::Amounts(amounts),
            (true, false) => Split::Shares(shares),
            (false, false) => {
                reading.faults.push(Fault::new("amount_or_share", format!("{pointer}/recipients")));
                return None;
            }
        };
        Some(ProposedYear { school_year: school_year?, amount: Nok::new(self.amount_nok), split })
    }
}

impl PutInstalments {
    /// The plan, or every fault of its form.
    pub fn plan(&self, synthetic: Synthetic) -> Result<Vec<DomainInstalment>, Vec<Fault>> {
        let mut reading = Reading::new(synthetic);
        let instalments = self.instalments.iter().enumerate();
        let plan: Vec<_> =
            instalments.filter_map(|(i, one)| one.read(&format!("/instalments/{i}"), &mut reading)).collect();
        reading.finish(Some(plan))
    }
}

impl Instalment {
    fn read(&self, pointer: &str, reading: &mut Reading) -> Option<DomainInstalment> {
        let recipient = reading.orgnr(&self.recipient_orgnr, format!("{pointer}/recipient_orgnr"));
        let school_year = reading.school_year(&self.school_year, format!("{pointer}/school_year"));
        let awaits = self.awaits_report.as_deref();
        let awaits_report = awaits.and_then(|year| reading.school_year(year, format!("{pointer}/awaits_report")));
        Some(DomainInstalment {
            recipient: recipient?,
            school_year: school_year?,
            amount: Nok::new(self.amount_nok),
            due_on: self.due_on,
            awaits_report,
        })
    }
}

crate::page! {
    /// A page of grants.
    GrantPage of Grant
}

crate::page! {
    /// The chain of a grant's decisions.
    DecisionPage of Decision
}
