//! Guidance on the wire: questions with answers, and learning resources.

use chrono::{DateTime, Utc};
use domain::guidance::{
    Guidance as DomainGuidance, GuidanceScope, Keeper, LearningResource as DomainResource, PublicationState,
    ResourceLanguage, is_web_address,
};
use domain::ids::{GuidanceId, LearningResourceId, RoundId};
use domain::language::{Bilingual as Words, Language};
use domain::orgnr::Synthetic;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::bilingual::Bilingual;
use crate::numbers::Reading;
use crate::problem::Fault;
use crate::texts;

/// The closed lists of guidance, as the OpenAPI document shows them.
pub mod lists {
    crate::code_schema! {
        PublicationState of domain::guidance::PublicationState = "Whether it is for everybody yet.",
        ResourceLanguage of domain::guidance::ResourceLanguage = "A language in which a learning resource is offered.",
    }
}

/// A text in the form of Norwegian that a reader gets: nynorsk where that is asked for, bokmål otherwise.
fn read_in(text: &Words, language: Language) -> String {
    match language {
        Language::Nn => text.nn.clone(),
        Language::Nb | Language::En => text.nb.clone(),
    }
}

fn words(text: &Bilingual, pointer: &str, reading: &mut Reading) -> Words {
    reading.not_blank(&text.nb, format!("{pointer}/nb"));
    reading.not_blank(&text.nn, format!("{pointer}/nn"));
    Words { nb: text.nb.clone(), nn: text.nn.clone() }
}

/// A question and its answer, as its keeper writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct GuidanceDocument {
    /// The scheme that it is for; with neither scheme nor round it is for everything.
    #[serde(default)]
    #[schema(example = "kollektiv", max_length = 40)]
    pub scheme: Option<String>,
    /// The round that it is for: one of the keeper's own, and then no scheme.
    #[serde(default)]
    pub round_id: Option<Uuid>,
    /// The question.
    pub question: Bilingual,
    /// The answer.
    pub answer: Bilingual,
    /// Where the answer comes from.
    #[serde(default)]
    #[schema(example = "Statped: Spørsmål og svar om kompetanseløftet", min_length = 1, max_length = 300)]
    pub source: Option<String>,
    /// The competence areas that it is about.
    #[serde(default)]
    #[schema(example = json!(["language_speech"]), max_items = 30)]
    pub areas: Vec<String>,
    /// Codes of findings, or of rules, with which it helps: a check offers it there.
    #[serde(default)]
    #[schema(example = json!(["N05", "kartlegging_missing"]), max_items = 50)]
    pub about: Vec<String>,
    /// Its place among the others, low first.
    #[serde(default = "in_the_middle")]
    #[schema(example = 100, minimum = 0, maximum = 9999)]
    pub position: i64,
    /// Whether everybody sees it.
    #[serde(default = "draft")]
    #[schema(value_type = lists::PublicationState, example = "published")]
    pub state: PublicationState,
}

const fn in_the_middle() -> i64 {
    100
}

const fn draft() -> PublicationState {
    PublicationState::Draft
}

impl GuidanceDocument {
    /// The question as a keeper's, or what cannot be so.
    pub fn read(&self, id: GuidanceId, keeper: Keeper, synthetic: Synthetic) -> Result<DomainGuidance, Vec<Fault>> {
        let mut reading = Reading::new(synthetic);
        let scope = match (self.scheme.clone(), self.round_id) {
            (Some(_), Some(_)) => {
                reading.faults.push(Fault::new("scheme_or_round", "/scheme"));
                GuidanceScope::All
            }
            (Some(scheme), None) => GuidanceScope::Scheme(scheme),
            (None, Some(round)) => GuidanceScope::Round(RoundId(round)),
            (None, None) => GuidanceScope::All,
        };
        reading.unique(&self.areas, |n| format!("/areas/{n}"));
        reading.unique(&self.about, |n| format!("/about/{n}"));
        for (n, code) in self.about.iter().enumerate().filter(|(_, code)| !is_finding_or_rule(code)) {
            reading.faults.push(Fault::new("unknown_finding", format!("/about/{n}")).with("code", code.as_str()));
        }
        let guidance = DomainGuidance {
            id,
            keeper,
            scope,
            question: words(&self.question, "/question", &mut reading),
            answer: words(&self.answer, "/answer", &mut reading),
            source: self.source.clone(),
            areas: self.areas.clone(),
            about: self.about.clone(),
            position: self.position,
            state: self.state,
        };
        reading.finish(Some(guidance))
    }
}

impl From<DomainGuidance> for GuidanceDocument {
    fn from(it: DomainGuidance) -> Self {
        let (scheme, round_id) = match it.scope {
            GuidanceScope::All => (None, None),
            GuidanceScope::Scheme(scheme) => (Some(scheme), None),
            GuidanceScope::Round(round) => (None, Some(round.0)),
        };
        Self {
            scheme,
            round_id,
            question: it.question.into(),
            answer: it.answer.into(),
            source: it.source,
            areas: it.areas,
            about: it.about,
            position: it.position,
            state: it.state,
        }
    }
}

/// Whether a code is that of a finding, or of a rule of needs such as `N05`.
fn is_finding_or_rule(code: &str) -> bool {
    let is_rule = code.strip_prefix('N').is_some_and(|n| n.len() == 2 && n.bytes().all(|b| b.is_ascii_digit()));
    is_rule || texts::all(Language::Nb).findings.contains_key(code)
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Guidance {
    /// Its id.
    pub id: Uuid,
    /// Who keeps it.
    #[schema(example = "974760673")]
    pub owner_orgnr: String,
    /// The county governor for whose area it is; null for the whole country.
    #[schema(example = "vestland")]
    pub county_governor: Option<String>,
    /// The scheme that it is for; with neither scheme nor round it is for everything.
    #[schema(example = "kollektiv")]
    pub scheme: Option<String>,
    /// The round that it is for.
    pub round_id: Option<Uuid>,
    /// The question.
    pub question: Bilingual,
    /// The answer.
    pub answer: Bilingual,
    /// Where the answer comes from.
    #[schema(example = "Statped: Spørsmål og svar om kompetanseløftet")]
    pub source: Option<String>,
    /// The competence areas that it is about.
    #[schema(example = json!(["language_speech"]))]
    pub areas: Vec<String>,
    /// Codes of findings, or of rules, with which it helps.
    #[schema(example = json!(["N05", "kartlegging_missing"]))]
    pub about: Vec<String>,
    /// Its place among the others, low first.
    #[schema(example = 100)]
    pub position: i64,
    /// Whether everybody sees it.
    #[schema(value_type = lists::PublicationState, example = "published")]
    pub state: PublicationState,
    /// Raised by every change; what `If-Match` compares.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

crate::page! {
    /// A page of questions with answers.
    GuidancePage of Guidance
}

/// A question that helps, to be read at `/v1/guidance/{id}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct GuidanceLink {
    /// Its id.
    pub id: Uuid,
    /// The question, in nynorsk where the caller asks for that, in bokmål otherwise.
    #[schema(example = "Hva må være på plass før vi melder behov?")]
    pub question: String,
}

impl GuidanceLink {
    /// A link in the caller's language.
    pub fn of(id: GuidanceId, question: &Words, language: Language) -> Self {
        Self { id: id.0, question: read_in(question, language) }
    }
}

/// A learning resource, as its keeper writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct LearningResourceDocument {
    /// What kind of thing it is: `e_learning`, `web_resource`, `service`, `package`, `course`, `book`, or another word.
    #[schema(example = "e_learning", pattern = "^[a-z][a-z_]{1,39}$")]
    pub kind: String,
    /// What it is called.
    pub title: Bilingual,
    /// What it is good for.
    pub description: Bilingual,
    /// Who offers it.
    #[schema(example = "Statped", min_length = 1, max_length = 200)]
    pub provider: String,
    /// The provider's number, where it is in the register.
    #[serde(default)]
    #[schema(example = "974760673", max_length = 20)]
    pub provider_orgnr: Option<String>,
    /// The languages in which it is offered.
    #[schema(value_type = Vec<lists::ResourceLanguage>, example = json!(["nb", "se"]), min_items = 1, max_items = 6)]
    pub languages: Vec<ResourceLanguage>,
    /// The competence areas that it is about.
    #[serde(default)]
    #[schema(example = json!(["language_speech"]), max_items = 30)]
    pub areas: Vec<String>,
    /// Where it is found; `https` only.
    #[schema(example = "https://www.statped.no/", max_length = 500)]
    pub url: String,
    /// Whether everybody sees it.
    #[serde(default = "draft")]
    #[schema(value_type = lists::PublicationState, example = "published")]
    pub state: PublicationState,
}

impl LearningResourceDocument {
    /// The resource as a keeper's, or what cannot be so.
    pub fn read(
        &self,
        id: LearningResourceId,
        keeper: Keeper,
        synthetic: Synthetic,
    ) -> Result<DomainResource, Vec<Fault>> {
        let mut reading = Reading::new(synthetic);
        let provider_orgnr = self.provider_orgnr.as_ref().and_then(|number| reading.orgnr(number, "/provider_orgnr"));
        reading.not_blank(&self.provider, "/provider");
        reading.unique(&self.languages, |n| format!("/languages/{n}"));
        reading.unique(&self.areas, |n| format!("/areas/{n}"));
        if !is_web_address(&self.url) {
            reading.faults.push(Fault::new("no_web_address", "/url"));
        }
        let resource = DomainResource {
            id,
            keeper,
            kind: self.kind.clone(),
            title: words(&self.title, "/title", &mut reading),
            description: words(&self.description, "/description", &mut reading),
            provider: self.provider.clone(),
            provider_orgnr,
            languages: self.languages.clone(),
            areas: self.areas.clone(),
            url: self.url.clone(),
            state: self.state,
        };
        reading.finish(Some(resource))
    }
}

impl From<DomainResource> for LearningResourceDocument {
    fn from(it: DomainResource) -> Self {
        Self {
            kind: it.kind,
            title: it.title.into(),
            description: it.description.into(),
            provider: it.provider,
            provider_orgnr: it.provider_orgnr.map(|orgnr| orgnr.to_string()),
            languages: it.languages,
            areas: it.areas,
            url: it.url,
            state: it.state,
        }
    }
}

/// A learning resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LearningResource {
    /// Its id.
    pub id: Uuid,
    /// Who keeps its entry.
    #[schema(example = "974760673")]
    pub owner_orgnr: String,
    /// The county governor for whose area it is; null for the whole country.
    #[schema(example = "vestland")]
    pub county_governor: Option<String>,
    /// What kind of thing it is; an open list, see `learning_resource_kind`.
    #[schema(example = "e_learning")]
    pub kind: String,
    /// What it is called.
    pub title: Bilingual,
    /// What it is good for.
    pub description: Bilingual,
    /// Who offers it.
    #[schema(example = "Statped")]
    pub provider: String,
    /// The provider's number, where it is in the register.
    #[schema(example = "974760673")]
    pub provider_orgnr: Option<String>,
    /// The languages in which it is offered.
    #[schema(value_type = Vec<lists::ResourceLanguage>)]
    pub languages: Vec<ResourceLanguage>,
    /// The competence areas that it is about.
    #[schema(example = json!(["language_speech"]))]
    pub areas: Vec<String>,
    /// Where it is found.
    #[schema(example = "https://www.statped.no/")]
    pub url: String,
    /// Whether everybody sees it.
    #[schema(value_type = lists::PublicationState, example = "published")]
    pub state: PublicationState,
    /// Raised by every change; what `If-Match` compares.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

crate::page! {
    /// A page of learning resources.
    LearningResourcePage of LearningResource
}

/// A learning resource that is offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LearningResourceLink {
    /// Its id.
    pub id: Uuid,
    /// What it is called, in nynorsk where the caller asks for that, in bokmål otherwise.
    #[schema(example = "Språkmiljø i barnehagen")]
    pub title: String,
    /// Where it is found.
    #[schema(example = "https://www.statped.no/")]
    pub url: String,
}

impl LearningResourceLink {
    /// A link in the caller's language.
    pub fn of(resource: &DomainResource, language: Language) -> Self {
        Self { id: resource.id.0, title: read_in(&resource.title, language), url: resource.url.clone() }
    }
}
