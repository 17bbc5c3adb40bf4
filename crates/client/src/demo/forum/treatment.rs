//! One item of the agenda: conflicts ruled, quorum counted, put to the vote, prioritised.

use contract::forum::items::{AgendaItem, CriterionAnswer, DecideItem, ItemQuorum, PutVote, Quorum};
use contract::forum::recusals::{PutRuling, Recusal, RecusalList};
use contract::needs::Need;
use domain::forum::{AllocationCriterion, Ballot, ConflictStatus, DecidedBy, Fulfilment, Outcome, SeatMember};
use serde_json::json;
use uuid::Uuid;

use super::super::need::reference;
use super::super::tell::{self, kroner};
use super::Hall;

/// The treatment of an item in the hall.
pub(super) struct Treatment<'a> {
    hall: &'a Hall,
    path: String,
}

impl<'a> Treatment<'a> {
    /// The treatment of this item.
    pub(super) fn new(hall: &'a Hall, item: &AgendaItem) -> Self {
        Self { hall, path: format!("/v1/agenda-items/{}", item.id) }
    }

    /// The forum takes up the need, rules on conflicts, votes, and gives it a rank and an amount.
    pub(super) async fn prioritise(&self, need: &Need, rank: u32) -> anyhow::Result<()> {
        let client = &self.hall.secretariat.client;
        let path = &self.path;
        let item = self.read().await?;
        let _: AgendaItem = client.transition(&format!("{path}/start"), item.version, &json!({})).await?;
        self.rule_on_conflicts().await?;
        let quorum = self.count().await?;
        self.vote(need, &quorum).await?;
        let item = self.read().await?;
        let decided: AgendaItem =
            client.transition(&format!("{path}/decide"), item.version, &decision(need, rank)).await?;
        let outcome = decided.outcome.map_or("none", Outcome::as_str);
        let amount = kroner(decided.amount_nok.unwrap_or_default());
        tell::did("The forum", &format!("decides on {}: {outcome}, rank {rank}, {amount}", reference(need)));
        Ok(())
    }

    async fn read(&self) -> anyhow::Result<AgendaItem> {
        Ok(self.hall.secretariat.client.get(&self.path).await?)
    }

    /// Whoever has a part in the measure does not decide on it (F04).
    async fn rule_on_conflicts(&self) -> anyhow::Result<()> {
        let client = &self.hall.secretariat.client;
        let list: RecusalList = client.get(&format!("{}/recusals", self.path)).await?;
        for recusal in list.items {
            let members = [(SeatMember::Holder, &recusal.holder), (SeatMember::Deputy, &recusal.deputy)];
            let suggested = members.into_iter().filter(|(_, known)| known.status == ConflictStatus::Suggested);
            let mut version = recusal.version;
            for (member, known) in suggested {
                let reason = "Organisasjonen er part i tiltaket, og representanten er ugild.".to_owned();
                let ruling = PutRuling { member, recused: true, reason };
                let path = format!("{}/recusals/{}", self.path, recusal.seat_id);
                let ruled: Recusal = client.put(&path, version, &ruling).await?;
                version = ruled.version;
                let grounds: Vec<&str> = known.grounds.iter().map(|ground| ground.as_str()).collect();
                let who = self.name_of(recusal.seat_id, member);
                tell::did("The forum", &format!("rules that {who} steps aside: {}", grounds.join(", ")));
            }
        }
        Ok(())
    }

    fn name_of(&self, seat: Uuid, member: SeatMember) -> String {
        let Some(seat) = self.hall.seats.iter().find(|known| known.id == seat) else { return seat.to_string() };
        let name = match member {
            SeatMember::Holder => seat.holder.clone(),
            SeatMember::Deputy => seat.deputy.as_ref().map(|deputy| deputy.name.clone()),
        };
        format!("{} ({member}, {})", name.unwrap_or_default(), seat.group)
    }

    async fn count(&self) -> anyhow::Result<Quorum> {
        let counted: ItemQuorum = self.hall.secretariat.client.get(&format!("{}/quorum", self.path)).await?;
        let quorum = counted.quorum;
        let verdict = if quorum.quorate { "quorate" } else { "not quorate" };
        let (part, base, groups) = (quorum.eligible.len(), quorum.base, quorum.groups);
        tell::did("The forum", &format!("is {verdict}: {part} of {base} seats take part, from {groups} groups"));
        for seat in quorum.eligible.iter().filter(|seat| seat.by == SeatMember::Deputy) {
            tell::detail(&format!("{} takes the seat", self.name_of(seat.seat_id, seat.by)));
        }
        Ok(quorum)
    }

    /// One member finds other needs more urgent, so that the forum does not agree and votes (F05).
    async fn vote(&self, need: &Need, quorum: &Quorum) -> anyhow::Result<()> {
        let vote = PutVote {
            outcome: Some(Outcome::Prioritised),
            amount_nok: need.content.amount_nok,
            in_favour: quorum.eligible.len().saturating_sub(1),
            against: 1,
            abstained: 0,
            chair: Some(Ballot::For),
        };
        let item = self.read().await?;
        let path = format!("{}/vote", self.path);
        let held: AgendaItem = self.hall.secretariat.client.put(&path, item.version, &vote).await?;
        let Some(held) = held.vote else { anyhow::bail!("the vote was not recorded") };
        let verdict = if held.carried { "carried" } else { "not carried" };
        tell::did(
            "The forum",
            &format!(
                "votes: {} for, {} against, {} abstained: {verdict}",
                held.in_favour, held.against, held.abstained
            ),
        );
        Ok(())
    }
}

/// The measure is worth its money, and meets every criterion.
fn decision(need: &Need, rank: u32) -> DecideItem {
    let met = |criterion: &AllocationCriterion| CriterionAnswer {
        criterion: *criterion,
        fulfilment: Fulfilment::Met,
        note: None,
    };
    DecideItem {
        outcome: Some(Outcome::Prioritised),
        rank: Some(rank),
        amount_nok: need.content.amount_nok,
        reason: Some("Tiltaket er tett på barna, byggjer på kartlegging og femner barnehage, skule og PPT.".to_owned()),
        criteria: AllocationCriterion::ALL.iter().map(met).collect(),
        decided_by: Some(DecidedBy::Vote),
    }
}
