//! Who there is: organisations and units, in a fixed order with fixed numbers.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow};
use domain::municipality::MunicipalityNumber;
use domain::organisations::{LanguageDecision, Organisation, OrganisationKind, Unit, UnitKind};
use domain::orgnr::OrgNr;
use serde::Deserialize;

use super::names::Names;
use super::numbers::Numbers;
use crate::seed::reference;

/// How many units of which kind each municipality has, and who runs its PPT office.
const MUNICIPALITIES: &str = include_str!("vestland.csv");

/// Everybody but municipalities and private owners: kind, name, municipality of the seat where it lies in Vestland.
const OTHERS: [(OrganisationKind, &str, Option<&str>); 12] = [
    (OrganisationKind::CountyGovernor, "Statsforvaltaren i Vestland", Some("4601")),
    (OrganisationKind::CountyAuthority, "Vestland fylkeskommune", Some("4601")),
    (OrganisationKind::University, "Høgskulen på Vestlandet", Some("4601")),
    (OrganisationKind::University, "Universitetet i Bergen", Some("4601")),
    (OrganisationKind::VocationalCollege, "Fagskulen Vestland", Some("4601")),
    (OrganisationKind::Statped, "Statped", None),
    (OrganisationKind::Ks, "KS Vest-Noreg", Some("4601")),
    (OrganisationKind::Union, "Utdanningsforbundet Vestland", Some("4601")),
    (OrganisationKind::Union, "Skolenes landsforbund Vestland", Some("4601")),
    (OrganisationKind::PrivateAssociation, "Private Barnehagers Landsforbund Vest", Some("4601")),
    (OrganisationKind::Directorate, "Utdanningsdirektoratet", None),
    (OrganisationKind::Other, "Foreldreutvalet for barnehage og skule", None),
];

/// The county authority's schools: name, municipality.
const UPPER_SECONDARY: [(&str, &str); 10] = [
    ("Fjordbyen vidaregåande skule", "4601"),
    ("Sju fjell vidaregåande skule", "4601"),
    ("Havgapet vidaregåande skule", "4602"),
    ("Sunnhordlandstunet vidaregåande skule", "4614"),
    ("Hardangerfjella vidaregåande skule", "4618"),
    ("Hangurtunet vidaregåande skule", "4621"),
    ("Askeladden vidaregåande skule", "4627"),
    ("Lyngheitunet vidaregåande skule", "4631"),
    ("Sognefjella vidaregåande skule", "4640"),
    ("Sunnfjordtunet vidaregåande skule", "4647"),
];

/// Private owners with a kindergarten in many municipalities: name of the kindergartens, legal form, seat.
const CHAINS: [(&str, &str, &str); 3] =
    [("Fjordgløtt", "AS", "4601"), ("Vestavind", "AS", "4614"), ("Solstreif", "SA", "4640")];

#[derive(Deserialize)]
struct Line {
    municipality: MunicipalityNumber,
    language_decision: LanguageDecision,
    kindergartens: usize,
    schools: usize,
    private_kindergartens: usize,
    private_schools: usize,
    /// The municipality that runs the PPT office: itself or a neighbour.
    ppt_host: MunicipalityNumber,
    /// The chain that the first private kindergarten belongs to.
    chain: String,
}

/// The county as it is put into an empty database.
#[derive(Default)]
pub(super) struct County {
    /// Everybody who takes part.
    pub(super) organisations: Vec<Organisation>,
    /// Their kindergartens, schools, PPT offices and SFOs.
    pub(super) units: Vec<Unit>,
}

/// Vestland.
pub(super) fn vestland() -> anyhow::Result<County> {
    let reference = reference::data()?.municipalities;
    let names: BTreeMap<String, String> = reference.into_iter().map(|m| (m.number, m.norwegian_name)).collect();
    let lines: Vec<Line> = csv::Reader::from_reader(MUNICIPALITIES.as_bytes())
        .into_deserialize()
        .collect::<Result<_, _>>()
        .context("seed/demo/vestland.csv")?;
    let mut founding = Founding::new();
    founding.add_others()?;
    let chains = founding.add_chains()?;
    for (n, line) in lines.iter().enumerate() {
        let name = names.get(line.municipality.as_str()).ok_or_else(|| anyhow!("no name for {}", line.municipality))?;
        let names = Names::new(name, line.language_decision == LanguageDecision::Nn, n);
        let served = lines.iter().filter(|other| other.ppt_host == line.municipality);
        founding.add_municipality(&names, line, served.map(|other| other.municipality.clone()).collect());
        let chain = chains.get(line.chain.as_str()).ok_or_else(|| anyhow!("no chain {}", line.chain))?;
        founding.add_private_owners(&names, line, chain);
    }
    Ok(founding.county)
}

/// Puts the county together, number by number.
struct Founding {
    numbers: Numbers,
    county: County,
}

impl Founding {
    fn new() -> Self {
        Self { numbers: Numbers::new(), county: County::default() }
    }

    fn add_others(&mut self) -> anyhow::Result<()> {
        for (kind, name, seat) in OTHERS {
            let orgnr = self.organisation(kind, name.to_owned(), seat.map(str::parse).transpose()?, None);
            if kind == OrganisationKind::CountyAuthority {
                for (school, municipality) in UPPER_SECONDARY {
                    self.unit(UnitKind::UpperSecondary, school.to_owned(), &orgnr, &municipality.parse()?);
                }
            }
        }
        Ok(())
    }

    /// The owners of the chains, by the name of their kindergartens.
    fn add_chains(&mut self) -> anyhow::Result<BTreeMap<&'static str, OrgNr>> {
        let mut owners = BTreeMap::new();
        for (name, form, seat) in CHAINS {
            let full = format!("{name} barnehagar {form}");
            owners.insert(name, self.organisation(OrganisationKind::PrivateOwner, full, Some(seat.parse()?), None));
        }
        Ok(owners)
    }

    fn add_municipality(&mut self, names: &Names<'_>, line: &Line, ppt_serves: Vec<MunicipalityNumber>) {
        let here = &line.municipality;
        let language = Some(line.language_decision);
        let kind = OrganisationKind::Municipality;
        let owner = self.organisation(kind, names.municipality(), Some(here.clone()), language);
        for n in 0..line.kindergartens {
            self.unit(UnitKind::Kindergarten, names.kindergarten(n), &owner, here);
        }
        for n in 0..line.schools {
            self.unit(UnitKind::School, names.school(n), &owner, here);
        }
        self.unit(UnitKind::Sfo, names.sfo(), &owner, here);
        if !ppt_serves.is_empty() {
            self.unit(UnitKind::Ppt, names.ppt(), &owner, here).serves = ppt_serves;
        }
    }

    /// The first private kindergarten belongs to a chain, every other one and every private school to an owner of
    /// its own.
    fn add_private_owners(&mut self, names: &Names<'_>, line: &Line, chain: &OrgNr) {
        let here = &line.municipality;
        self.unit(UnitKind::Kindergarten, names.chain_kindergarten(&line.chain), chain, here).private = true;
        let local = line.private_kindergartens.saturating_sub(1);
        let kindergartens = (0..local).map(|n| (UnitKind::Kindergarten, names.local_kindergarten(n)));
        let schools = (0..line.private_schools).map(|n| (UnitKind::School, names.private_school(n)));
        for (kind, (unit, owner)) in kindergartens.chain(schools) {
            let owner = self.organisation(OrganisationKind::PrivateOwner, owner, Some(here.clone()), None);
            self.unit(kind, unit, &owner, here).private = true;
        }
    }

    fn organisation(
        &mut self,
        kind: OrganisationKind,
        name: String,
        seat: Option<MunicipalityNumber>,
        language: Option<LanguageDecision>,
    ) -> OrgNr {
        let orgnr = self.numbers.next();
        let language = language.or((kind == OrganisationKind::CountyAuthority).then_some(LanguageDecision::Nn));
        self.county.organisations.push(Organisation {
            orgnr: orgnr.clone(),
            name,
            kind,
            county: seat.as_ref().map(MunicipalityNumber::county),
            municipality: seat,
            county_governor: (kind == OrganisationKind::CountyGovernor).then(|| super::COUNTY_GOVERNOR.to_owned()),
            language_decision: language,
            active: true,
        });
        orgnr
    }

    fn unit(&mut self, kind: UnitKind, name: String, owner: &OrgNr, here: &MunicipalityNumber) -> &mut Unit {
        let unit = Unit {
            orgnr: self.numbers.next(),
            name,
            kind,
            owner: owner.clone(),
            municipality: here.clone(),
            private: false,
            active: true,
            serves: Vec::new(),
        };
        self.county.units.push(unit);
        self.county.units.last_mut().expect("one was pushed")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn numbers_of(kind: OrganisationKind, county: &County) -> usize {
        county.organisations.iter().filter(|organisation| organisation.kind == kind).count()
    }

    #[test]
    fn every_kind_of_organisation_is_there_and_every_municipality() {
        let county = vestland().unwrap();
        assert!(OrganisationKind::ALL.iter().all(|kind| numbers_of(*kind, &county) > 0));
        assert_eq!(numbers_of(OrganisationKind::Municipality, &county), 43);
        assert_eq!(numbers_of(OrganisationKind::University, &county), 2);
        assert_eq!(numbers_of(OrganisationKind::Union, &county), 2);
    }

    #[test]
    fn every_municipality_has_public_and_private_units_and_is_served_by_one_ppt_office() {
        let county = vestland().unwrap();
        for municipality in county.organisations.iter().filter(|o| o.kind == OrganisationKind::Municipality) {
            let number = municipality.municipality.clone().unwrap();
            let has = |kind: UnitKind, private: bool| {
                county.units.iter().any(|u| u.municipality == number && u.kind == kind && u.private == private)
            };
            assert!(has(UnitKind::Kindergarten, false) && has(UnitKind::Kindergarten, true), "{}", municipality.name);
            assert!(has(UnitKind::School, false), "{}", municipality.name);
            let offices = county.units.iter().filter(|u| u.serves.contains(&number)).count();
            assert_eq!(offices, 1, "{}", municipality.name);
        }
    }

    #[test]
    fn names_and_numbers_are_unique_and_the_county_is_always_the_same() {
        let county = vestland().unwrap();
        let names: BTreeSet<&String> =
            county.organisations.iter().map(|o| &o.name).chain(county.units.iter().map(|u| &u.name)).collect();
        let numbers: BTreeSet<&OrgNr> =
            county.organisations.iter().map(|o| &o.orgnr).chain(county.units.iter().map(|u| &u.orgnr)).collect();
        let all = county.organisations.len() + county.units.len();
        assert_eq!((names.len(), numbers.len()), (all, all));
        let again = vestland().unwrap();
        assert_eq!((again.organisations, again.units), (county.organisations.clone(), county.units.clone()));
    }
}
