//! The forum treats the need: on the agenda, conflicts ruled, treated and prioritised; its recommendation adopted.

mod recommendation;
mod treatment;

use anyhow::Context;
use chrono::{DateTime, NaiveDate, Utc};
use contract::forum::forums::{Composition, Forum, Seat};
use contract::forum::items::{AgendaItem, CreateAgendaItem};
use contract::forum::meetings::{Attendance, CloseMeeting, Interval, Meeting, MeetingDocument, PutAttendance};
use contract::forum::recommendations::Recommendation;
use contract::needs::Need;
use contract::rounds::Round;
use domain::forum::{ItemKind, SeatMember};
use serde_json::json;

use self::treatment::Treatment;
use super::cast::{Actor, Cast};
use super::tell;

/// Brings the need before the forum. Answers the adopted recommendation that holds it.
pub(super) async fn treat(cast: &Cast, round: &Round, need: &Need) -> anyhow::Result<Recommendation> {
    tell::step(4, "The forum treats it");
    let secretariat = cast.secretariat()?;
    let forum = find(&secretariat, round).await?;
    let seats: Vec<Seat> = secretariat.client.list(&format!("/v1/forums/{}/seats", forum.id)).await?;
    let seats = seats.into_iter().filter(|seat| seat.holder.is_some() && seat.to.is_none()).collect();
    let hall = Hall { secretariat, seats };
    let meeting = hall.convene(&forum, round).await?;
    let item = hall.list(&meeting, need_item(need)).await?;
    let draft = recommendation::draft(&hall.secretariat, &forum, round).await?;
    let adoption = hall.list(&meeting, recommendation_item(&draft)).await?;
    let meeting = hall.open(&meeting).await?;
    let rank = recommendation::next_rank(&hall.secretariat, &forum, round).await?;
    Treatment::new(&hall, &item).prioritise(need, rank).await?;
    let adopted = recommendation::adopt(&hall.secretariat, &draft, &adoption).await?;
    hall.close(&meeting).await?;
    Ok(adopted)
}

async fn find(secretariat: &Actor, round: &Round) -> anyhow::Result<Forum> {
    let forums: Vec<Forum> = secretariat.client.list("/v1/forums").await?;
    let forum = forums.into_iter().find(|forum| forum.county_governor == round.county_governor);
    let forum = forum.context("the round's county governor has no forum")?;
    let composition: Composition = secretariat.client.get(&format!("/v1/forums/{}/composition", forum.id)).await?;
    let verdict = if composition.complete { "properly composed" } else { "not properly composed" };
    let required = composition.groups.iter().filter(|group| group.required);
    let filled: usize = composition.groups.iter().map(|group| group.filled).sum();
    tell::did(&forum.name, &format!("{verdict}: {filled} seats with a vote, {} required groups", required.count()));
    Ok(forum)
}

fn need_item(need: &Need) -> CreateAgendaItem {
    CreateAgendaItem { kind: ItemKind::Need, need_id: Some(need.id), recommendation_id: None, title: None }
}

fn recommendation_item(draft: &Recommendation) -> CreateAgendaItem {
    CreateAgendaItem {
        kind: ItemKind::Recommendation,
        need_id: None,
        recommendation_id: Some(draft.id),
        title: Some("Innstilling om tilskot".to_owned()),
    }
}

/// The meeting room: the secretariat that records, and the seats that decide.
struct Hall {
    secretariat: Actor,
    seats: Vec<Seat>,
}

impl Hall {
    async fn convene(&self, forum: &Forum, round: &Round) -> anyhow::Result<Meeting> {
        let document = MeetingDocument {
            title: format!("Møte i samarbeidsforum om søknadsrunda {}", round.year),
            starts_at: start_of(round)?,
            ends_at: None,
            place: Some("Statens hus, Leikanger".to_owned()),
            external_refs: Vec::new(),
        };
        let client = &self.secretariat.client;
        let meeting: Meeting = client.post(&format!("/v1/forums/{}/meetings", forum.id), &document).await?;
        let path = format!("/v1/meetings/{}/convene", meeting.id);
        let meeting: Meeting = client.transition(&path, meeting.version, &json!({})).await?;
        let named = meeting.reference.as_deref().unwrap_or_default();
        tell::did(&self.secretariat.name, &format!("convenes the meeting {named}"));
        Ok(meeting)
    }

    async fn list(&self, meeting: &Meeting, item: CreateAgendaItem) -> anyhow::Result<AgendaItem> {
        let path = format!("/v1/meetings/{}/agenda-items", meeting.id);
        let item: AgendaItem = self.secretariat.client.post(&path, &item).await?;
        tell::did(&self.secretariat.name, &format!("puts item {} on the agenda: «{}»", item.number, item.title));
        Ok(item)
    }

    /// The meeting begins, and everybody is in the room, deputies too.
    async fn open(&self, meeting: &Meeting) -> anyhow::Result<Meeting> {
        let client = &self.secretariat.client;
        let path = format!("/v1/meetings/{}", meeting.id);
        let meeting: Meeting = client.get(&path).await?;
        let meeting: Meeting = client.transition(&format!("{path}/open"), meeting.version, &json!({})).await?;
        let from = meeting.opened_at.context("an open meeting has an instant at which it was opened")?;
        for seat in &self.seats {
            let present = |member| Interval { member, from, to: None };
            let deputy = seat.deputy.as_ref().map(|_| present(SeatMember::Deputy));
            let intervals = [Some(present(SeatMember::Holder)), deputy].into_iter().flatten().collect();
            let path = format!("{path}/attendance/{}", seat.id);
            let _: Attendance = client.put_new(&path, &PutAttendance { intervals }).await?;
        }
        let voting = self.seats.iter().filter(|seat| seat.voting).count();
        tell::did(
            &self.secretariat.name,
            &format!(
                "opens it and records who is there: {voting} seats with a vote, {} without",
                self.seats.len() - voting
            ),
        );
        Ok(meeting)
    }

    async fn close(&self, meeting: &Meeting) -> anyhow::Result<()> {
        let client = &self.secretariat.client;
        let path = format!("/v1/meetings/{}", meeting.id);
        let meeting: Meeting = client.get(&path).await?;
        let closing = CloseMeeting { postponed_because: None };
        let _: Meeting = client.transition(&format!("{path}/close"), meeting.version, &closing).await?;
        tell::did(&self.secretariat.name, "closes the meeting; what was decided now reaches the senders");
        Ok(())
    }
}

/// The morning of the first of March after the deadline.
fn start_of(round: &Round) -> anyhow::Result<DateTime<Utc>> {
    let morning = NaiveDate::from_ymd_opt(round.year, 3, 1).and_then(|date| date.and_hms_opt(8, 0, 0));
    Ok(morning.context("the round's year is no year of the calendar")?.and_utc())
}
