//! Who takes part in a run: a county governor, a university, and municipalities with units, each with a client.

use anyhow::Context;
use chrono::{DateTime, Utc};
use domain::actor::Scope;
use domain::organisations::{Organisation, OrganisationKind, Unit, UnitKind};
use domain::orgnr::{OrgNr, check_digit};
use persistence::backend::Begin;
use persistence::store::transaction;
use persistence::{StoreError, Tx, auth, organisations};
use sha2::{Digest, Sha256};

use crate::database::Database;
use crate::http::{Connection, Request};
use crate::server::NOW;

/// An organisation with its client.
#[derive(Debug, Clone)]
pub struct Party {
    /// The organisation's number.
    pub orgnr: OrgNr,
    /// The municipality that it is, where it is one.
    pub municipality: Option<String>,
    /// Its units.
    pub units: Vec<OrgNr>,
}

/// Every respondent group.
pub const GROUPS: [&str; 5] = ["leaders", "pedagogical_staff", "assistants", "support_service", "all"];

/// Codes of the competence areas.
pub fn areas(database: &Database) -> anyhow::Result<Vec<String>> {
    Ok(database.connect()?.texts("SELECT code AS text FROM competence_areas ORDER BY code")?)
}

/// Everybody.
pub struct Register {
    /// The county governor of Vestland.
    pub governor: Party,
    /// A university.
    pub university: Party,
    /// Municipalities of Vestland.
    pub municipalities: Vec<Party>,
}

const SECRET: &str = "as good as any other on a database that is thrown away";
const SCOPES: [Scope; 3] = [Scope::NeedsWrite, Scope::KartleggingWrite, Scope::EventsRead];

impl Register {
    /// Writes so many municipalities with so many units each into a database that a server has migrated.
    pub fn fill(database: &Database, municipalities: usize, units_each: usize) -> anyhow::Result<Self> {
        let mut tx = database.connect()?;
        let numbers =
            tx.texts("SELECT number AS text FROM municipalities WHERE county_number = '46' ORDER BY number")?;
        let at: DateTime<Utc> = NOW.parse()?;
        let mut free = synthetic_numbers();
        let mut next = || free.next().context("there are numbers enough");
        let register = Self {
            governor: Party { orgnr: next()?, municipality: None, units: Vec::new() },
            university: Party { orgnr: next()?, municipality: None, units: Vec::new() },
            municipalities: numbers
                .into_iter()
                .take(municipalities)
                .map(|number| {
                    let units = (0..units_each).map(|_| next()).collect::<Result<_, _>>()?;
                    Ok(Party { orgnr: next()?, municipality: Some(number), units })
                })
                .collect::<anyhow::Result<_>>()?,
        };
        transaction(&mut tx, Begin::Write, |tx| register.write(tx, at))?;
        Ok(register)
    }

    fn write(&self, tx: &mut Tx, at: DateTime<Utc>) -> Result<(), StoreError> {
        let office = Some("vestland".to_owned());
        self.governor.write(tx, OrganisationKind::CountyGovernor, office, at)?;
        self.university.write(tx, OrganisationKind::University, None, at)?;
        self.municipalities.iter().try_for_each(|party| party.write(tx, OrganisationKind::Municipality, None, at))
    }
}

impl Party {
    fn write(
        &self,
        tx: &mut Tx,
        kind: OrganisationKind,
        county_governor: Option<String>,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let corrupt = |why| StoreError::corrupt("number", why);
        let organisation = Organisation {
            orgnr: self.orgnr.clone(),
            name: format!("{kind} {}", self.orgnr),
            kind,
            municipality: self.municipality.as_ref().map(|n| n.parse()).transpose().map_err(corrupt)?,
            county: Some("46".parse().map_err(corrupt)?),
            county_governor,
            language_decision: None,
            active: true,
        };
        organisations::insert(tx, &organisation, at)?;
        for (unit, kind) in self.units.iter().zip([UnitKind::Kindergarten, UnitKind::School].into_iter().cycle()) {
            let Some(municipality) = organisation.municipality.clone() else { break };
            let unit = Unit {
                orgnr: unit.clone(),
                name: format!("{kind} {unit}"),
                kind,
                owner: self.orgnr.clone(),
                municipality,
                private: false,
                active: true,
                serves: Vec::new(),
            };
            organisations::insert_unit(tx, &unit, at)?;
        }
        let client = auth::Client {
            id: self.client_id(),
            name: "bench".to_owned(),
            orgnr: self.orgnr.clone(),
            secret_hash: hex::encode(Sha256::digest(SECRET)),
            scopes: SCOPES.to_vec(),
            active: true,
        };
        auth::insert_client(tx, &client, at)
    }

    fn client_id(&self) -> String {
        format!("bench-{}", self.orgnr)
    }

    /// The beginning of every row that it can send: unit, area, respondent group.
    pub fn keys(&self, areas: &[String]) -> impl Iterator<Item = String> {
        self.units.iter().flat_map(move |unit| {
            areas.iter().flat_map(move |area| GROUPS.map(|group| format!("{unit},{area},{group}")))
        })
    }

    /// Its client's id and secret.
    pub fn credentials(&self) -> (String, &'static str) {
        (self.client_id(), SECRET)
    }

    /// A token, got as every client gets it.
    pub async fn token(&self, connection: &mut Connection) -> anyhow::Result<String> {
        let secret = SECRET.replace(' ', "+");
        let form = format!("grant_type=client_credentials&client_id={}&client_secret={secret}", self.client_id());
        let request = Request::post("/oauth/token", "application/x-www-form-urlencoded", form.into_bytes());
        let answer = connection.exchange(&request.to_bytes()).await?.expect(200)?.json();
        answer["access_token"].as_str().map(str::to_owned).context("an answer without a token")
    }
}

/// Synthetic organisation numbers that pass the check digit.
fn synthetic_numbers() -> impl Iterator<Item = OrgNr> {
    (31_000_000_u32..39_999_999).filter_map(|first_eight| {
        let digits: Vec<u8> = first_eight.to_string().bytes().map(|b| b - b'0').collect();
        let check = check_digit(digits.as_slice().try_into().ok()?)?;
        Some(OrgNr::from_register(format!("{first_eight}{check}")))
    })
}
