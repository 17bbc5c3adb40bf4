//! What a sender writes: the whole document of a need.

use std::collections::BTreeMap;

use domain::ids::{BatchId, RoundId};
use domain::language::Language;
use domain::money::Nok;
use domain::needs as domain_needs;
use domain::organisations::UnitKind;
use domain::orgnr::Synthetic;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Array, ArrayBuilder, Object, ObjectBuilder, Type};
use uuid::Uuid;
use validator::Validate;

use super::answers::{read_explanations, read_extra_answers};
use super::circumstances::{Audience, OtherApplication, Preparation, Supplement};
use super::lists;
use super::named::{read_environments, read_named, read_one_role_each, read_statped};
use super::parts::{
    Anchoring, AnchoringAnswer, AreaNeed, BudgetLine, Contact, Evidence, NamedOrganisation, OtherEnvironment, Period,
    StatpedPart, UnitPart,
};
use crate::external_refs::ExternalRef;
use crate::numbers::Reading;
use crate::problem::Fault;
use crate::rounds::ExtraAnswer;

/// The document of a need. A draft may leave nearly everything out; `check` says what is missing before it can be
/// submitted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "round_id": "01936b0e-7c1a-7000-8000-1234567890ab",
    "title": "Språkmiljø for alle",
    "unit_kinds": ["kindergarten", "school", "ppt"],
    "areas": [{"area": "language_speech", "level": "basic", "purpose": "build"}],
    "partners": [{"orgnr": "974760843"}],
    "amount_nok": 250_000,
    "budget": [{"key": "samlinger", "kind": "delivery", "school_year": "2027-2028", "recipient": "974760843", "amount_nok": 250_000}]
}))]
pub struct NeedDocument {
    /// The round it is sent in; cannot be changed.
    pub round_id: Uuid,
    /// What the measure is called.
    #[schema(example = "Språkmiljø for alle", min_length = 1, max_length = 200)]
    pub title: String,
    /// What is to be done. Describe practice and units, never single children.
    #[serde(default)]
    #[schema(
        example = "Personalet i barnehagene og skolene utvikler felles praksis for språkstøtte, sammen med universitetet.",
        max_length = 20_000
    )]
    pub description: String,
    /// What is to be reached; reports answer each.
    #[serde(default)]
    #[schema(schema_with = goals)]
    pub goals: Vec<String>,
    /// What children, pupils and staff are to gain.
    #[serde(default)]
    #[schema(
        example = "Barn som trenger språkstøtte, får den der de er, av voksne som kjenner dem.",
        max_length = 10_000
    )]
    pub expected_benefit: String,
    /// The school years over which it runs.
    #[serde(default)]
    pub period: Option<Period>,
    /// The kinds of units that it addresses.
    #[serde(default)]
    #[schema(value_type = Vec<lists::UnitKind>, max_items = 5, example = json!(["kindergarten", "school", "ppt"]))]
    pub unit_kinds: Vec<UnitKind>,
    /// Whose competence it raises, and of how many.
    #[serde(default)]
    #[schema(max_items = 4)]
    pub audience: Vec<Audience>,
    /// The units that have a part in it.
    #[serde(default)]
    #[schema(max_items = 500)]
    pub units: Vec<UnitPart>,
    /// The other owners that take part, such as a neighbouring municipality, or the one whose PPT a private owner works
    /// with; each is invited and confirms.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub participants: Vec<NamedOrganisation>,
    /// The partners; each is invited and confirms.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub partners: Vec<NamedOrganisation>,
    /// Statped's part, where it is to have one; it is invited once your partner asks for it too, and confirms.
    #[serde(default)]
    pub statped: Option<StatpedPart>,
    /// Other competence environments that are used.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub other_environments: Vec<OtherEnvironment>,
    /// The competence areas.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub areas: Vec<AreaNeed>,
    /// The kartlegging behind it.
    #[serde(default)]
    pub evidence: Evidence,
    /// Anchoring with leaders, staff and union representatives.
    #[serde(default)]
    pub anchoring: Anchoring,
    /// The amount asked for, all years together, in whole kroner.
    #[serde(default)]
    #[schema(example = 250_000, minimum = 0, maximum = 100_000_000_000_i64)]
    pub amount_nok: i64,
    /// How it is to be used; sums exactly to the amount.
    #[serde(default)]
    #[schema(max_items = 200)]
    pub budget: Vec<BudgetLine>,
    /// What the sender pays itself, in whole kroner.
    #[serde(default)]
    #[schema(example = 0, minimum = 0, maximum = 100_000_000_000_i64)]
    pub own_contribution_nok: i64,
    /// Money applied for elsewhere, for the same measure.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub applied_elsewhere: Vec<OtherApplication>,
    /// Where it adds to a running grant.
    #[serde(default)]
    pub supplement: Option<Supplement>,
    /// What was done in good time before the deadline.
    #[serde(default)]
    pub preparation: Preparation,
    /// Answers to the `questions` of the round.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub extra_answers: Vec<ExtraAnswer>,
    /// The language of the submission: `nb` or `nn`.
    #[serde(default = "bokmaal")]
    #[schema(value_type = lists::SubmissionLanguage, example = "nb")]
    pub language: String,
    /// Whom to ask.
    #[serde(default)]
    pub contact: Option<Contact>,
    /// Explanations to warnings, by the finding's code.
    #[serde(default)]
    #[schema(schema_with = explanations)]
    pub explanations: BTreeMap<String, String>,
    /// Your own keys for the need in your systems; each key belongs to one need only.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub external_refs: Vec<ExternalRef>,
}

/// Goals, each of a length that a report can answer.
fn goals() -> Array {
    let goal = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(1000));
    let example = json!(["Alle barnehager arbeider systematisk med språkmiljøet"]);
    ArrayBuilder::new()
        .items(goal)
        .max_items(Some(20))
        .examples([example])
        .description(Some("What is to be reached; reports answer each."))
        .build()
}

/// Explanations by code, as long as a reader has patience for.
fn explanations() -> Object {
    let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(4000));
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(text))
        .max_properties(Some(50))
        .description(Some("Explanations to warnings, by the finding's code."))
        .examples([json!({"breadth_missing": "PPT er med i et eget tiltak"})])
        .build()
}

fn bokmaal() -> String {
    Language::Nb.to_string()
}

impl NeedDocument {
    /// The round named, as an id.
    pub const fn round(&self) -> RoundId {
        RoundId(self.round_id)
    }

    /// The document as the rules read it, or every fault in numbers, years and repeated values.
    pub fn to_content(&self, synthetic: Synthetic) -> Result<domain_needs::Content, Vec<Fault>> {
        let mut reading = Reading::new(synthetic);
        self.read_repetitions(&mut reading);
        reading.not_blank(&self.title, "/title");
        let content = domain_needs::Content {
            title: self.title.trim().to_owned(),
            description: self.description.clone(),
            goals: self.goals.clone(),
            expected_benefit: self.expected_benefit.clone(),
            period: self.period.as_ref().and_then(|period| read_period(period, &mut reading)),
            unit_kinds: self.unit_kinds.clone(),
            audience: self.audience.iter().cloned().map(Into::into).collect(),
            units: self.read_units(&mut reading),
            participants: read_named(&self.participants, "participants", &mut reading),
            partners: read_named(&self.partners, "partners", &mut reading),
            statped: self.statped.as_ref().and_then(|part| read_statped(part, &mut reading)),
            other_environments: read_environments(&self.other_environments, &mut reading),
            areas: self.areas.iter().map(area_need).collect(),
            evidence: domain_needs::Evidence {
                batches: self.evidence.batches.iter().copied().map(BatchId).collect(),
                explanation: self.evidence.explanation.clone(),
            },
            anchoring: domain_needs::Anchoring {
                leaders: self.anchoring.leaders.clone().map(anchoring_answer),
                staff: self.anchoring.staff.clone().map(anchoring_answer),
                unions: self.anchoring.unions.clone().map(anchoring_answer),
            },
            amount: Nok::new(self.amount_nok),
            budget: self.read_budget(&mut reading),
            own_contribution: Nok::new(self.own_contribution_nok),
            applied_elsewhere: self.applied_elsewhere.iter().cloned().map(Into::into).collect(),
            supplement: self.supplement.clone().map(Into::into),
            preparation: self.preparation.clone().into(),
            extra_answers: read_extra_answers(&self.extra_answers, &mut reading),
            language: if self.language == "nn" { Language::Nn } else { Language::Nb },
            contact: self.contact.clone().map(|c| domain_needs::Contact {
                role: c.role,
                email: c.email,
                phone: c.phone,
            }),
            explanations: read_explanations(&self.explanations, &mut reading),
        };
        read_one_role_each(&content, &mut reading);
        reading.finish(Some(content))
    }

    fn read_repetitions(&self, reading: &mut Reading) {
        reading.unique(&self.unit_kinds, |i| format!("/unit_kinds/{i}"));
        reading.unique(self.audience.iter().map(|audience| &audience.group), |i| format!("/audience/{i}/group"));
        reading.unique(self.extra_answers.iter().map(|answer| &answer.key), |i| format!("/extra_answers/{i}/key"));
        reading.unique(self.areas.iter().map(|need| &need.area), |i| format!("/areas/{i}/area"));
        reading.unique(self.budget.iter().map(|line| &line.key), |i| format!("/budget/{i}/key"));
        reading.unique(&self.evidence.batches, |i| format!("/evidence/batches/{i}"));
        reading.unique(&self.external_refs, |i| format!("/external_refs/{i}"));
    }

    fn read_units(&self, reading: &mut Reading) -> Vec<domain_needs::UnitPart> {
        let mut units = Vec::new();
        for (i, unit) in self.units.iter().enumerate() {
            if let Some(orgnr) = reading.orgnr(&unit.orgnr, format!("/units/{i}/orgnr")) {
                units.push(domain_needs::UnitPart { orgnr, role: unit.role });
            }
        }
        reading.unique(units.iter().map(|unit| &unit.orgnr), |i| format!("/units/{i}/orgnr"));
        units
    }

    fn read_budget(&self, reading: &mut Reading) -> Vec<domain_needs::BudgetLine> {
        let mut lines = Vec::new();
        for (i, line) in self.budget.iter().enumerate() {
            let year = reading.school_year(&line.school_year, format!("/budget/{i}/school_year"));
            let recipient = reading.orgnr(&line.recipient, format!("/budget/{i}/recipient"));
            if let (Some(school_year), Some(recipient)) = (year, recipient) {
                lines.push(domain_needs::BudgetLine {
                    key: line.key.clone(),
                    kind: line.kind,
                    school_year,
                    recipient,
                    amount: Nok::new(line.amount_nok),
                    note: line.note.clone(),
                });
            }
        }
        lines
    }
}

fn read_period(period: &Period, reading: &mut Reading) -> Option<domain_needs::Period> {
    let from = reading.school_year(&period.from, "/period/from");
    let to = reading.school_year(&period.to, "/period/to");
    let (from, to) = (from?, to?);
    if to < from {
        reading.faults.push(Fault::new("period_reversed", "/period/to"));
    }
    Some(domain_needs::Period { from, to })
}

fn area_need(need: &AreaNeed) -> domain_needs::AreaNeed {
    domain_needs::AreaNeed { area: need.area.clone(), level: need.level, purpose: need.purpose }
}

fn anchoring_answer(answer: AnchoringAnswer) -> domain_needs::AnchoringAnswer {
    domain_needs::AnchoringAnswer { anchored: answer.anchored, how: answer.how }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::needs::NeedContent;
    use domain::needs::Reading;
    use serde_json::Value;

    fn whole() -> Value {
        json!({
            "round_id": "01936b0e-7c1a-7000-8000-1234567890ab",
            "title": "Språkmiljø for alle",
            "description": "Barnehage, skole og PPT lærer sammen.",
            "goals": ["Alle kartlegger språkmiljøet sitt"],
            "expected_benefit": "Barn får hjelp tidligere.",
            "period": {"from": "2027-2028", "to": "2028-2029"},
            "unit_kinds": ["kindergarten", "school", "ppt"],
            "audience": [{"group": "leaders", "number": 12}],
            "units": [{"orgnr": "974760673", "role": "leads"}],
            "participants": [{"orgnr": "889640782", "contribution": "Deltar med PPT"}],
            "partners": [{"orgnr": "974760843", "contribution": null}],
            "statped": {"orgnr": "971845635", "role": "contributor", "contribution": "Veileder", "to_partner": true},
            "other_environments": [{"orgnr": null, "name": "Lesesenteret", "contribution": "Kurs", "reason": "Eneste fagmiljø"}],
            "areas": [{"area": "language_speech", "level": "basic", "purpose": "build"}],
            "evidence": {"batches": ["01936b0e-7c1a-7000-8000-1234567890ac"], "explanation": null},
            "anchoring": {"leaders": {"anchored": true, "how": "Rektormøte"}, "staff": null, "unions": null},
            "amount_nok": 250_000,
            "budget": [{"key": "a", "kind": "delivery", "school_year": "2027-2028", "recipient": "974760843", "amount_nok": 250_000, "note": null}],
            "own_contribution_nok": 10,
            "applied_elsewhere": [{"source": "Fylkeskommunen", "amount_nok": 5_000, "outcome": "pending"}],
            "supplement": {"grant_id": "01936b0e-7c1a-7000-8000-1234567890ad", "reason": "To barnehager til"},
            "preparation": {"guidelines_read": true, "dialogue_with_university": true, "dialogue_with_statped": false},
            "extra_answers": [{"key": "region", "text": null, "number": null, "choice": "north"}],
            "language": "nn",
            "contact": {"role": "rådgiver", "email": "post@kommune.no", "phone": null},
            "explanations": {"breadth_missing": "PPT kommer med neste år"},
            "external_refs": [],
        })
    }

    #[test]
    fn what_the_sender_reads_can_be_sent_back_unchanged() {
        let document: NeedDocument = serde_json::from_value(whole()).unwrap();
        let content = document.to_content(Synthetic::Refused).unwrap();
        let mut shown = serde_json::to_value(NeedContent::of(&content, &Reading::Own)).unwrap();
        shown["round_id"] = whole()["round_id"].clone();
        shown["external_refs"] = json!([]);
        assert_eq!(shown, whole());
    }

    #[test]
    fn every_fault_in_numbers_years_and_repeated_values_is_told_at_its_place() {
        let mut wrong = whole();
        wrong["units"][0]["orgnr"] = json!("974760674");
        wrong["partners"] = json!([{"orgnr": "974 760 843"}, {"orgnr": "974760843"}]);
        wrong["participants"][0]["orgnr"] = json!("310279617");
        wrong["period"] = json!({"from": "2028-2029", "to": "2027-2028"});
        wrong["budget"][0]["school_year"] = json!("2027-2029");
        wrong["statped"]["orgnr"] = json!("974760843");
        wrong["other_environments"][0]["name"] = json!(null);
        wrong["unit_kinds"] = json!(["school", "school"]);
        let document: NeedDocument = serde_json::from_value(wrong).unwrap();
        let faults = document.to_content(Synthetic::Refused).unwrap_err();
        let mut told: Vec<(&str, &str)> = faults.iter().map(|f| (f.code.as_str(), f.pointer.as_str())).collect();
        told.sort_unstable();
        assert_eq!(
            told,
            [
                ("missing_member", "/other_environments/0/name"),
                ("not_unique", "/partners/1/orgnr"),
                ("not_unique", "/statped/orgnr"),
                ("not_unique", "/unit_kinds/1"),
                ("orgnr_synthetic", "/participants/0/orgnr"),
                ("orgnr_wrong_check_digit", "/units/0/orgnr"),
                ("period_reversed", "/period/to"),
                ("wrong_format", "/budget/0/school_year"),
            ]
        );
    }
}
