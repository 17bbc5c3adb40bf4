//! The round that everything happens in.

use anyhow::Context;
use chrono::NaiveDate;
use contract::rounds::Round;
use domain::rounds::RoundState;

use super::cast::Cast;
use super::tell;

/// Finds the open round, the one with the latest deadline where there are several.
pub(super) async fn find_open(cast: &Cast) -> anyhow::Result<Round> {
    let secretariat = cast.secretariat()?;
    let rounds: Vec<Round> = secretariat.client.list("/v1/rounds?county_governor=vestland").await?;
    let open =
        rounds.into_iter().filter(|round| round.state == RoundState::Open).max_by_key(|round| round.deadline_date);
    let round = open.context("no round is open in Vestland")?;
    tell::did(
        "The round",
        &format!("{} under {}, open until {}", round.year, round.ruleset, readable(round.deadline_date)),
    );
    Ok(round)
}

/// The school year that the round's money is for first.
pub(super) fn school_year(round: &Round) -> String {
    format!("{}-{}", round.year, round.year + 1)
}

fn readable(date: NaiveDate) -> String {
    date.format("%-d.%-m.%Y").to_string()
}
