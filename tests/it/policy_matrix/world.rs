//! The world that is asked about: one county, built once, with one need all the way to its report and others at the
//! points where what is seen changes.

use std::collections::BTreeMap;

use domain::forum::{Seat, SeatGroup, SeatRole};
use domain::organisations::OrganisationKind as Kind;
use reqwest::Method;
use serde_json::{Value, json};

use super::callers::{self, Caller};
use crate::forum::stage::{Stage, criteria, found, seat};
use crate::support::actors::synthetic_orgnr;
use crate::support::builders::{guidance, resource, round};
use crate::support::{Actor, County};

/// Who asks, and what there is to ask about.
pub struct World {
    /// The county and its forum.
    pub stage: Stage,
    /// Everybody, in the order of the columns.
    pub callers: Vec<Caller>,
    ids: BTreeMap<&'static str, String>,
}

/// A key that the secretariat has given to a meeting already.
pub fn taken_key() -> Value {
    json!([{"system": "elements", "key": "2026/1"}])
}

impl World {
    /// Builds it.
    pub async fn new() -> Self {
        let (stage, ks) = stage().await;
        let callers = callers::all(&stage, &ks).await;
        let mut world = Self { stage, callers, ids: BTreeMap::new() };
        world.know_the_register();
        world.exempt().await;
        world.survey().await;
        world.guide().await;
        world.draft().await;
        world.send_back().await;
        world.network().await;
        let needs = world.treat().await;
        world.fund(&needs).await;
        world.write().await;
        world
    }

    /// What a subject of the tables is called in a path.
    pub fn id(&self, subject: &str) -> &str {
        self.ids.get(subject).unwrap_or_else(|| panic!("the world has no {subject}"))
    }

    /// The need that a subject hangs on, where it is none itself.
    pub fn need_of(&self, subject: &str) -> &str {
        match subject {
            "plan" | "letter" | "message" => self.id("need"),
            "draft_plan" => self.id("draft"),
            need => self.id(need),
        }
    }

    /// Everything there is, by the names of the tables.
    pub fn ids(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.ids.iter().map(|(name, id)| (*name, id.as_str()))
    }

    /// The caller of a column.
    pub fn caller(&self, column: char) -> &Actor {
        let found = self.callers.iter().find(|caller| caller.column == column);
        &found.unwrap_or_else(|| panic!("there is no column {column}")).actor
    }

    fn know(&mut self, name: &'static str, id: impl Into<String>) {
        self.ids.insert(name, id.into());
    }

    fn know_the_register(&mut self) {
        for (name, code) in [
            ("problem", "not_found"),
            ("code_list", "unit_kind"),
            ("county", "46"),
            ("municipality", "0301"),
            ("area", "language_speech"),
            ("scheme", "kollektiv"),
            ("ruleset", "kollektiv-2026"),
            ("instrument", "basis-2026"),
        ] {
            self.know(name, code);
        }
        self.know("round", self.stage.county.round.clone());
        self.know("organisation", self.stage.county.bergen.orgnr.clone());
        self.know("unit", synthetic_orgnr(11).to_string());
        self.know("forum", self.stage.forum.clone());
        self.know("seat", self.stage.seats["union"].clone());
    }

    /// The sender may submit after the deadline.
    async fn exempt(&mut self) {
        let county = &self.stage.county;
        let exemption = county.exemption(&county.bergen, "2027-02-15").await.expect(201).id();
        self.know("exemption", exemption);
    }

    /// Questions and resources of the county governor's, published and not.
    async fn guide(&mut self) {
        let governor = &self.stage.county.governor;
        let mut made = Vec::new();
        for (name, state) in [("guidance", "published"), ("unpublished", "draft"), ("another question", "published")] {
            made.push((name, governor.post("/v1/guidance", guidance("vision", state)).await.expect(201).id()));
        }
        for (name, state) in [("resource", "published"), ("unlisted", "draft"), ("another resource", "published")] {
            made.push((
                name,
                governor.post("/v1/learning-resources", resource("vision", state)).await.expect(201).id(),
            ));
        }
        for (name, id) in made {
            self.know(name, id);
        }
    }

    /// Two batches of Bergen's, about its school and about the private kindergarten, and one that is not applied.
    async fn survey(&mut self) {
        let bergen = &self.stage.county.bergen;
        let (kindergarten, school) = (synthetic_orgnr(10), synthetic_orgnr(11));
        let rows = format!(
            "unit_orgnr,area,respondent_group,current,needed,respondents,comment\n\
             {kindergarten},vision,leaders,2,4,12,om barnehagen\n{school},vision,leaders,2,4,12,om skolen\n"
        );
        let path = "/v1/kartlegging/uploads?instrument=basis-2026&period=2026";
        let upload = || bergen.request(Method::POST, path).header("Content-Type", "text/csv").body(rows.clone());
        let batch = bergen.send(upload()).await.expect(201).id();
        bergen.send(upload()).await.expect(201);
        let open = bergen.post("/v1/kartlegging/batches", json!({"instrument": "basis-2026", "period": "2027"})).await;
        let part = format!("{}/parts/1", open.header("location"));
        let part = bergen.request(Method::PUT, &part).header("Content-Type", "text/csv").body(rows.clone());
        bergen.send(part).await.expect(200);
        let code = bergen.put_new("/v1/kartlegging/code-schemes/oppvekstsystem/B-017", json!({"unit_orgnr": school}));
        let code = code.await.expect(201).id();
        let other = "/v1/kartlegging/code-schemes/fagsystem/17";
        bergen.put_new(other, json!({"unit_orgnr": kindergarten})).await.expect(201);
        let responses = bergen.get("/v1/kartlegging/responses").await.expect(200).json();
        let about = |unit: &str| item(&responses, "unit_orgnr", unit)["id"].as_str().unwrap().to_owned();
        let (response, own) = (about(kindergarten.as_str()), about(school.as_str()));
        let mut taken = Vec::new();
        for period in ["2028", "2029"] {
            let path = format!("/v1/kartlegging/uploads?instrument=basis-2026&period={period}");
            let upload = bergen.request(Method::POST, &path).header("Content-Type", "text/csv").body(rows.clone());
            bergen.send(upload).await.expect(201);
            let body = json!({"unit_orgnr": kindergarten, "instrument": "basis-2026", "period": period});
            let answer = self.stage.county.owner.post("/v1/kartlegging/responses/take-over", body).await.expect(200);
            taken.push(answer.json()["items"][0]["id"].as_str().unwrap().to_owned());
        }
        self.know("take_over", taken.swap_remove(0));
        self.know("unit_code", code);
        self.know("batch", batch);
        self.know("open_batch", open.id());
        self.know("response", response);
        self.know("own_response", own);
    }

    /// One draft that has asked everybody, one that has asked nobody, and one that has asked a neighbour.
    async fn draft(&mut self) {
        let (draft, fresh) = (self.stage.county.ready().await.id(), self.stage.county.draft().await.id());
        let plan = attach(&self.stage.county.bergen, &draft, "case").await;
        self.know("draft_plan", plan);
        self.know("draft", draft);
        self.know("fresh", fresh);
        let (county, neighbour) = (&self.stage.county, self.caller('N'));
        let joint = county.bergen.post("/v1/needs", county.joint_document(&[neighbour])).await.expect(201).id();
        let only = json!({"participants": [neighbour.orgnr]});
        county.bergen.post(&format!("/v1/needs/{joint}/invitations"), only).await.expect(201);
        self.know("joint", joint);
    }

    /// A need that was sent back, and in whose draft a neighbour and Statped were asked since.
    async fn send_back(&mut self) {
        let county = &self.stage.county;
        let submitted = county.submitted().await;
        let path = format!("/v1/needs/{}", submitted.id());
        let terms = json!({"reply_by": "2027-02-15", "reason": "Ta med naboen."});
        let returned = county.governor.transition(&format!("{path}/return"), &submitted.tag(), terms).await.expect(200);
        let wider = json!({
            "participants": [{"orgnr": self.caller('N').orgnr}],
            "statped": {"orgnr": self.caller('X').orgnr, "role": "contributor", "contribution": "Veileder i ASK"},
        });
        county.bergen.patch(&path, &returned.tag(), wider).await.expect(200);
        let asks = json!({"asks_for_statped": true});
        let partner = format!("{path}/partners/{}/confirm", county.university.orgnr);
        county.university.transition(&partner, "*", asks).await.expect(200);
        county.bergen.post(&format!("{path}/invitations"), json!({})).await.expect(201);
        self.know("returned", submitted.id());
    }

    /// A network of the sender, another municipality, another university and Statped, with a draft that is shared, a
    /// coordination of it and a meeting that has begun.
    async fn network(&mut self) {
        let (sender, coordinator) = (self.caller('S'), self.caller('N'));
        let network = coordinator.post("/v1/networks", json!({"name": "Nettverk Vest"})).await.expect(201);
        let path = network.header("location");
        for column in ['S', 'V', 'X'] {
            let tag = coordinator.get(&path).await.expect(200).tag();
            let member = format!("{path}/members/{}", self.caller(column).orgnr);
            coordinator.put(&member, &tag, json!({})).await.expect(200);
        }
        let shared = self.stage.county.draft().await;
        let share = format!("/v1/needs/{}/shares/{}", shared.id(), network.id());
        sender.put(&share, &shared.tag(), json!({})).await.expect(200);
        let body = json!({"title": "Språk", "need_ids": [shared.id()], "lead_orgnr": sender.orgnr});
        let coordination = coordinator.post(&format!("{path}/coordinations"), body).await.expect(201).id();
        let body = json!({"title": "Nettverksmøte", "starts_at": "2026-11-30T09:00:00Z"});
        let meeting = coordinator.post(&format!("{path}/meetings"), body).await.expect(201);
        let begun = "UPDATE network_meetings SET starts_at = '2026-11-20 09:00:00'";
        self.stage.county.server.execute(vec![begun.to_owned()]).await;
        coordinator.post("/v1/networks", json!({"name": "Nettverk Nord"})).await.expect(201);
        let ids = [network.id(), shared.id(), coordination, meeting.id()];
        for (name, id) in ["network", "shared", "coordination", "network_meeting"].into_iter().zip(ids) {
            self.know(name, id);
        }
    }

    /// A meeting that prioritises three needs and adopts its recommendation; another recommendation is a draft.
    async fn treat(&mut self) -> Vec<String> {
        let stage = &self.stage;
        stage.frame(5_300_000).await;
        let meeting = stage.assembled().await;
        let (mut needs, mut items, mut plans) = (Vec::new(), Vec::new(), Vec::new());
        for rank in 1..=3 {
            let ready = stage.county.ready().await;
            let need = ready.id();
            plans.push(attach(&stage.county.bergen, &need, "case").await);
            let path = format!("/v1/needs/{need}");
            let bergen = &stage.county.bergen;
            bergen.transition(&format!("{path}/submit"), &ready.tag(), json!({})).await.expect(200);
            stage.step(&path, "accept", json!({})).await.expect(200);
            items.push(prioritise(stage, &meeting, &need, rank).await);
            needs.push(need);
        }
        let drawn = stage.drawn().await;
        let item = stage.recommendation_item(&meeting, &drawn).await;
        stage.step(&drawn, "adopt", json!({"agenda_item_id": item, "decided_by": "agreement"})).await.expect(200);
        stage.step(&meeting, "close", json!({})).await.expect(200);
        let draft = stage.drawn().await;
        let next = json!({"title": "Neste møte", "starts_at": "2027-04-10T09:00:00Z", "external_refs": taken_key()});
        stage.secretariat().post(&format!("/v1/forums/{}/meetings", stage.forum), next).await.expect(201);
        for (name, path) in
            [("meeting", &meeting), ("item", &items[0]), ("recommendation", &drawn), ("draft_recommendation", &draft)]
        {
            self.know(name, last(path));
        }
        self.know("need", needs[0].clone());
        self.know("plan", plans[0].clone());
        needs
    }

    /// A message to the sender, which it has read, and a letter of its own for the answer.
    async fn write(&mut self) {
        let (bergen, office) = (&self.stage.county.bergen, self.stage.secretariat());
        let path = format!("/v1/needs/{}/messages", self.id("need"));
        let message = office.post(&path, json!({"text": "Hvordan er PPT med?"})).await.expect(201).id();
        bergen.post(&format!("{path}/{message}/read"), json!({})).await.expect(200);
        let letter = attach(bergen, self.id("need"), "dialogue").await;
        self.know("message", message);
        self.know("letter", letter);
    }

    /// One grant that is paid and reported on, one that is notified, and one that nobody has been told of.
    async fn fund(&mut self, needs: &[String]) {
        let mut grants = Vec::new();
        for need in needs {
            grants.push(self.stage.secretariat().post("/v1/grants", self.decision(need)).await.expect(201));
        }
        let paths: Vec<String> = grants.iter().map(|grant| grant.header("location")).collect();
        for notified in &paths[..2] {
            self.stage.step(notified, "notify", json!({})).await.expect(200);
        }
        self.pay(&paths[0]).await;
        let frames = self.stage.secretariat().get("/v1/frames").await.expect(200).json();
        let reports = self.stage.secretariat().get("/v1/reports").await.expect(200).json();
        self.know("frame", frames["items"][0]["id"].as_str().unwrap());
        self.know("report", item(&reports, "grant_id", last(&paths[0]))["id"].as_str().unwrap());
        self.know("grant", last(&paths[0]));
        self.know("silent", last(&paths[2]));
        self.a_second_of_what_there_is_one_of().await;
    }

    /// The decision that follows the recommendation: the first year to university and sender, the second to the sender.
    pub fn decision(&self, need: &str) -> Value {
        let county = &self.stage.county;
        let half = |actor: &Actor| json!({"orgnr": actor.orgnr, "share": 1});
        json!({
            "need_id": need, "recommendation_id": self.id("recommendation"), "outcome": "granted",
            "reason": "Tiltaket svarer på kartlagte behov.",
            "years": [
                {"school_year": "2027-2028", "amount_nok": 300_000,
                 "recipients": [half(&county.university), half(&county.bergen)]},
                {"school_year": "2028-2029", "amount_nok": 200_000, "recipients": [half(&county.bergen)]},
            ],
        })
    }

    /// Both halves of the first year are approved; the university's is sent and paid, the sender's waits in a run.
    async fn pay(&mut self, grant: &str) {
        let stage = &self.stage;
        let halves = [&stage.county.university.orgnr, &stage.county.bergen.orgnr];
        let instalment = |orgnr: &&String| json!({"recipient_orgnr": orgnr, "school_year": "2027-2028", "amount_nok": 150_000, "due_on": "2026-11-21"});
        let plan = json!({"instalments": halves.iter().map(instalment).collect::<Vec<_>>()});
        let tag = stage.secretariat().get(grant).await.expect(200).tag();
        stage.secretariat().put(&format!("{grant}/instalments"), &tag, plan).await.expect(200);
        let planned = stage.secretariat().get(&format!("{grant}/payments")).await.expect(200).json();
        let (mut payments, mut runs) = (Vec::new(), Vec::new());
        for orgnr in halves {
            let payment = item(&planned, "recipient_orgnr", orgnr)["id"].as_str().unwrap().to_owned();
            let approve = format!("/v1/payments/{payment}");
            let tag = self.caller('3').get(&approve).await.expect(200).tag();
            self.caller('3').transition(&format!("{approve}/approve"), &tag, json!({})).await.expect(200);
            let run = json!({"payment_ids": [payment]});
            runs.push(stage.secretariat().post("/v1/payment-runs", run).await.expect(201).header("location"));
            payments.push(payment);
        }
        stage.step(&runs[0], "release", json!({})).await.expect(200);
        stage.step(&format!("/v1/payments/{}", payments[0]), "mark-paid", json!({})).await.expect(200);
        let [payment, own_payment] = payments.try_into().unwrap();
        self.know("payment", payment);
        self.know("own_payment", own_payment);
        self.know("run", last(&runs[0]));
    }

    /// So that every list has a next page.
    async fn a_second_of_what_there_is_one_of(&self) {
        let source = json!({"kind": "appropriation", "reference": "Tildelingsbrev 2028", "amount_nok": 1});
        let frame = json!({"scheme": "kollektiv", "year": 2028, "sources": [source]});
        self.stage.secretariat().post("/v1/frames", frame).await.expect(201);
        self.stage.secretariat().post("/v1/rounds", round("dekomp-2021")).await.expect(201);
        found(&self.stage.county, "rogaland", Vec::new()).await;
    }
}

/// The county with a properly composed forum in which neither the sender of the needs nor its partner has a seat.
async fn stage() -> (Stage, Actor) {
    let county = County::new().await;
    let voss = county.organisation(20, Kind::Municipality, "Voss herad").await;
    let owner = county.organisation(21, Kind::PrivateOwner, "Fjordbarn AS").await;
    let university = county.organisation(22, Kind::University, "Universitetet i Bergen").await;
    let ks = county.organisation(23, Kind::Ks, "KS Vest-Norge").await;
    let union = county.organisation(24, Kind::Union, "Utdanningsforbundet Vestland").await;
    let association = county.organisation(25, Kind::PrivateAssociation, "PBL Vest").await;
    let alver = county.organisation(26, Kind::Municipality, "Alver kommune").await;
    let table = vec![
        ("chair", Seat { role: SeatRole::Chair, ..seat(SeatGroup::PublicOwner, &voss) }),
        ("bergen", seat(SeatGroup::LocalKindergartenAuthority, &alver)),
        ("owner", seat(SeatGroup::PrivateOwner, &owner)),
        ("university", seat(SeatGroup::University, &university)),
        ("ks", seat(SeatGroup::Ks, &ks)),
        ("union", seat(SeatGroup::Union, &union)),
        ("association", seat(SeatGroup::PrivateAssociation, &association)),
    ];
    let seats = table.iter().map(|(name, seat)| (*name, seat.id.to_string())).collect();
    let forum = found(&county, "vestland", table.into_iter().map(|(_, seat)| seat).collect()).await;
    (Stage { county, forum: forum.to_string(), seats, voss, union }, ks)
}

/// The forum prioritises a need, after the union has declared an interest that the forum finds harmless.
async fn prioritise(stage: &Stage, meeting: &str, need: &str, rank: u32) -> String {
    let item = stage.listed(meeting, need).await;
    stage.step(&item, "start", json!({})).await.expect(200);
    let declare = format!("{item}/recusals/{}/declare", stage.seats["union"]);
    let interest = json!({"member": "holder", "reason": "Kjenner rektor."});
    stage.union.transition(&declare, "*", interest).await.expect(200);
    stage.rule(&item, "union", "holder", false).await.expect(200);
    let decision = json!({
        "outcome": "prioritised", "rank": rank, "amount_nok": 500_000, "decided_by": "agreement",
        "reason": "Tiltaket ligger tett på barna.", "criteria": criteria(),
    });
    stage.step(&item, "decide", decision).await.expect(200);
    item
}

/// A file that somebody adds to a need.
async fn attach(actor: &Actor, need: &str, purpose: &str) -> String {
    let path = format!("/v1/needs/{need}/attachments?file_name=plan.pdf&purpose={purpose}");
    let file = "%PDF-1.7\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n";
    actor.send(actor.request(Method::POST, &path).body(file)).await.expect(201).id()
}

/// The item of a page whose member has this value.
fn item<'a>(page: &'a Value, member: &str, value: &str) -> &'a Value {
    let items = page["items"].as_array().unwrap_or_else(|| panic!("no items in {page}"));
    items.iter().find(|item| item[member] == value).unwrap_or_else(|| panic!("no {member} {value} in {page}"))
}

/// The last part of a path.
fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
