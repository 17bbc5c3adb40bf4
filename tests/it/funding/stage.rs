//! What funding begins with: a round, organisations, and needs that a forum has put on an adopted recommendation.
//! The rows before funding are written as they stand in the database, so that these tests stand on their own.

use domain::actor::Scope;
use domain::money::Nok;
use domain::needs::{BudgetKind, BudgetLine, Content};
use domain::organisations::{Organisation, OrganisationKind};
use domain::orgnr::OrgNr;
use domain::time::SchoolYear;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::actors::{ALL_READ_WRITE, organisation};
use crate::support::{Actor, Answer, TestServer};

/// The calendar year whose frame the first school year is charged to.
pub const YEAR: i32 = 2027;

/// Everybody on stage.
pub struct Stage {
    pub server: TestServer,
    /// The county governor's clients: one that decides and prepares, one that approves.
    pub governor: Actor,
    pub approver: Actor,
    /// The sender of every need, and its partner.
    pub sender: Actor,
    pub university: Actor,
    /// Who has no part in it.
    pub stranger: Actor,
    pub other_governor: Actor,
    pub directorate: Actor,
    round: String,
    recommendation: String,
    item: String,
}

/// One need: what it asks for and what the forum recommends, school year by school year from 2027-2028.
pub struct Asked<'a> {
    pub asked: &'a [i64],
    pub recommended: &'a [i64],
}

impl Stage {
    /// A round, a forum with an adopted recommendation, no frame and no needs.
    pub async fn set() -> Self {
        let server = TestServer::start().await;
        let governor = server.county_governor().await;
        let round = json!({
            "ruleset": "kollektiv-2026", "year": YEAR, "opens_on": "2026-10-10",
            "deadline_date": "2027-02-01", "report_due_on": "2028-01-15",
        });
        let round = governor.post("/v1/rounds", round).await.expect(201).id();
        let rogaland = organisation(6, OrganisationKind::CountyGovernor, "Statsforvalteren i Rogaland");
        let rogaland = Organisation { county_governor: Some("rogaland".to_owned()), ..rogaland };
        let stage = Self {
            approver: server.client(&orgnr(&governor), "approver", &[Scope::FundingApprove, Scope::EventsRead]).await,
            sender: server.municipality().await,
            university: join(&server, 2, OrganisationKind::University, "Høgskulen på Vestlandet").await,
            stranger: join(&server, 3, OrganisationKind::Municipality, "Voss herad").await,
            directorate: join(&server, 5, OrganisationKind::Directorate, "Utdanningsdirektoratet").await,
            other_governor: server.join(rogaland, &ALL_READ_WRITE).await,
            governor,
            server,
            round,
            recommendation: id(),
            item: id(),
        };
        stage.adopt().await;
        stage
    }

    /// A stage with a frame of so much and one need that asks for 300 in its first year, all of it recommended.
    pub async fn with_need(frame: i64) -> (Self, String) {
        let stage = Self::set().await;
        stage.frame(frame).await.expect(201);
        let need = stage.need(Asked { asked: &[300], recommended: &[300] }).await;
        (stage, need)
    }

    /// The frame of 2027.
    pub async fn frame(&self, amount: i64) -> Answer {
        let source = json!({ "kind": "appropriation", "reference": "Tildelingsbrev 2027", "amount_nok": amount });
        self.governor.post("/v1/frames", json!({ "scheme": "kollektiv", "year": YEAR, "sources": [source] })).await
    }

    /// The ledger of the only frame.
    pub async fn ledger(&self) -> Value {
        let frames = self.governor.get("/v1/frames").await.expect(200).json();
        let id = frames["items"][0]["id"].as_str().unwrap().to_owned();
        self.governor.get(&format!("/v1/frames/{id}/ledger")).await.expect(200).json()
    }

    /// A need that the forum has treated, with its line; its id.
    pub async fn need(&self, asked: Asked<'_>) -> String {
        let need = id();
        let mut sql = self.need_rows(&need, asked.asked);
        let recommended: i64 = asked.recommended.iter().sum();
        let outcome = if recommended > 0 { "prioritised" } else { "not_prioritised" };
        sql.push(format!(
            "INSERT INTO recommendation_lines (recommendation_id, need_id, agenda_item_id, outcome, rank, amount_nok, \
             reason, participants, split, void) VALUES ('{}', '{need}', '{}', '{outcome}', 1, {recommended}, \
             'Godt forankra', '[]', '[]', false)",
            self.recommendation, self.item
        ));
        for (year, amount) in (YEAR..).zip(asked.recommended).filter(|(_, amount)| **amount > 0) {
            sql.push(format!(
                "INSERT INTO recommendation_line_years (recommendation_id, need_id, school_year, year, amount_nok) \
                 VALUES ('{}', '{need}', '{}', {year}, {amount})",
                self.recommendation,
                SchoolYear::beginning(year)
            ));
        }
        self.server.execute(sql).await;
        need
    }

    fn need_rows(&self, need: &str, asked: &[i64]) -> Vec<String> {
        let total: i64 = asked.iter().sum();
        let content = Content {
            title: "Språkløft".to_owned(),
            amount: Nok::new(total),
            budget: (YEAR..).zip(asked).map(|(year, amount)| self.budget_line(year, *amount)).collect(),
            ..Content::default()
        };
        let content = serde_json::to_string(&content).unwrap().replace('\'', "''");
        let (sender, university) = (&self.sender.orgnr, &self.university.orgnr);
        let at = "'2026-11-20 10:00:00'";
        vec![
            format!(
                "INSERT INTO needs (id, round_id, scheme, county_governor, county_number, sender_orgnr, state, \
                 reference, title, amount_nok, language, content, submitted_version, may_ask_for_more, version, \
                 created_at, updated_at, submitted_at) VALUES ('{need}', '{}', 'kollektiv', 'vestland', '46', \
                 '{sender}', 'prioritised', 'B-{need}', 'Språkløft', {total}, 'nn', '{content}', 1, false, 1, {at}, {at}, \
                 {at})",
                self.round
            ),
            format!(
                "INSERT INTO need_versions (need_id, n, title, amount_nok, content, parties, findings, submitted_at) \
                 VALUES ('{need}', 1, 'Språkløft', {total}, '{content}', \
                 '{{\"invited\": [], \"private_owners\": []}}', '[]', {at})"
            ),
            format!(
                "INSERT INTO need_parties (need_id, orgnr, role, state, invited_at, answered_at, asks_for_statped, version, updated_at) \
                 VALUES ('{need}', '{university}', 'partner', 'confirmed', {at}, {at}, false, 2, {at})"
            ),
        ]
    }

    fn budget_line(&self, year: i32, amount: i64) -> BudgetLine {
        BudgetLine {
            key: year.to_string(),
            kind: BudgetKind::Delivery,
            school_year: SchoolYear::beginning(year),
            recipient: orgnr(&self.sender),
            amount: Nok::new(amount),
            note: None,
        }
    }

    async fn adopt(&self) {
        let (forum, meeting) = (id(), id());
        let at = "'2026-11-20 10:00:00'";
        let (item, recommendation) = (&self.item, &self.recommendation);
        self.server.execute(vec![
            format!(
                "INSERT INTO forums (id, name, county_governor, min_seats, min_groups, majority_base, turn, version, \
                 created_at, updated_at) VALUES ('{forum}', 'Samarbeidsforum Vestland', 'vestland', 3, 2, \
                 'votes_cast', 0, 1, {at}, {at})"
            ),
            format!(
                "INSERT INTO meetings (id, forum_id, county_governor, title, starts_at, state, version, created_at, \
                 updated_at) VALUES ('{meeting}', '{forum}', 'vestland', 'Møte', {at}, 'closed', 1, {at}, {at})"
            ),
            format!(
                "INSERT INTO recommendations (id, forum_id, county_governor, scheme, ruleset, year, state, \
                 agenda_item_id, absences, adopted_at, version, created_at, updated_at) VALUES ('{recommendation}', \
                 '{forum}', 'vestland', 'kollektiv', 'kollektiv-2026', {YEAR}, 'adopted', '{item}', '[]', {at}, 2, \
                 {at}, {at})"
            ),
            format!(
                "INSERT INTO agenda_items (id, meeting_id, forum_id, county_governor, n, kind, title, \
                 recommendation_id, state, may_ask_for_more, criteria, version, created_at, updated_at) VALUES \
                 ('{item}', '{meeting}', '{forum}', 'vestland', 1, 'recommendation', 'Innstilling', \
                 '{recommendation}', 'decided', false, '[]', 2, {at}, {at})"
            ),
        ])
        .await;
    }

    /// A decision on a need: each year's amount split evenly on sender and university.
    pub fn decision(&self, need: &str, outcome: &str, years: &[i64]) -> Value {
        let years: Vec<Value> = (YEAR..).zip(years).map(|(year, amount)| self.year(year, *amount)).collect();
        json!({
            "need_id": need, "recommendation_id": self.recommendation, "outcome": outcome,
            "reason": "Tiltaket svarer på kartlagde behov.", "years": years,
        })
    }

    fn year(&self, year: i32, amount: i64) -> Value {
        json!({
            "school_year": SchoolYear::beginning(year).to_string(), "amount_nok": amount,
            "recipients": [{ "orgnr": self.sender.orgnr, "share": 1 }, { "orgnr": self.university.orgnr, "share": 1 }],
        })
    }

    /// A need of 300 in one year, granted; the answer.
    pub async fn granted(frame: i64) -> (Self, Answer) {
        let (stage, need) = Self::with_need(frame).await;
        let grant = stage.governor.post("/v1/grants", stage.decision(&need, "granted", &[300])).await.expect(201);
        (stage, grant)
    }

    /// The same, notified; the grant's path.
    pub async fn notified(frame: i64) -> (Self, String) {
        let (stage, grant) = Self::granted(frame).await;
        let path = format!("/v1/grants/{}", grant.id());
        stage.governor.transition(&format!("{path}/notify"), &grant.tag(), json!({})).await.expect(200);
        (stage, path)
    }

    /// An instalment of the first school year.
    pub fn instalment(recipient: &Actor, amount: i64, due_on: &str) -> Value {
        json!({
            "recipient_orgnr": recipient.orgnr, "school_year": "2027-2028", "amount_nok": amount, "due_on": due_on,
        })
    }

    /// The plan of a grant of 300: 150 to each at once.
    pub fn plan(&self) -> Value {
        json!({ "instalments": [
            Self::instalment(&self.sender, 150, "2026-11-01"),
            Self::instalment(&self.university, 150, "2026-11-01"),
        ] })
    }

    /// Puts a plan on the grant as it stands now.
    pub async fn put_plan(&self, grant: &str, plan: Value) -> Answer {
        let tag = self.governor.get(grant).await.expect(200).tag();
        self.governor.put(&format!("{grant}/instalments"), &tag, plan).await
    }

    /// Calls a step on something as it stands now.
    pub async fn step(&self, actor: &Actor, path: &str, step: &str, body: Value) -> Answer {
        let tag = self.governor.get(path).await.expect(200).tag();
        actor.transition(&format!("{path}/{step}"), &tag, body).await
    }

    /// The payments of a grant, as the office sees them.
    pub async fn payments(&self, grant: &str) -> Vec<Value> {
        let page = self.governor.get(&format!("{grant}/payments")).await.expect(200).json();
        page["items"].as_array().unwrap().clone()
    }

    /// The path of a payment.
    pub fn path_of(payment: &Value) -> String {
        format!("/v1/payments/{}", payment["id"].as_str().unwrap())
    }
}

/// The organisation number of an actor.
pub fn orgnr(actor: &Actor) -> OrgNr {
    OrgNr::from_register(actor.orgnr.clone())
}

async fn join(server: &TestServer, n: u32, kind: OrganisationKind, name: &str) -> Actor {
    server.join(organisation(n, kind, name), &ALL_READ_WRITE).await
}

fn id() -> String {
    Uuid::now_v7().to_string()
}
