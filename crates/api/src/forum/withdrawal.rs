//! A need that its sender takes back: what the forum has of it is let go.

use domain::forum::RecommendationState;
use domain::needs::Need;
use persistence::forum::forums::take_turn;
use persistence::forum::items;
use persistence::forum::recommendations::{self, Season, StoredRecommendation};

use super::drawing;
use super::records::{self, deed};
use crate::http::write::{Stop, Write};

/// Takes a withdrawn need off the agenda on which it waits, off a draft, and off the money of an adopted
/// recommendation, whose line becomes void.
pub(crate) fn let_go<T>(write: &mut Write<'_, T>, need: &Need) -> Result<(), Stop> {
    if let Some(waiting) = items::listed_on(write, need.id)? {
        take_turn(write, waiting.item.forum)?;
    }
    if let Some(before) = items::listed_on(write, need.id)? {
        let now = write.call().now;
        let mut after = before.clone();
        after.item.let_go(now);
        let after = items::update(write, after, now)?;
        records::item(write, deed("agenda_item.remove", "removed"), Some(&before), &after)?;
    }
    for stored in recommendations::with_need(write, need.id)? {
        take_turn(write, stored.recommendation.forum)?;
    }
    recommendations::with_need(write, need.id)?.into_iter().try_for_each(|stored| strike(write, need, stored))
}

fn strike<T>(write: &mut Write<'_, T>, need: &Need, before: StoredRecommendation) -> Result<(), Stop> {
    if before.recommendation.state == RecommendationState::Draft {
        let recommendation = before.recommendation;
        let season = Season { forum: recommendation.forum, scheme: &recommendation.scheme, year: recommendation.year };
        return drawing::redraw(write, season);
    }
    let now = write.call().now;
    let mut after = before.clone();
    if after.recommendation.strike(need.id) {
        let after = recommendations::update(write, after, now)?;
        records::recommendation(write, deed("recommendation.strike", "line_voided"), Some(&before), &after)?;
    }
    Ok(())
}
