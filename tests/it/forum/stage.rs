//! A forum to act in: the small county with a properly composed forum, and meetings at any point of their way.

use std::collections::BTreeMap;

use domain::forum::{Deputy, Forum, MajorityBase, QuorumRules, Seat, SeatGroup, SeatRole};
use domain::ids::{ForumId, SeatId};
use domain::organisations::OrganisationKind;
use domain::orgnr::OrgNr;
use persistence::StoreError;
use persistence::forum::{forums, seats};
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Actor, Answer, County};

/// The county's forum.
pub struct Stage {
    /// The county.
    pub county: County,
    /// The forum's id.
    pub forum: String,
    /// Seats by name: `chair`, `bergen`, `owner`, `university`, `ks`, `union`, `association`.
    pub seats: BTreeMap<&'static str, String>,
    /// A municipality that has no part in the need: holds the chair.
    pub voss: Actor,
    /// The teacher union.
    pub union: Actor,
}

/// Every seat, in the order in which they vote.
pub const ALL: [&str; 7] = ["chair", "bergen", "owner", "university", "ks", "union", "association"];

impl Stage {
    /// A forum with all seven groups that `kollektiv-2026` asks for. Bergen, who sends the needs, has a seat without a
    /// deputy; the university, their partner, has one with a deputy from elsewhere.
    pub async fn new() -> Self {
        let county = County::new().await;
        let voss = county.organisation(20, OrganisationKind::Municipality, "Voss herad").await;
        let owner = county.organisation(21, OrganisationKind::PrivateOwner, "Fjordbarn AS").await;
        let deputy = county.organisation(22, OrganisationKind::University, "Universitetet i Bergen").await;
        let ks = county.organisation(23, OrganisationKind::Ks, "KS Vest-Norge").await;
        let union = county.organisation(24, OrganisationKind::Union, "Utdanningsforbundet Vestland").await;
        let association = county.organisation(25, OrganisationKind::PrivateAssociation, "PBL Vest").await;
        let mut table = vec![
            ("chair", seat(SeatGroup::PublicOwner, &voss)),
            ("bergen", seat(SeatGroup::LocalKindergartenAuthority, &county.bergen)),
            ("owner", seat(SeatGroup::PrivateOwner, &owner)),
            ("university", seat(SeatGroup::University, &county.university)),
            ("ks", seat(SeatGroup::Ks, &ks)),
            ("union", seat(SeatGroup::Union, &union)),
            ("association", seat(SeatGroup::PrivateAssociation, &association)),
        ];
        table[0].1.role = SeatRole::Chair;
        table[3].1.deputy = Some(Deputy { name: "Vara Varasen".to_owned(), orgnr: number(&deputy) });
        let seats = table.iter().map(|(name, seat)| (*name, seat.id.to_string())).collect();
        let forum = found(&county, "vestland", table.into_iter().map(|(_, seat)| seat).collect()).await;
        Self { county, forum: forum.to_string(), seats, voss, union }
    }

    /// The secretariat.
    pub fn secretariat(&self) -> &Actor {
        &self.county.governor
    }

    /// A planned meeting; answers its path.
    pub async fn planned(&self) -> String {
        let body = json!({"title": "Møte i mars", "starts_at": "2027-03-10T09:00:00Z"});
        let made = self.secretariat().post(&format!("/v1/forums/{}/meetings", self.forum), body).await.expect(201);
        made.header("location")
    }

    /// An open meeting with everybody in the room.
    pub async fn assembled(&self) -> String {
        let meeting = self.opened().await;
        for name in ALL {
            self.arrives(&meeting, name).await;
        }
        meeting
    }

    /// An open meeting with nobody in the room yet.
    pub async fn opened(&self) -> String {
        let meeting = self.planned().await;
        self.step(&meeting, "convene", json!({})).await.expect(200);
        self.step(&meeting, "open", json!({})).await.expect(200);
        meeting
    }

    /// The holder of a seat comes into the room.
    pub async fn arrives(&self, meeting: &str, name: &str) {
        self.present(meeting, name, &["holder"]).await;
    }

    /// Persons of a seat come into the room, as the first that is recorded of it.
    pub async fn present(&self, meeting: &str, name: &str, members: &[&str]) {
        let path = format!("{meeting}/attendance/{}", self.seats[name]);
        let from = |member: &&str| json!({"member": member, "from": "2026-11-21T09:00:00Z"});
        let body = json!({"intervals": members.iter().map(from).collect::<Vec<_>>()});
        let request = self.secretariat().request(Method::PUT, &path).header("If-None-Match", "*").json(&body);
        self.secretariat().send(request).await.expect(200);
    }

    /// Puts a need on the agenda; answers the item's path.
    pub async fn listed(&self, meeting: &str, need: &str) -> String {
        let body = json!({"kind": "need", "need_id": need});
        self.secretariat().post(&format!("{meeting}/agenda-items"), body).await.expect(201).header("location")
    }

    /// An item on a new need that the forum has taken up; answers the item's path and the need's id.
    pub async fn taken_up(&self, meeting: &str) -> (String, String) {
        let need = self.county.accepted().await.id();
        let item = self.listed(meeting, &need).await;
        self.step(&item, "start", json!({})).await.expect(200);
        (item, need)
    }

    /// An item whose conflicts are ruled: Bergen and the university step aside.
    pub async fn ruled(&self, meeting: &str) -> (String, String) {
        let (item, need) = self.taken_up(meeting).await;
        self.rule(&item, "bergen", "holder", true).await.expect(200);
        self.rule(&item, "university", "holder", true).await.expect(200);
        (item, need)
    }

    /// An item that the forum has decided: prioritised, with this rank and amount.
    pub async fn prioritised(&self, meeting: &str, rank: u32, amount: i64) -> (String, String) {
        let (item, need) = self.ruled(meeting).await;
        self.step(&item, "decide", prioritise(rank, amount)).await.expect(200);
        (item, need)
    }

    /// The forum rules on a person of a seat.
    pub async fn rule(&self, item: &str, name: &str, member: &str, recused: bool) -> Answer {
        let version = self.recusal(item, name).await["version"].as_i64().unwrap();
        let body = json!({"member": member, "recused": recused, "reason": "Forumet har vurdert det."});
        let path = format!("{item}/recusals/{}", self.seats[name]);
        self.secretariat().put(&path, &format!("\"{version}\""), body).await
    }

    /// The conflicts of a seat in an item.
    pub async fn recusal(&self, item: &str, name: &str) -> Value {
        let list = self.secretariat().get(&format!("{item}/recusals")).await.expect(200).json();
        let of_seat = |entry: &&Value| entry["seat_id"] == json!(self.seats[name]);
        list["items"].as_array().unwrap().iter().find(of_seat).unwrap_or_else(|| panic!("no {name} in {list}")).clone()
    }

    /// One step of a resource, on its present version.
    pub async fn step(&self, resource: &str, verb: &str, body: Value) -> Answer {
        let tag = self.secretariat().get(resource).await.expect(200).tag();
        self.secretariat().transition(&format!("{resource}/{verb}"), &tag, body).await
    }

    /// A vote on an item, on its present version.
    pub async fn vote(&self, item: &str, body: Value) -> Answer {
        let tag = self.secretariat().get(item).await.expect(200).tag();
        self.secretariat().put(&format!("{item}/vote"), &tag, body).await
    }

    /// The frame of 2027.
    pub async fn frame(&self, amount: i64) {
        let source = json!({"kind": "appropriation", "reference": "Tildelingsbrev 2027", "amount_nok": amount});
        let body = json!({"scheme": "kollektiv", "year": 2027, "sources": [source]});
        self.secretariat().post("/v1/frames", body).await.expect(201);
    }

    /// A draft recommendation of 2027; answers its path.
    pub async fn drawn(&self) -> String {
        let body = json!({"forum_id": self.forum, "scheme": "kollektiv", "year": 2027});
        self.secretariat().post("/v1/recommendations", body).await.expect(201).header("location")
    }

    /// Takes up an item on a recommendation; answers the item's id.
    pub async fn recommendation_item(&self, meeting: &str, recommendation: &str) -> String {
        let id = recommendation.rsplit('/').next().unwrap();
        let body = json!({"kind": "recommendation", "recommendation_id": id, "title": "Innstilling 2027"});
        let item = self.secretariat().post(&format!("{meeting}/agenda-items"), body).await.expect(201);
        self.step(&item.header("location"), "start", json!({})).await.expect(200).id()
    }

    /// The state of a need, as its sender sees it.
    pub async fn state_of(&self, need: &str) -> Value {
        self.county.bergen.get(&format!("/v1/needs/{need}")).await.expect(200).json()["state"].clone()
    }
}

/// Adds a forum of Vestland with seats.
pub async fn found(county: &County, office: &str, seats: Vec<Seat>) -> ForumId {
    let forum = Forum {
        id: ForumId(Uuid::now_v7()),
        name: "Samarbeidsforum i Vestland".to_owned(),
        county_governor: office.to_owned(),
        counties: vec![if office == "vestland" { "46" } else { "11" }.parse().unwrap()],
        quorum: QuorumRules::default(),
        majority: MajorityBase::VotesCast,
    };
    let (id, at) = (forum.id, county.server.app.clock.now());
    let work = move |tx: &mut persistence::Tx| {
        forums::insert(tx, &forum, at)?;
        seats.iter().try_for_each(|seat| seats::insert(tx, id, seat, at))
    };
    county.server.app.store.write::<_, StoreError, _>("test.forum", work).await.unwrap();
    id
}

/// A filled voting seat since New Year 2026.
pub fn seat(group: SeatGroup, actor: &Actor) -> Seat {
    Seat {
        id: SeatId(Uuid::now_v7()),
        group,
        orgnr: number(actor),
        role: SeatRole::Member,
        voting: true,
        holder: Some("Kari Nordmann".to_owned()),
        deputy: None,
        from: "2026-01-01".parse().unwrap(),
        to: None,
    }
}

fn number(actor: &Actor) -> OrgNr {
    OrgNr::from_register(actor.orgnr.clone())
}

/// A decision by agreement that a need is prioritised.
pub fn prioritise(rank: u32, amount: i64) -> Value {
    json!({
        "outcome": "prioritised",
        "rank": rank,
        "amount_nok": amount,
        "reason": "Tiltaket ligger tett på barna.",
        "criteria": criteria(),
        "decided_by": "agreement",
    })
}

/// Every allocation criterion, met.
pub fn criteria() -> Vec<Value> {
    let met =
        |criterion: &domain::forum::AllocationCriterion| json!({"criterion": criterion.as_str(), "fulfilment": "met"});
    domain::forum::AllocationCriterion::ALL.iter().map(met).collect()
}
