//! A network to act in: Bergen coordinates it, Voss and Statped are members, Alver is not.

use domain::organisations::OrganisationKind as Kind;
use serde_json::{Value, json};

use crate::support::{Actor, Answer, County};

/// The county with its network.
pub struct Stage {
    /// The county: Bergen coordinates the network, the university is no member.
    pub county: County,
    /// A member that registers needs.
    pub voss: Actor,
    /// A member that does not.
    pub statped: Actor,
    /// A municipality of the county that is no member.
    pub alver: Actor,
    /// The path of the network.
    pub network: String,
}

impl Stage {
    /// Sets it.
    pub async fn new() -> Self {
        let county = County::new().await;
        let voss = county.organisation(20, Kind::Municipality, "Voss herad").await;
        let statped = county.organisation(21, Kind::Statped, "Statped").await;
        let alver = county.organisation(22, Kind::Municipality, "Alver kommune").await;
        let founded = county.bergen.post("/v1/networks", json!({"name": "Nettverk Vest"})).await.expect(201);
        let stage = Self { county, voss, statped, alver, network: founded.header("location") };
        for member in [&stage.voss, &stage.statped] {
            stage.put_member(&member.orgnr).await.expect(200);
        }
        stage
    }

    /// The id of the network.
    pub fn id(&self) -> &str {
        self.network.rsplit('/').next().unwrap()
    }

    /// Bergen makes somebody a member.
    pub async fn put_member(&self, orgnr: &str) -> Answer {
        let bergen = &self.county.bergen;
        let tag = bergen.get(&self.network).await.expect(200).tag();
        bergen.put(&format!("{}/members/{orgnr}", self.network), &tag, json!({})).await
    }

    /// Somebody takes a member out.
    pub async fn remove_member(&self, by: &Actor, orgnr: &str) -> Answer {
        let tag = by.get(&self.network).await.expect(200).tag();
        by.delete(&format!("{}/members/{orgnr}", self.network), &tag).await
    }

    /// A draft of an organisation's in the county's round.
    pub async fn draft_of(&self, sender: &Actor, title: &str) -> String {
        let document = json!({
            "round_id": self.county.round, "title": title, "description": format!("Om {title}."),
            "goals": ["Felles praksis"], "unit_kinds": ["kindergarten"],
            "areas": [{"area": "language_speech", "level": "basic", "purpose": "build"}],
            "partners": [{"orgnr": self.county.university.orgnr}],
            "amount_nok": 200_000, "own_contribution_nok": 10_000,
            "budget": [{"key": "a", "kind": "delivery", "school_year": "2027-2028",
                "recipient": self.county.university.orgnr, "amount_nok": 200_000}],
            "evidence": {"explanation": format!("Hemmelig om {title}")},
            "contact": {"role": "rådgiver", "email": "post@kommune.example"},
        });
        sender.post("/v1/needs", document).await.expect(201).id()
    }

    /// The sender shares a need with the network.
    pub async fn share(&self, sender: &Actor, need: &str) -> Answer {
        let tag = sender.get(&format!("/v1/needs/{need}")).await.expect(200).tag();
        sender.put(&format!("/v1/needs/{need}/shares/{}", self.id()), &tag, json!({})).await
    }

    /// The sender takes it back.
    pub async fn unshare(&self, sender: &Actor, need: &str) -> Answer {
        let tag = sender.get(&format!("/v1/needs/{need}")).await.expect(200).tag();
        sender.delete(&format!("/v1/needs/{need}/shares/{}", self.id()), &tag).await
    }

    /// A draft of an organisation's that it shares.
    pub async fn shared_draft_of(&self, sender: &Actor, title: &str) -> String {
        let need = self.draft_of(sender, title).await;
        self.share(sender, &need).await.expect(200);
        need
    }

    /// A coordination of these needs, led by Voss. Answers its path.
    pub async fn coordination(&self, needs: &[&str]) -> String {
        let body = json!({
            "title": "Språk sammen", "description": "To kommuner vil det samme.", "need_ids": needs,
            "lead_orgnr": self.voss.orgnr,
            "asked_of_university": {"orgnr": self.county.university.orgnr, "text": "Leder samlingene."},
            "asked_of_statped": "Drøfter tiltaket.",
        });
        let path = format!("{}/coordinations", self.network);
        self.county.bergen.post(&path, body).await.expect(201).header("location")
    }

    /// A change of something by somebody, on its newest version.
    pub async fn change(&self, by: &Actor, path: &str, patch: Value) -> Answer {
        let tag = by.get(path).await.expect(200).tag();
        by.patch(path, &tag, patch).await
    }
}

/// The ids of a list's items.
pub fn ids(answer: &Answer) -> Vec<String> {
    let items = answer.json()["items"].as_array().cloned().unwrap_or_else(|| panic!("no items in {}", answer.text));
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}
