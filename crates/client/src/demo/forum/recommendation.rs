//! The forum's recommendation: drafted, and adopted as an item of the meeting.

use anyhow::Context;
use client::Error;
use contract::forum::forums::Forum;
use contract::forum::items::AgendaItem;
use contract::forum::recommendations::{AdoptRecommendation, CreateRecommendation, Recommendation};
use contract::rounds::Round;
use domain::forum::DecidedBy;
use serde_json::json;

use super::super::cast::Actor;
use super::super::tell::{self, count, kroner};

/// The draft for the round: a new one, or the one that is there.
pub(super) async fn draft(secretariat: &Actor, forum: &Forum, round: &Round) -> anyhow::Result<Recommendation> {
    let client = &secretariat.client;
    let new = CreateRecommendation { forum_id: forum.id, scheme: round.scheme.clone(), year: round.year };
    match client.post::<Recommendation>("/v1/recommendations", &new).await {
        Err(Error::Problem { problem, .. }) if problem.code == "already_exists" => {
            let id = problem.params.get("id").and_then(|id| id.as_str()).context("the draft has an id")?;
            Ok(client.get(&format!("/v1/recommendations/{id}")).await?)
        }
        other => Ok(other?),
    }
}

/// The first rank that no need of the year has taken.
pub(super) async fn next_rank(secretariat: &Actor, forum: &Forum, round: &Round) -> anyhow::Result<u32> {
    let path = format!("/v1/recommendations?forum_id={}&scheme={}&year={}", forum.id, round.scheme, round.year);
    let all: Vec<Recommendation> = secretariat.client.list(&path).await?;
    let ranks = all.iter().flat_map(|recommendation| &recommendation.lines).filter_map(|line| line.rank);
    Ok(ranks.max().unwrap_or(0) + 1)
}

/// The forum takes up the item and adopts.
pub(super) async fn adopt(
    secretariat: &Actor,
    draft: &Recommendation,
    item: &AgendaItem,
) -> anyhow::Result<Recommendation> {
    let client = &secretariat.client;
    let path = format!("/v1/agenda-items/{}", item.id);
    let item: AgendaItem = client.get(&path).await?;
    let item: AgendaItem = client.transition(&format!("{path}/start"), item.version, &json!({})).await?;
    let path = format!("/v1/recommendations/{}", draft.id);
    let draft: Recommendation = client.get(&path).await?;
    let adoption =
        AdoptRecommendation { agenda_item_id: item.id, decided_by: DecidedBy::Agreement, absences: Vec::new() };
    let adopted: Recommendation = client.transition(&format!("{path}/adopt"), draft.version, &adoption).await?;
    let (needs, claimed) = (count(adopted.lines.len(), "need"), kroner(adopted.claimed_nok));
    tell::did("The forum", &format!("agrees on its recommendation: {}, {needs}, {claimed}", adopted.state));
    Ok(adopted)
}
