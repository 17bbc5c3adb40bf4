//! What readers see of a need.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::needs as domain_needs;
use domain::needs::{Content, Reading};
use domain::organisations::UnitKind;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::circumstances::{Audience, OtherApplication, Preparation, Supplement};
use super::lists;
use super::parts::{
    Anchoring, AnchoringAnswer, AreaNeed, BudgetLine, Contact, Evidence, NamedOrganisation, OtherEnvironment, Period,
    StatpedPart, UnitPart,
};
use crate::external_refs::ExternalRef;
use crate::rounds::ExtraAnswer;

/// The document of a need, as far as its reader may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NeedContent {
    /// What the measure is called.
    #[schema(example = "Språkmiljø for alle")]
    pub title: String,
    /// What is to be done.
    #[schema(
        example = "Personalet i barnehagene og skolene utvikler felles praksis for språkstøtte, sammen med universitetet."
    )]
    pub description: String,
    /// What is to be reached.
    pub goals: Vec<String>,
    /// What children, pupils and staff are to gain.
    #[schema(example = "Barn som trenger språkstøtte, får den der de er, av voksne som kjenner dem.")]
    pub expected_benefit: String,
    /// The school years over which it runs.
    pub period: Option<Period>,
    /// The kinds of units that it addresses.
    #[schema(value_type = Vec<lists::UnitKind>)]
    pub unit_kinds: Vec<UnitKind>,
    /// Whose competence it raises, and of how many.
    pub audience: Vec<Audience>,
    /// The units that have a part in it.
    pub units: Vec<UnitPart>,
    /// The other owners that take part.
    pub participants: Vec<NamedOrganisation>,
    /// The partners named.
    pub partners: Vec<NamedOrganisation>,
    /// Statped's part.
    pub statped: Option<StatpedPart>,
    /// Other competence environments.
    pub other_environments: Vec<OtherEnvironment>,
    /// The competence areas.
    pub areas: Vec<AreaNeed>,
    /// The kartlegging behind it.
    pub evidence: Evidence,
    /// Anchoring.
    pub anchoring: Anchoring,
    /// The amount asked for; null for those who see their own lines only.
    #[schema(example = 250_000)]
    pub amount_nok: Option<i64>,
    /// How it is to be used; own lines only for those who are invited, and for networks.
    pub budget: Vec<BudgetLine>,
    /// What the sender pays itself; null for those who see their own lines only.
    #[schema(example = 0)]
    pub own_contribution_nok: Option<i64>,
    /// Money applied for elsewhere; empty for those who are invited, and for networks.
    pub applied_elsewhere: Vec<OtherApplication>,
    /// Where it adds to a running grant; null for those who are invited, and for networks.
    pub supplement: Option<Supplement>,
    /// What was done in good time before the deadline; not told to those who are invited, nor to networks.
    pub preparation: Preparation,
    /// Answers to the `questions` of the round; empty for those who are invited, and for networks.
    pub extra_answers: Vec<ExtraAnswer>,
    /// The language of the submission.
    #[schema(example = "nb")]
    pub language: String,
    /// Whom to ask; null for all but the sender and the county governor.
    pub contact: Option<Contact>,
    /// Explanations to warnings, by the finding's code.
    pub explanations: BTreeMap<String, String>,
}

impl NeedContent {
    /// A document narrowed to what the reader may see.
    pub fn of(content: &Content, reading: &Reading) -> Self {
        let whole = reading.of_whole_budget();
        Self {
            title: content.title.clone(),
            description: content.description.clone(),
            goals: content.goals.clone(),
            expected_benefit: content.expected_benefit.clone(),
            period: content.period.map(|p| Period { from: p.from.to_string(), to: p.to.to_string() }),
            unit_kinds: content.unit_kinds.clone(),
            audience: content.audience.iter().copied().map(Into::into).collect(),
            units: content.units.iter().map(|u| UnitPart { orgnr: u.orgnr.to_string(), role: u.role }).collect(),
            participants: content.participants.iter().map(|p| named(&p.orgnr, p.contribution.as_ref())).collect(),
            partners: content.partners.iter().map(|p| named(&p.orgnr, p.contribution.as_ref())).collect(),
            statped: content.statped.as_ref().map(statped_part),
            other_environments: content.other_environments.iter().map(other_environment).collect(),
            areas: content.areas.iter().map(area_need).collect(),
            evidence: Evidence {
                batches: content.evidence.batches.iter().map(|id| id.0).collect(),
                explanation: content.evidence.explanation.clone(),
            },
            anchoring: Anchoring {
                leaders: content.anchoring.leaders.as_ref().map(anchoring_answer),
                staff: content.anchoring.staff.as_ref().map(anchoring_answer),
                unions: content.anchoring.unions.as_ref().map(anchoring_answer),
            },
            amount_nok: whole.then_some(content.amount.kroner()),
            budget: content.budget.iter().map(budget_line).collect(),
            own_contribution_nok: whole.then_some(content.own_contribution.kroner()),
            applied_elsewhere: content.applied_elsewhere.iter().cloned().map(Into::into).collect(),
            supplement: content.supplement.clone().map(Into::into),
            preparation: content.preparation.into(),
            extra_answers: content.extra_answers.iter().map(|(key, answer)| ExtraAnswer::of(key, answer)).collect(),
            language: content.language.to_string(),
            contact: content.contact.clone().map(|c| Contact { role: c.role, email: c.email, phone: c.phone }),
            explanations: content.explanations.clone(),
        }
    }
}

fn named(orgnr: &domain::orgnr::OrgNr, contribution: Option<&String>) -> NamedOrganisation {
    NamedOrganisation { orgnr: orgnr.to_string(), contribution: contribution.cloned() }
}

fn statped_part(part: &domain_needs::StatpedPart) -> StatpedPart {
    StatpedPart {
        orgnr: part.orgnr.to_string(),
        role: part.role,
        contribution: part.contribution.clone(),
        to_partner: part.to_partner,
    }
}

fn other_environment(environment: &domain_needs::OtherEnvironment) -> OtherEnvironment {
    OtherEnvironment {
        orgnr: environment.orgnr.as_ref().map(ToString::to_string),
        name: environment.name.clone(),
        contribution: environment.contribution.clone(),
        reason: environment.reason.clone(),
    }
}

fn area_need(need: &domain_needs::AreaNeed) -> AreaNeed {
    AreaNeed { area: need.area.clone(), level: need.level, purpose: need.purpose }
}

fn anchoring_answer(answer: &domain_needs::AnchoringAnswer) -> AnchoringAnswer {
    AnchoringAnswer { anchored: answer.anchored, how: answer.how.clone() }
}

fn budget_line(line: &domain_needs::BudgetLine) -> BudgetLine {
    BudgetLine {
        key: line.key.clone(),
        kind: line.kind,
        school_year: line.school_year.to_string(),
        recipient: line.recipient.to_string(),
        amount_nok: line.amount.kroner(),
        note: line.note.clone(),
    }
}

/// A need. Its sender, those it invited and the networks it is shared with see the draft as it stands; everybody else
/// the newest submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Need {
    /// Its id.
    pub id: Uuid,
    /// Its reference, from its first submission on.
    #[schema(example = "B-2026-VL-0012")]
    pub reference: Option<String>,
    /// The round it is sent in.
    pub round_id: Uuid,
    /// The scheme of the round.
    #[schema(example = "kollektiv")]
    pub scheme: String,
    /// The office code of the county governor that it belongs to.
    #[schema(example = "vestland")]
    pub county_governor: String,
    /// The county of its sender.
    #[schema(example = "46")]
    pub county_number: String,
    /// Who sends it.
    #[schema(example = "974760673")]
    pub sender_orgnr: String,
    /// The coordination whose joint draft it is, where it is one; for its sender and the members of the coordination's
    /// network.
    pub coordination_id: Option<Uuid>,
    /// The networks with which it is shared; for its sender only.
    pub shared_with: Vec<Uuid>,
    /// Where it is on its way.
    #[schema(value_type = lists::NeedState, example = "draft")]
    pub state: domain_needs::NeedState,
    /// What it says.
    #[serde(flatten)]
    pub content: NeedContent,
    /// Your own keys for it in your systems.
    pub external_refs: Vec<ExternalRef>,
    /// The number of its newest submission; see `versions`.
    #[schema(example = 1)]
    pub submitted_version: Option<i64>,
    /// When it was submitted last.
    pub submitted_at: Option<DateTime<Utc>>,
    /// While it is returned, and for sender and county governor only: the last day to resubmit, and why.
    pub returned: Option<Returned>,
    /// Why the county governor found it outside the scheme, for sender and county governor only.
    #[schema(example = "Tiltaket gjelder drift, ikke kompetanseutvikling.")]
    pub dismissal_reason: Option<String>,
    /// The need of an earlier round that it carries on.
    pub transferred_from: Option<Uuid>,
    /// The draft in a later round that carries it on, for its sender only.
    pub transferred_to: Option<Uuid>,
    /// Raised by every change; what `If-Match` compares.
    #[schema(example = 3)]
    pub version: i64,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Why and on which terms a need was sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Returned {
    /// The last day to resubmit; may lie after the round's deadline.
    pub reply_by: NaiveDate,
    /// What is to be corrected.
    #[schema(example = "Budsjettet mangler evaluering.")]
    pub reason: String,
    /// Whether the sender may ask for more money than before.
    pub may_ask_for_more: bool,
}

impl Need {
    /// A need narrowed to what the reader may see.
    pub fn of(need: &domain_needs::Need, reading: &Reading, external_refs: Vec<ExternalRef>) -> Self {
        Self {
            id: need.id.0,
            reference: need.reference.clone(),
            round_id: need.round.0,
            scheme: need.scheme.clone(),
            county_governor: need.county_governor.clone(),
            county_number: need.county.to_string(),
            sender_orgnr: need.sender.to_string(),
            coordination_id: need.coordination.map(|coordination| coordination.0),
            shared_with: need.shared_with.iter().map(|network| network.0).collect(),
            state: need.state,
            content: NeedContent::of(&need.content, reading),
            external_refs,
            submitted_version: need.submitted_version,
            submitted_at: need.submitted_at,
            returned: need.returned.clone().map(|terms| Returned {
                reply_by: terms.reply_by,
                reason: terms.reason,
                may_ask_for_more: terms.may_ask_for_more,
            }),
            dismissal_reason: need.dismissal.clone(),
            transferred_from: need.transferred_from.map(|id| id.0),
            transferred_to: need.transferred_to.map(|id| id.0),
            version: need.version,
            created_at: need.created_at,
            updated_at: need.updated_at,
        }
    }
}

/// A need in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NeedItem {
    /// Its id.
    pub id: Uuid,
    /// Its reference, from its first submission on.
    #[schema(example = "B-2026-VL-0012")]
    pub reference: Option<String>,
    /// What the measure is called.
    #[schema(example = "Språkmiljø for alle")]
    pub title: String,
    /// Where it is on its way.
    #[schema(value_type = lists::NeedState, example = "submitted")]
    pub state: domain_needs::NeedState,
    /// The amount asked for; null for those who see their own lines only.
    #[schema(example = 250_000)]
    pub amount_nok: Option<i64>,
    /// Who sends it.
    #[schema(example = "974760673")]
    pub sender_orgnr: String,
    /// The sender's name.
    #[schema(example = "Bergen kommune")]
    pub sender_name: String,
    /// The round.
    pub round_id: Uuid,
    /// The scheme.
    #[schema(example = "kollektiv")]
    pub scheme: String,
    /// The county governor it belongs to.
    #[schema(example = "vestland")]
    pub county_governor: String,
    /// The county of its sender.
    #[schema(example = "46")]
    pub county_number: String,
    /// When it was submitted last.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Raised by every change.
    #[schema(example = 3)]
    pub version: i64,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

crate::page! {
    /// A page of needs.
    NeedPage of NeedItem
}
