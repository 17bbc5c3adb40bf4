//! A small county to act in: a county governor, a municipality, its university and its private owner, an open round,
//! and needs at any point of their way.

use domain::municipality::MunicipalityNumber;
use domain::organisations::{Organisation, OrganisationKind, Unit, UnitKind};
use domain::orgnr::OrgNr;
use persistence::{StoreError, organisations};
use serde_json::{Value, json};

use super::actors::{ALL_READ_WRITE, organisation, synthetic_orgnr};
use super::{Actor, Answer, TestServer};

/// Vestland, as small as it can be.
pub struct County {
    /// The server it lives on.
    pub server: TestServer,
    /// The county governor.
    pub governor: Actor,
    /// A municipality: Bergen.
    pub bergen: Actor,
    /// A university.
    pub university: Actor,
    /// A private owner of a kindergarten in Bergen.
    pub owner: Actor,
    /// The open round.
    pub round: String,
}

impl County {
    /// The county on a server of its own, with an open round under `kollektiv-2026` whose deadline is 1 February 2027.
    pub async fn new() -> Self {
        Self::under("kollektiv-2026").await
    }

    /// The same under another ruleset.
    pub async fn under(ruleset: &str) -> Self {
        Self::on(TestServer::start().await, ruleset).await
    }

    /// The same on a server that was started otherwise.
    pub async fn on(server: TestServer, ruleset: &str) -> Self {
        let (governor, bergen) = (server.county_governor().await, server.municipality().await);
        let university = organisation(2, OrganisationKind::University, "Høgskulen på Vestlandet");
        let university = server.join(university, &ALL_READ_WRITE).await;
        let owner = organisation(3, OrganisationKind::PrivateOwner, "Solsikken barnehager AS");
        let owner = server.join(owner, &ALL_READ_WRITE).await;
        server.unit(10, UnitKind::Kindergarten, &owner).await;
        server.unit(11, UnitKind::School, &bergen).await;
        let round = governor.post("/v1/rounds", round(ruleset)).await.expect(201).id();
        Self { server, governor, bergen, university, owner, round }
    }

    /// One more organisation of Vestland; numbers from 20 on are free.
    pub async fn organisation(&self, n: u32, kind: OrganisationKind, name: &str) -> Actor {
        self.server.join(organisation(n, kind, name), &ALL_READ_WRITE).await
    }

    /// A municipality of another county; numbers from 20 on are free.
    pub async fn stavanger(&self, n: u32) -> Actor {
        self.municipality(n, "1103", "Stavanger kommune").await
    }

    /// A municipality of Vestland beside Bergen; numbers from 20 on are free.
    pub async fn oeygarden(&self, n: u32) -> Actor {
        self.municipality(n, "4626", "Øygarden kommune").await
    }

    async fn municipality(&self, n: u32, number: &str, name: &str) -> Actor {
        let number: MunicipalityNumber = number.parse().unwrap();
        let organisation = organisation(n, OrganisationKind::Municipality, name);
        let county = Some(number.county());
        self.server.join(Organisation { municipality: Some(number), county, ..organisation }, &ALL_READ_WRITE).await
    }

    /// The path of the round.
    pub fn round_path(&self) -> String {
        format!("/v1/rounds/{}", self.round)
    }

    /// A step of the county governor's with the round.
    pub async fn step_round(&self, step: &str) -> Answer {
        let tag = self.governor.get(&self.round_path()).await.expect(200).tag();
        self.governor.transition(&format!("{}/{step}", self.round_path()), &tag, json!({})).await
    }

    /// A change of the round by the county governor.
    pub async fn change_round(&self, patch: Value) -> Answer {
        let tag = self.governor.get(&self.round_path()).await.expect(200).tag();
        self.governor.patch(&self.round_path(), &tag, patch).await
    }

    /// An exemption from the round's deadline.
    pub async fn exemption(&self, owner: &Actor, until: &str) -> Answer {
        let body = json!({"orgnr": owner.orgnr, "until": until, "reason": "Kommunen ble delt ved nyttår."});
        self.governor.post(&format!("{}/exemptions", self.round_path()), body).await
    }

    /// The document of a need that every rule is content with, once partner and private owner have answered.
    pub fn document(&self) -> Value {
        json!({
            "round_id": self.round,
            "title": "Språkmiljø for alle",
            "description": "Barnehage, skole og PPT lærer sammen om språkmiljø.",
            "goals": ["Alle enheter arbeider systematisk med språkmiljøet"],
            "expected_benefit": "Barn med språkvansker får hjelp tidligere.",
            "period": {"from": "2027-2028", "to": "2028-2029"},
            "unit_kinds": ["kindergarten", "school", "ppt"],
            "areas": [{"area": "language_speech", "level": "basic", "purpose": "build"}],
            "partners": [{"orgnr": self.university.orgnr}],
            "evidence": {"explanation": "Bygger på kommunens egen kvalitetsmelding."},
            "anchoring": {"leaders": {"anchored": true}, "staff": {"anchored": true}, "unions": {"anchored": true}},
            "amount_nok": 500_000,
            "budget": [
                {"key": "first", "kind": "delivery", "school_year": "2027-2028", "recipient": self.university.orgnr, "amount_nok": 300_000},
                {"key": "second", "kind": "evaluation", "school_year": "2028-2029", "recipient": self.bergen.orgnr, "amount_nok": 200_000},
            ],
            "preparation": {"guidelines_read": true, "dialogue_with_university": true, "dialogue_with_statped": true},
            "contact": {"role": "skolefaglig rådgiver", "email": "oppvekst@bergen.example"},
        })
    }

    /// The same with other owners that take part.
    pub fn joint_document(&self, participants: &[&Actor]) -> Value {
        let named: Vec<Value> = participants.iter().map(|owner| json!({"orgnr": owner.orgnr})).collect();
        let mut document = self.document();
        document["participants"] = json!(named);
        document
    }

    /// A draft of Bergen's.
    pub async fn draft(&self) -> Answer {
        self.bergen.post("/v1/needs", self.document()).await.expect(201)
    }

    /// A draft to which partner and private owner have said yes.
    pub async fn ready(&self) -> Answer {
        let id = self.draft().await.id();
        self.answered(&id).await;
        self.bergen.get(&format!("/v1/needs/{id}")).await.expect(200)
    }

    /// Invites everybody to a need of Bergen's and lets them say yes.
    pub async fn answered(&self, id: &str) {
        self.bergen.post(&format!("/v1/needs/{id}/invitations"), json!({})).await.expect(201);
        let partner = format!("/v1/needs/{id}/partners/{}", self.university.orgnr);
        let tag = self.university.get(&partner).await.expect(200).tag();
        self.university.transition(&format!("{partner}/confirm"), &tag, json!({})).await.expect(200);
        let owner = format!("/v1/needs/{id}/private-owners/{}/answer", self.owner.orgnr);
        self.owner.transition(&owner, "\"1\"", json!({"answer": "joins"})).await.expect(200);
    }

    /// A need that Bergen has submitted.
    pub async fn submitted(&self) -> Answer {
        let ready = self.ready().await;
        self.bergen.transition(&format!("/v1/needs/{}/submit", ready.id()), &ready.tag(), json!({})).await.expect(200)
    }

    /// A need that the county governor has accepted.
    pub async fn accepted(&self) -> Answer {
        let submitted = self.submitted().await;
        let accept = format!("/v1/needs/{}/accept", submitted.id());
        self.governor.transition(&accept, &submitted.tag(), json!({})).await.expect(200)
    }
}

/// A round of 2027.
pub fn round(ruleset: &str) -> Value {
    json!({
        "ruleset": ruleset,
        "year": 2027,
        "opens_on": "2026-10-10",
        "deadline_date": "2027-02-01",
        "report_due_on": "2028-01-15",
    })
}

impl TestServer {
    /// A unit in Bergen; private where its owner is.
    pub async fn unit(&self, n: u32, kind: UnitKind, owner: &Actor) -> OrgNr {
        self.unit_in("4601", n, kind, owner, &[]).await
    }

    /// A unit in a municipality, serving some where it is a PPT office.
    pub async fn unit_in(&self, municipality: &str, n: u32, kind: UnitKind, owner: &Actor, serves: &[&str]) -> OrgNr {
        let owner = OrgNr::from_register(owner.orgnr.clone());
        let at = self.app.clock.now();
        let unit = Unit {
            orgnr: synthetic_orgnr(n),
            name: format!("Enhet {n}"),
            kind,
            owner: owner.clone(),
            municipality: municipality.parse().unwrap(),
            private: false,
            active: true,
            serves: serves.iter().map(|number| number.parse().unwrap()).collect(),
        };
        let orgnr = unit.orgnr.clone();
        let work = move |tx: &mut persistence::Tx| {
            let kind_of_owner = organisations::find(tx, &owner)?.map(|owner| owner.kind);
            let private = kind_of_owner == Some(OrganisationKind::PrivateOwner);
            organisations::insert_unit(tx, &Unit { private, ..unit.clone() }, at)
        };
        self.app.store.write::<_, StoreError, _>("test.unit", work).await.unwrap();
        orgnr
    }

    /// Runs statements as they stand, in one transaction.
    pub async fn execute(&self, statements: Vec<String>) {
        let work = move |tx: &mut persistence::Tx| statements.iter().try_for_each(|sql| tx.execute(sql).map(|_| ()));
        self.app.store.write::<_, StoreError, _>("test.sql", work).await.unwrap();
    }
}

/// A question with its answer, about private owners.
pub fn guidance(area: &str, state: &str) -> Value {
    json!({
        "question": {"nb": "Hvem skal vi spørre?", "nn": "Kven skal vi spørje?"},
        "answer": {"nb": "Alle private eiere i kommunen.", "nn": "Alle private eigarar i kommunen."},
        "areas": [area],
        "about": ["N05"],
        "state": state,
    })
}

/// An e-learning module.
pub fn resource(area: &str, state: &str) -> Value {
    json!({
        "kind": "e_learning",
        "title": {"nb": "Språkmiljø i barnehagen", "nn": "Språkmiljø i barnehagen"},
        "description": {"nb": "En modul for hele personalet.", "nn": "Ein modul for heile personalet."},
        "provider": "Statped",
        "languages": ["nb", "se"],
        "areas": [area],
        "url": "https://www.statped.no/",
        "state": state,
    })
}
