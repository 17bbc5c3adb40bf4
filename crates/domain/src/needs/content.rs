//! What a need says: the sender's document, a draft until it is frozen at submission.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::budget::BudgetLine;
use super::circumstances::{Audience, OtherApplication, Preparation, Supplement};
use super::parties::PartyRole;
use crate::ids::BatchId;
use crate::language::Language;
use crate::money::Nok;
use crate::organisations::UnitKind;
use crate::orgnr::OrgNr;
use crate::rounds::ExtraAnswers;
use crate::time::SchoolYear;

crate::codes! {
    /// How deep the competence is to go (N19).
    AreaLevel {
        /// What everyone needs to include every child.
        Basic = "basic",
        /// More than that.
        Advanced = "advanced",
    }
}

crate::codes! {
    /// What is to become of the competence (N19).
    AreaPurpose {
        /// It is to be built up.
        Build = "build",
        /// It is there and is to stay.
        Maintain = "maintain",
        /// It is there and is to grow.
        Develop = "develop",
    }
}

crate::codes! {
    /// Whose competence the measure raises.
    TargetGroup {
        /// Leaders.
        Leaders = "leaders",
        /// Teachers and other pedagogical staff.
        PedagogicalStaff = "pedagogical_staff",
        /// Assistants.
        Assistants = "assistants",
        /// PPT and other support.
        SupportService = "support_service",
    }
}

crate::codes! {
    /// What a unit does in the measure.
    UnitRole {
        /// Its staff learn.
        TakesPart = "takes_part",
        /// It helps others to learn.
        Contributes = "contributes",
        /// It leads the measure.
        Leads = "leads",
    }
}

/// The school years over which a measure runs, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The first school year.
    pub from: SchoolYear,
    /// The last school year; not before the first.
    pub to: SchoolYear,
}

impl Period {
    /// How many school years it spans, at least one; `None` where it ends before it begins.
    pub fn years(self) -> Option<u32> {
        u32::try_from(self.to.first_year() - self.from.first_year() + 1).ok().filter(|years| *years > 0)
    }

    /// Whether a school year lies within it.
    pub fn holds(self, year: SchoolYear) -> bool {
        (self.from..=self.to).contains(&year)
    }
}

/// A competence area that the measure is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaNeed {
    /// The area's code, such as `language_speech`.
    pub area: String,
    /// How deep.
    pub level: AreaLevel,
    /// To what end.
    pub purpose: AreaPurpose,
}

/// A kindergarten, school, PPT office or SFO that has a part in the measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitPart {
    /// The unit.
    pub orgnr: OrgNr,
    /// What it does.
    pub role: UnitRole,
}

/// An organisation that the sender names to take part: another owner (N14), or a partner (N06).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedParty {
    /// The organisation.
    pub orgnr: OrgNr,
    /// What it brings, in the sender's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contribution: Option<String>,
}

crate::codes! {
    /// What Statped does in a measure (N07).
    StatpedRole {
        /// It contributes, since sender and partner both ask for it.
        Contributor = "contributor",
        /// It carries the measure out with the sender, since no partner can and the forum asks for it.
        Provider = "provider",
    }
}

/// Statped's part in a measure (N07).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatpedPart {
    /// Statped.
    pub orgnr: OrgNr,
    /// In which role.
    pub role: StatpedRole,
    /// What it is to do, in the sender's words.
    pub contribution: String,
    /// Whether the contribution goes to the partner, and not to the sender itself.
    #[serde(default)]
    pub to_partner: bool,
}

/// Another competence environment that is used, where municipality and university see the need (N08).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherEnvironment {
    /// Its organisation number, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub orgnr: Option<OrgNr>,
    /// What it is called, where that is not in the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is to do.
    pub contribution: String,
    /// Why it is needed beside the partner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// The kartlegging that the need is built on (N13).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Committed batches.
    #[serde(default)]
    pub batches: Vec<BatchId>,
    /// Why there is none, or what else it is built on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
}

impl Evidence {
    /// Whether the sender says what else the need is built on; a blank says nothing (N13, N18).
    pub fn is_explained(&self) -> bool {
        self.explanation.as_ref().is_some_and(|explanation| !explanation.trim().is_empty())
    }
}

/// Whether the measure is anchored with one group (N12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnchoringAnswer {
    /// Whether it is.
    pub anchored: bool,
    /// How, or why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub how: Option<String>,
}

/// Anchoring with the three groups, each answered or not yet (N12).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Anchoring {
    /// Leaders.
    pub leaders: Option<AnchoringAnswer>,
    /// Staff.
    pub staff: Option<AnchoringAnswer>,
    /// Union representatives.
    pub unions: Option<AnchoringAnswer>,
}

/// Whom to ask about the need: a role and its work address; seen by the sender and the county governor only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The role, such as "skolefaglig rådgiver".
    pub role: String,
    /// Its work address for mail.
    pub email: String,
    /// Its work telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// The whole document. A draft may leave nearly everything empty; what must be there at submission is said by
/// [`super::check`]. Documents written by older versions stay readable: every member has a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Content {
    /// What the measure is called.
    pub title: String,
    /// What is to be done.
    pub description: String,
    /// What is to be reached; reports answer each (G08).
    pub goals: Vec<String>,
    /// What children, pupils and staff are to gain.
    pub expected_benefit: String,
    /// The school years over which it runs.
    pub period: Option<Period>,
    /// The kinds of units that it addresses.
    pub unit_kinds: Vec<UnitKind>,
    /// Whose competence it raises, and of how many.
    pub audience: Vec<Audience>,
    /// The units that have a part in it.
    pub units: Vec<UnitPart>,
    /// The other owners that take part (N14).
    pub participants: Vec<NamedParty>,
    /// The partners (N06).
    pub partners: Vec<NamedParty>,
    /// Statped's part (N07).
    pub statped: Option<StatpedPart>,
    /// Other competence environments (N08).
    pub other_environments: Vec<OtherEnvironment>,
    /// The competence areas (N19).
    pub areas: Vec<AreaNeed>,
    /// The kartlegging behind it (N13).
    pub evidence: Evidence,
    /// Anchoring (N12).
    pub anchoring: Anchoring,
    /// The amount asked for, all years together (N10).
    pub amount: Nok,
    /// How it is to be used; sums exactly to the amount (N10).
    pub budget: Vec<BudgetLine>,
    /// What the sender pays itself (N11).
    pub own_contribution: Nok,
    /// Money applied for elsewhere.
    pub applied_elsewhere: Vec<OtherApplication>,
    /// Where it adds to a running grant (N17).
    pub supplement: Option<Supplement>,
    /// What was done before the deadline (N18).
    pub preparation: Preparation,
    /// Answers to the office's own questions in the round.
    pub extra_answers: ExtraAnswers,
    /// The language of the submission, bokmål or nynorsk; private recipients get their letters in it (G12).
    pub language: Language,
    /// Whom to ask.
    pub contact: Option<Contact>,
    /// Explanations to warnings, by the finding's code.
    pub explanations: BTreeMap<String, String>,
}

impl Default for Content {
    fn default() -> Self {
        Self {
            title: String::new(),
            description: String::new(),
            goals: Vec::new(),
            expected_benefit: String::new(),
            period: None,
            unit_kinds: Vec::new(),
            audience: Vec::new(),
            units: Vec::new(),
            participants: Vec::new(),
            partners: Vec::new(),
            statped: None,
            other_environments: Vec::new(),
            areas: Vec::new(),
            evidence: Evidence::default(),
            anchoring: Anchoring::default(),
            amount: Nok::ZERO,
            budget: Vec::new(),
            own_contribution: Nok::ZERO,
            applied_elsewhere: Vec::new(),
            supplement: None,
            preparation: Preparation::default(),
            extra_answers: ExtraAnswers::new(),
            language: Language::Nb,
            contact: None,
            explanations: BTreeMap::new(),
        }
    }
}

impl Content {
    /// Whether a confirmation of `before` no longer covers this: the measure, its period, its parties or its money is
    /// another. Then `confirmed` becomes `pending` again.
    pub fn asks_again(&self, before: &Self) -> bool {
        let covered = |content: &Self| Self {
            evidence: Evidence::default(),
            anchoring: Anchoring::default(),
            preparation: Preparation::default(),
            extra_answers: ExtraAnswers::new(),
            language: Language::Nb,
            contact: None,
            explanations: BTreeMap::new(),
            ..content.clone()
        };
        covered(self) != covered(before)
    }

    /// Everybody whom the document names to be invited, and in what way.
    pub fn named(&self) -> impl Iterator<Item = (PartyRole, &OrgNr)> {
        let partners = self.partners.iter().map(|party| (PartyRole::Partner, &party.orgnr));
        let participants = self.participants.iter().map(|party| (PartyRole::Participant, &party.orgnr));
        let statped = self.statped.iter().map(|part| (PartyRole::Statped, &part.orgnr));
        partners.chain(participants).chain(statped)
    }

    /// Whether Statped carries the measure out, without a partner, for which the forum has to ask (N07).
    pub fn is_provided_by_statped(&self) -> bool {
        self.statped.as_ref().is_some_and(|part| part.role == StatpedRole::Provider)
    }

    /// Those who take part without a budget line of their own: owner or partner pays them (N07).
    pub fn paid_by_others(&self) -> impl Iterator<Item = &OrgNr> {
        let environments = self.other_environments.iter().filter_map(|environment| environment.orgnr.as_ref());
        self.statped.iter().map(|part| &part.orgnr).chain(environments)
    }

    /// The budget lines that go to one recipient.
    pub fn lines_of<'a>(&'a self, recipient: &'a OrgNr) -> impl Iterator<Item = &'a BudgetLine> {
        self.budget.iter().filter(move |line| line.recipient == *recipient)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_of_an_older_version_stays_readable() {
        let content: Content = serde_json::from_str(r#"{"title": "Tiltak", "amount": 1000}"#).unwrap();
        assert_eq!(content, Content { title: "Tiltak".to_owned(), amount: Nok::new(1000), ..Content::default() });
    }

    #[test]
    fn confirmations_fall_when_the_measure_changes_and_not_when_the_contact_does() {
        let before = Content { title: "Tiltak".to_owned(), ..Content::default() };
        let contact = Contact { role: "rådgiver".to_owned(), email: "post@kommune.no".to_owned(), phone: None };
        assert!(!Content { contact: Some(contact), ..before.clone() }.asks_again(&before));
        assert!(Content { amount: Nok::new(1), ..before.clone() }.asks_again(&before));
    }

    #[test]
    fn a_period_counts_its_school_years() {
        let period = |from, to| Period { from: SchoolYear::beginning(from), to: SchoolYear::beginning(to) };
        assert_eq!(period(2026, 2026).years(), Some(1));
        assert_eq!(period(2026, 2028).years(), Some(3));
        assert_eq!(period(2027, 2026).years(), None);
    }
}
