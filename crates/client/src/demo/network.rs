//! Two municipalities lay their needs side by side in their network, find that they belong together, and send one need
//! together (N14).

use anyhow::Context;
use contract::kartlegging::Batch;
use contract::needs::{InvitationReply, Need, Party};
use contract::networks::{
    AskedOfUniversity, Coordination, CoordinationDocument, CreateNetwork, DraftCoordination, Network, NetworkMeeting,
    NetworkMeetingDocument, RaiseTheme, SharedNeed,
};
use contract::rounds::Round;
use domain::needs::{AreaLevel, AreaPurpose, BudgetKind};
use domain::organisations::UnitKind;
use serde_json::{Value, json};

use super::cast::{Actor, Cast};
use super::need::{self, UNIVERSITY};
use super::round::school_year;
use super::tell::{self, count, kroner};

/// The municipality that coordinates the network and leads, and its neighbour; both are served by the same PPT.
const LEAD: &str = "vaksdal-kommune";
const NEIGHBOUR: &str = "modalen-kommune";
const STATPED: &str = "statped";

const NAME: &str = "Kompetansenettverk Osterfjorden";

/// The network and those who act in it.
struct Stage<'a> {
    round: &'a Round,
    lead: Actor,
    neighbour: Actor,
    university: Actor,
    statped: Actor,
    network: Network,
}

/// Brings a need of two municipalities to the county governor's desk.
pub(super) async fn coordinate(cast: &Cast, round: &Round) -> anyhow::Result<()> {
    tell::step(3, "A network coordinates needs");
    let stage = Stage::set(cast, round).await?;
    let own = stage.share(&stage.lead, "Språk i Vaksdal").await?;
    let other = stage.share(&stage.neighbour, "Språkstøtte i Modalen").await?;
    stage.meet().await?;
    let coordination = stage.coordinate(&own, &other).await?;
    let joint = stage.draft(&coordination, &[&own, &other]).await?;
    let joint = stage.plan(&joint).await?;
    need::invite(&stage.lead, &joint).await?;
    need::confirm(&stage.university, &joint).await?;
    stage.take_part(&joint).await?;
    need::answer_for_private_owners(cast, &stage.lead, &joint).await?;
    need::check(&stage.lead, &joint, "that both stand behind").await?;
    need::submit(&stage.lead, &joint).await?;
    Ok(())
}

impl<'a> Stage<'a> {
    /// Founds the network, or finds it where the story was played before.
    async fn set(cast: &Cast, round: &'a Round) -> anyhow::Result<Self> {
        let [lead, neighbour, university, statped] =
            [LEAD, NEIGHBOUR, UNIVERSITY, STATPED].map(|client| cast.actor(client));
        let (lead, neighbour, university, statped) = (lead?, neighbour?, university?, statped?);
        let known: Vec<Network> = lead.client.list("/v1/networks").await?;
        let network = match known.into_iter().find(|network| network.name == NAME) {
            Some(network) => network,
            None => lead.client.post("/v1/networks", &CreateNetwork { name: NAME.to_owned() }).await?,
        };
        let mut stage = Self { round, lead, neighbour, university, statped, network };
        for orgnr in [&stage.neighbour, &stage.university, &stage.statped].map(|member| member.orgnr.clone()) {
            let path = format!("/v1/networks/{}/members/{orgnr}", stage.network.id);
            stage.network = stage.lead.client.put(&path, stage.network.version, &json!({})).await?;
        }
        let members = count(stage.network.members.len(), "member");
        tell::did(&stage.lead.name, &format!("coordinates «{NAME}», {members}"));
        Ok(stage)
    }

    fn path(&self, below: &str) -> String {
        format!("/v1/networks/{}/{below}", self.network.id)
    }

    /// A municipality drafts a need of its own and shares it.
    async fn share(&self, municipality: &Actor, title: &str) -> anyhow::Result<Need> {
        let draft: Need = municipality.client.post("/v1/needs", &self.document(title)).await?;
        let path = format!("/v1/needs/{}/shares/{}", draft.id, self.network.id);
        let shared: Need = municipality.client.put(&path, draft.version, &json!({})).await?;
        tell::did(&municipality.name, &format!("drafts «{title}» and shares it with the network"));
        Ok(shared)
    }

    fn document(&self, title: &str) -> Value {
        let year = school_year(self.round);
        json!({
            "round_id": self.round.id,
            "title": title,
            "description": "Personalet lærer å støtte barn som strevar med språket.",
            "goals": ["Alle einingane arbeider systematisk med språkmiljøet sitt."],
            "period": {"from": year, "to": year},
            "unit_kinds": [UnitKind::Kindergarten, UnitKind::School, UnitKind::Sfo, UnitKind::Ppt],
            "areas": [{"area": "language_speech", "level": AreaLevel::Basic, "purpose": AreaPurpose::Build}],
            "partners": [{"orgnr": self.university.orgnr}],
            "amount_nok": 120_000,
            "language": "nn",
        })
    }

    /// Statped raises a theme for the next meeting.
    async fn meet(&self) -> anyhow::Result<()> {
        let needs: Vec<SharedNeed> = self.statped.client.list(&self.path("needs")).await?;
        let asked: i64 = needs.iter().map(|need| need.amount_nok).sum();
        let side_by_side = count(needs.len(), "need");
        tell::did(&self.statped.name, &format!("reads {side_by_side} side by side, {} together", kroner(asked)));
        let meeting = NetworkMeetingDocument {
            title: "Nettverksmøte".to_owned(),
            starts_at: self.round.deadline_at,
            place: Some("Dale".to_owned()),
            themes: Vec::new(),
        };
        let meeting: NetworkMeeting = self.lead.client.post(&self.path("meetings"), &meeting).await?;
        let theme = RaiseTheme { title: "Språkvanskar i små barnehagar".to_owned(), description: String::new() };
        let path = self.path(&format!("meetings/{}/themes", meeting.id));
        let meeting: NetworkMeeting = self.statped.client.post(&path, &theme).await?;
        for theme in &meeting.themes {
            tell::did(&self.statped.name, &format!("raises «{}» for the next meeting", theme.title));
        }
        Ok(())
    }

    async fn coordinate(&self, own: &Need, other: &Need) -> anyhow::Result<Coordination> {
        let document = CoordinationDocument {
            title: "Språkmiljø ved Osterfjorden".to_owned(),
            description: "To kommunar med same PPT vil det same.".to_owned(),
            need_ids: vec![own.id, other.id],
            lead_orgnr: Some(self.lead.orgnr.clone()),
            asked_of_university: Some(AskedOfUniversity {
                orgnr: self.university.orgnr.clone(),
                text: "Utviklar og leier felles samlingar.".to_owned(),
            }),
            asked_of_statped: Some("Drøftar tiltaket med oss før fristen.".to_owned()),
            closed: false,
        };
        let made: Coordination = self.neighbour.client.post(&self.path("coordinations"), &document).await?;
        let together = count(made.need_ids.len(), "need");
        tell::did(&self.neighbour.name, &format!("says that {together} belong together, led by {}", self.lead.name));
        Ok(made)
    }

    /// The lead turns the coordination into one draft; the needs behind it are thrown away by their senders.
    async fn draft(&self, coordination: &Coordination, behind: &[&Need]) -> anyhow::Result<Need> {
        let path = self.path(&format!("coordinations/{}/draft", coordination.id));
        let body = DraftCoordination { round_id: self.round.id, title: None };
        let joint: Need = self.lead.client.post(&path, &body).await?;
        let participants = count(joint.content.participants.len(), "participant");
        tell::did(&self.lead.name, &format!("turns it into the joint draft «{}», {participants}", joint.content.title));
        for (sender, need) in [&self.lead, &self.neighbour].into_iter().zip(behind) {
            let need: Need = sender.client.get(&format!("/v1/needs/{}", need.id)).await?;
            sender.client.delete(&format!("/v1/needs/{}", need.id), need.version).await?;
        }
        Ok(joint)
    }

    /// Money, anchoring and kartlegging are the lead's to say.
    async fn plan(&self, joint: &Need) -> anyhow::Result<Need> {
        let batches: Vec<Batch> = self.lead.client.list("/v1/kartlegging/batches").await?;
        let batch = batches.last().context("the lead has uploaded its kartlegging")?;
        let line = |kind: BudgetKind, recipient: &Actor, amount: i64| {
            json!({"key": kind, "kind": kind, "school_year": school_year(self.round), "recipient": recipient.orgnr,
                "amount_nok": amount})
        };
        let anchored = json!({"anchored": true, "how": "Drøfta i begge kommunane."});
        let patch = json!({
            "expected_benefit": "Barn får hjelp der dei er, tidlegare enn i dag.",
            "amount_nok": 200_000,
            "budget": [
                line(BudgetKind::Delivery, &self.university, 150_000),
                line(BudgetKind::Planning, &self.lead, 30_000),
                line(BudgetKind::Evaluation, &self.neighbour, 20_000),
            ],
            "evidence": {"batches": [batch.id]},
            "anchoring": {"leaders": anchored, "staff": anchored, "unions": anchored},
            "preparation": {"guidelines_read": true, "dialogue_with_university": true, "dialogue_with_statped": true},
            "audience": [{"group": "leaders", "number": 6}, {"group": "pedagogical_staff", "number": 70}],
            "extra_answers": [{"key": "gathering_form", "choice": "both"}],
            "contact": {"role": "rådgjevar oppvekst", "email": "oppvekst@vaksdal.example"},
        });
        let path = format!("/v1/needs/{}", joint.id);
        let planned: Need = self.lead.client.patch(&path, joint.version, &patch).await?;
        let amount = planned.content.amount_nok.unwrap_or_default();
        tell::did(&self.lead.name, &format!("plans the money of both: {}", kroner(amount)));
        Ok(planned)
    }

    /// The neighbour confirms for itself.
    async fn take_part(&self, joint: &Need) -> anyhow::Result<()> {
        let path = format!("/v1/needs/{}/participants/{}", joint.id, self.neighbour.orgnr);
        let invited: Party = self.neighbour.client.get(&path).await?;
        let reply = InvitationReply { reason: Some("Vi er med.".to_owned()), ..InvitationReply::default() };
        let confirm = format!("{path}/confirm");
        let confirmed: Party = self.neighbour.client.transition(&confirm, invited.version, &reply).await?;
        tell::did(&self.neighbour.name, &format!("takes part: {}", confirmed.state));
        Ok(())
    }
}
