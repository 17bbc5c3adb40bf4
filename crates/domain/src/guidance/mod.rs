//! Guidance: questions with answers, and learning resources, kept by those who guide.

use crate::actor::Viewer;
use crate::ids::{GuidanceId, LearningResourceId, RoundId};
use crate::language::Bilingual;
use crate::organisations::OrganisationKind;
use crate::orgnr::OrgNr;
use crate::search::fold;

crate::codes! {
    /// Whether guidance is for everybody yet.
    PublicationState {
        /// Seen by its keeper only.
        Draft = "draft",
        /// Seen by everybody.
        Published = "published",
    }
}

crate::codes! {
    /// A language in which a learning resource is offered.
    ResourceLanguage {
        /// Bokmål.
        Nb = "nb",
        /// Nynorsk.
        Nn = "nn",
        /// English.
        En = "en",
        /// Northern Sámi.
        NorthernSami = "se",
        /// Southern Sámi.
        SouthernSami = "sma",
        /// Lule Sámi.
        LuleSami = "smj",
    }
}

/// Who keeps guidance, and for whom it is meant: a county governor for its own area, Statped and the directorate for
/// the whole country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keeper {
    /// The organisation.
    pub orgnr: OrgNr,
    /// The office code, where it is a county governor.
    pub county_governor: Option<String>,
}

impl Keeper {
    /// The viewer as a keeper, where its kind is one that guides.
    pub fn of(viewer: &Viewer) -> Option<Self> {
        let county_governor = match viewer.kind {
            OrganisationKind::CountyGovernor => Some(viewer.county_governor.clone()?),
            OrganisationKind::Statped | OrganisationKind::Directorate => None,
            _ => return None,
        };
        Some(Self { orgnr: viewer.orgnr.clone(), county_governor })
    }
}

/// What guidance is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuidanceScope {
    /// Everything.
    All,
    /// A scheme.
    Scheme(String),
    /// A round.
    Round(RoundId),
}

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guidance {
    /// Its id.
    pub id: GuidanceId,
    /// Who keeps it.
    pub keeper: Keeper,
    /// What it is for.
    pub scope: GuidanceScope,
    /// The question.
    pub question: Bilingual,
    /// The answer.
    pub answer: Bilingual,
    /// Where the answer comes from.
    pub source: Option<String>,
    /// The competence areas that it is about.
    pub areas: Vec<String>,
    /// The findings or rules with which it helps: `private_owner_not_mentioned`, `N05`.
    pub about: Vec<String>,
    /// Its place among the others, low first.
    pub position: i64,
    /// Whether everybody sees it.
    pub state: PublicationState,
}

/// Something to learn from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LearningResource {
    /// Its id.
    pub id: LearningResourceId,
    /// Who keeps its entry.
    pub keeper: Keeper,
    /// What kind of thing it is; an open list.
    pub kind: String,
    /// What it is called.
    pub title: Bilingual,
    /// What it is good for.
    pub description: Bilingual,
    /// Who offers it.
    pub provider: String,
    /// Its provider's number, where it is in the register.
    pub provider_orgnr: Option<OrgNr>,
    /// In which languages.
    pub languages: Vec<ResourceLanguage>,
    /// The competence areas that it is about.
    pub areas: Vec<String>,
    /// Where it is found.
    pub url: String,
    /// Whether everybody sees it.
    pub state: PublicationState,
}

impl LearningResource {
    /// What a search looks through, folded.
    pub fn folded(&self) -> String {
        let Bilingual { nb, nn } = &self.title;
        let texts = [nb, nn, &self.description.nb, &self.description.nn, &self.provider];
        fold(&texts.map(String::as_str).join(" "))
    }
}

/// Whether a text is an address that a browser can open safely: `https`, a host, no white space and nobody's name or
/// password in it.
pub fn is_web_address(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.split(':').next().unwrap_or_default();
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    name.contains('.')
        && !name.starts_with('.')
        && host.split_once(':').is_none_or(|(_, port)| port.parse::<u16>().is_ok())
        && name.chars().all(is_plain)
        && !text.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, '"' | '<' | '>' | '\\'))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn viewer(kind: OrganisationKind) -> Viewer {
        let county_governor = (kind == OrganisationKind::CountyGovernor).then(|| "vestland".to_owned());
        let orgnr = OrgNr::from_register("974760673".to_owned());
        Viewer { orgnr, kind, county: None, county_governor, seats: Vec::new(), in_network: false }
    }

    #[test]
    fn a_county_governor_guides_its_area_and_statped_and_the_directorate_the_country() {
        let office = |kind| Keeper::of(&viewer(kind)).map(|keeper| keeper.county_governor);
        for kind in OrganisationKind::ALL {
            let expected = match kind {
                OrganisationKind::CountyGovernor => Some(Some("vestland".to_owned())),
                OrganisationKind::Statped | OrganisationKind::Directorate => Some(None),
                _ => None,
            };
            assert_eq!(office(*kind), expected, "{kind}");
        }
    }

    #[rstest]
    #[case("https://www.statped.no/kurs?tema=ask#start", true)]
    #[case("https://www.statped.no:443/e-læring", true)]
    #[case("http://www.statped.no", false)]
    #[case("javascript:alert(1)", false)]
    #[case("https://", false)]
    #[case("https://localhost/x", false)]
    #[case("https://ola:hemmelig@statped.no", false)]
    #[case("https://statped.no/a b", false)]
    #[case("https://statped.no/\"><script>", false)]
    #[case("https://statped.no:alle/", false)]
    fn only_an_address_that_is_safe_to_open_is_one(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(is_web_address(text), expected);
    }
}
