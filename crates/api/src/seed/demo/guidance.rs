//! Questions with answers and learning resources of the demo county: what the two public texts behind the scheme say,
//! in our own words, with the text named.

use chrono::{DateTime, Utc};
use domain::guidance::{Guidance, GuidanceScope, Keeper, LearningResource, PublicationState, ResourceLanguage};
use domain::ids::{GuidanceId, LearningResourceId};
use domain::language::Bilingual;
use domain::organisations::{Organisation, OrganisationKind};
use persistence::guidance::{answers, resources};
use persistence::{StoreError, Tx};

use super::numbers::id_of;

/// A question in bokmål and nynorsk, the answer in both, and what it is about.
struct Entry {
    question: [&'static str; 2],
    answer: [&'static str; 2],
    about: &'static [&'static str],
}

const OFFICE: &str = "Statsforvaltaren: Kompetanseløftet for spesialpedagogikk og inkluderande praksis";
const STATPED: &str = "Statped: Spørsmål og svar om kompetanseløftet";

/// What the county governor answers.
const OF_THE_OFFICE: [Entry; 3] = [
    Entry {
        question: ["Må barnehage, skole og PPT alle være med?", "Må barnehage, skule og PPT alle vere med?"],
        answer: [
            "Helst. Er én av dem ikke med, sier dere hvorfor, og forumet leser det.",
            "Helst. Er éin av dei ikkje med, seier de kvifor, og forumet les det.",
        ],
        about: &["N04"],
    },
    Entry {
        question: ["Hva gjør vi med private barnehager og skoler?", "Kva gjer vi med private barnehagar og skular?"],
        answer: [
            "Kommunen inviterer alle private eiere med enheter tiltaket gjelder. Hver eier svarer for seg selv.",
            "Kommunen inviterer alle private eigarar med einingar som tiltaket gjeld. Kvar eigar svarer for seg sjølv.",
        ],
        about: &["N05"],
    },
    Entry {
        question: ["Hvem avgjør om vi får penger?", "Kven avgjer om vi får pengar?"],
        answer: [
            "Samarbeidsforumet i fylket prioriterer tiltakene. Statsforvalteren er sekretariat og fatter vedtakene.",
            "Samarbeidsforumet i fylket prioriterer tiltaka. Statsforvaltaren er sekretariat og gjer vedtaka.",
        ],
        about: &[],
    },
];

/// What Statped answers.
const OF_STATPED: [Entry; 4] = [
    Entry {
        question: ["Når bør vi begynne?", "Når bør vi begynne?"],
        answer: [
            "I god tid før fristen: les retningslinjene, snakk med universitetet og Statped, og kartlegg behovene.",
            "I god tid før fristen: les retningslinene, snakk med universitetet og Statped, og kartlegg behova.",
        ],
        about: &["N13", "N18"],
    },
    Entry {
        question: ["Kan pengene brukes til stillinger?", "Kan pengane brukast til stillingar?"],
        answer: [
            "Nei. De går til kompetanseutvikling, ikke til stillinger i kommuner og fylkeskommuner.",
            "Nei. Dei går til kompetanseutvikling, ikkje til stillingar i kommunar og fylkeskommunar.",
        ],
        about: &["N09"],
    },
    Entry {
        question: ["Hvem er partner i tiltaket?", "Kven er partnar i tiltaket?"],
        answer: [
            "Et universitet eller en høgskole. Statped kan bidra når kommunen og universitetet ønsker det.",
            "Eit universitet eller ein høgskule. Statped kan bidra når kommunen og universitetet ønskjer det.",
        ],
        about: &["N06", "N07"],
    },
    Entry {
        question: ["Kan vi bruke andre kompetansemiljøer?", "Kan vi bruke andre kompetansemiljø?"],
        answer: [
            "Ja, når kommunen og universitetet ser at det trengs. Skriv hvorfor.",
            "Ja, når kommunen og universitetet ser at det trengst. Skriv kvifor.",
        ],
        about: &["N08"],
    },
];

/// A learning resource: kind, title and description in bokmål and nynorsk, areas, provider, address.
type Resource = (&'static str, [&'static str; 2], [&'static str; 2], &'static [&'static str], Provider);

#[derive(Clone, Copy)]
enum Provider {
    Statped,
    Directorate,
    Author,
}

const RESOURCES: [Resource; 4] = [
    (
        "e_learning",
        ["E-læring om syn og hørsel", "E-læring om syn og høyrsel"],
        [
            "Statpeds moduler for ansatte som møter barn som ser eller hører dårlig.",
            "Modulane til Statped for tilsette som møter barn som ser eller høyrer dårleg.",
        ],
        &["vision", "hearing"],
        Provider::Statped,
    ),
    (
        "service",
        ["Alternativ og supplerende kommunikasjon (ASK)", "Alternativ og supplerande kommunikasjon (ASK)"],
        [
            "Statped gir råd om ASK som en av sine ordinære tjenester.",
            "Statped gir råd om ASK som ei av dei ordinære tenestene sine.",
        ],
        &["aac", "language_speech"],
        Provider::Statped,
    ),
    (
        "web_resource",
        ["Nettressurser om inkluderende praksis", "Nettressursar om inkluderande praksis"],
        [
            "Utviklet av Statped og Utdanningsdirektoratet etter det kommunene trenger.",
            "Utvikla av Statped og Utdanningsdirektoratet etter det kommunane treng.",
        ],
        &["inclusive_practice", "adapted_education"],
        Provider::Directorate,
    ),
    (
        "web_resource",
        [
            "David Mitchells ti faktorer for inkluderende undervisning",
            "Dei ti faktorane til David Mitchell for inkluderande undervisning",
        ],
        [
            "Hva som skal til for å lykkes, fra visjon og ledelse til støtte og ressurser.",
            "Kva som skal til for å lykkast, frå visjon og leiing til støtte og ressursar.",
        ],
        &["inclusive_practice"],
        Provider::Author,
    ),
];

/// Adds them, kept by the county governor, Statped and the directorate.
pub(super) fn insert(tx: &mut Tx, organisations: &[Organisation], now: DateTime<Utc>) -> Result<(), StoreError> {
    let keeper = |kind: OrganisationKind| {
        let found = organisations.iter().find(|organisation| organisation.kind == kind);
        let kept = found.map(|it| Keeper { orgnr: it.orgnr.clone(), county_governor: it.county_governor.clone() });
        kept.ok_or_else(|| StoreError::corrupt("demo county", format!("it has no {kind}")))
    };
    let (office, statped) = (keeper(OrganisationKind::CountyGovernor)?, keeper(OrganisationKind::Statped)?);
    let directorate = keeper(OrganisationKind::Directorate)?;
    let of_both = [(&OF_THE_OFFICE[..], &office, OFFICE), (&OF_STATPED[..], &statped, STATPED)];
    let entries = of_both.into_iter().flat_map(|(all, keeper, source)| all.iter().map(move |it| (it, keeper, source)));
    for ((entry, keeper, source), position) in entries.zip((10..).step_by(10)) {
        answers::insert(tx, &question(entry, keeper, source, position), now)?;
    }
    for entry in &RESOURCES {
        let keeper = if matches!(entry.4, Provider::Directorate) { &directorate } else { &statped };
        resources::insert(tx, &resource(entry, keeper), now)?;
    }
    Ok(())
}

fn question(entry: &Entry, keeper: &Keeper, source: &str, position: i64) -> Guidance {
    Guidance {
        id: GuidanceId(id_of(entry.question[1])),
        keeper: keeper.clone(),
        scope: GuidanceScope::All,
        question: words(entry.question),
        answer: words(entry.answer),
        source: Some(source.to_owned()),
        areas: Vec::new(),
        about: entry.about.iter().map(ToString::to_string).collect(),
        position,
        state: PublicationState::Published,
    }
}

fn resource((kind, title, description, areas, provider): &Resource, keeper: &Keeper) -> LearningResource {
    let (name, url) = match provider {
        Provider::Statped => ("Statped", "https://www.statped.no/"),
        Provider::Directorate => ("Utdanningsdirektoratet", "https://www.udir.no/"),
        Provider::Author => ("David Mitchell", "https://www.statped.no/"),
    };
    LearningResource {
        id: LearningResourceId(id_of(title[1])),
        keeper: keeper.clone(),
        kind: (*kind).to_owned(),
        title: words(*title),
        description: words(*description),
        provider: name.to_owned(),
        provider_orgnr: (!matches!(provider, Provider::Author)).then(|| keeper.orgnr.clone()),
        languages: vec![ResourceLanguage::Nb],
        areas: areas.iter().map(ToString::to_string).collect(),
        url: url.to_owned(),
        state: PublicationState::Published,
    }
}

fn words([nb, nn]: [&str; 2]) -> Bilingual {
    Bilingual { nb: nb.to_owned(), nn: nn.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_stands_in_both_forms_of_norwegian() {
        let entries = OF_THE_OFFICE.iter().chain(&OF_STATPED);
        assert!(entries.flat_map(|entry| [entry.question, entry.answer]).flatten().all(|text| !text.is_empty()));
        assert!(
            RESOURCES
                .iter()
                .all(|(_, title, description, ..)| title[0] != title[1] && description[0] != description[1])
        );
    }
}
