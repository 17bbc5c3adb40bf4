//! Drawing recommendations from what the forum has decided (F08).
//!
//! A draft follows the forum: whenever an item on a need of its season is decided, it is drawn anew, so that what the
//! forum adopts is what it has decided, and an old screen is told by its version.

use domain::forum::{AgendaItem, Ending, ItemSubject, Line, Share, participants, wished_split};
use domain::ids::ForumId;
use domain::money::Nok;
use domain::needs::{Content, Need};
use persistence::forum::recommendations::{self, Season};
use persistence::{Reader, StoreError, needs, rounds};

use super::hall::submission;
use super::records::{self, deed};
use crate::error::ApiError;
use crate::http::write::{Stop, Write};

/// The lines of a season: one per need treated that no adopted recommendation holds.
pub(super) fn lines(reader: &mut Reader, season: Season<'_>) -> Result<Vec<Line>, StoreError> {
    let items = recommendations::treated_items(reader, season)?;
    items.into_iter().map(|item| line(reader, item)).collect()
}

/// Draws the draft of a season anew, where there is one.
pub(super) fn redraw<T>(write: &mut Write<'_, T>, season: Season<'_>) -> Result<(), Stop> {
    let Some(before) = recommendations::find_draft(write, season)? else { return Ok(()) };
    let mut after = before.clone();
    after.recommendation.draw(lines(write, season)?).map_err(ApiError::from)?;
    let now = write.call().now;
    let after = recommendations::update(write, after, now)?;
    records::recommendation(write, deed("recommendation.draw", "drawn"), Some(&before), &after)
}

/// The scheme and the year for which a need is treated: those of its round.
pub(super) fn scheme_and_year(reader: &mut Reader, need: &Need) -> Result<(String, i32), StoreError> {
    let round = rounds::find(reader, need.round)?.ok_or_else(|| StoreError::corrupt("need", "its round is gone"))?;
    Ok((round.round.scheme, round.round.year))
}

/// The ranks that items of a season have taken.
pub(super) fn ranks_taken(reader: &mut Reader, season: Season<'_>) -> Result<Vec<u32>, StoreError> {
    let items = recommendations::treated_items(reader, season)?;
    Ok(items.into_iter().filter_map(|item| item.ending.and_then(|ending| ending.rank)).collect())
}

/// The season of a forum.
pub(super) const fn season(forum: ForumId, (scheme, year): &(String, i32)) -> Season<'_> {
    Season { forum, scheme: scheme.as_str(), year: *year }
}

fn line(reader: &mut Reader, item: AgendaItem) -> Result<Line, StoreError> {
    let incomplete = |what| StoreError::corrupt("agenda item", what);
    let ItemSubject::Need(id) = item.subject else { return Err(incomplete("it was treated without a need")) };
    let ending = item.ending.ok_or_else(|| incomplete("it is decided and has no ending"))?;
    let Ending { outcome: Some(outcome), rank, amount, reason: Some(reason), .. } = ending else {
        return Err(incomplete("it is decided without outcome or reason"));
    };
    let need = needs::find_submitted(reader, id)?.ok_or_else(|| incomplete("its need was never submitted"))?;
    let submission = submission(reader, &need)?;
    let amount = amount.unwrap_or(Nok::ZERO);
    Ok(Line {
        need: id,
        item: item.id,
        outcome,
        rank,
        amount,
        reason,
        participants: participants(&submission.content, &submission.parties),
        split: wished_split(shares(&submission.content), amount),
        void: false,
    })
}

fn shares(content: &Content) -> impl Iterator<Item = Share> {
    content.budget.iter().map(|line| Share {
        school_year: line.school_year,
        recipient: line.recipient.clone(),
        amount: line.amount,
    })
}
