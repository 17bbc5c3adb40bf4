//! The recommendation (innstilling, F08): what the forum hands to the county governor, drawn from the items it
//! decided.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{GroupAbsence, Outcome, RecommendationCommand, RecommendationState, WrongState};
use crate::ids::{AgendaItemId, ForumId, NeedId, RecommendationId};
use crate::money::Nok;
use crate::orgnr::OrgNr;
use crate::time::SchoolYear;

/// A part of a measure's money: one recipient in one school year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The school year.
    pub school_year: SchoolYear,
    /// Who is to receive it.
    pub recipient: OrgNr,
    /// How much.
    pub amount: Nok,
}

/// Splits a recommended amount over school years and recipients as the budget of the need does, exactly to the
/// krone (largest remainder; at equal remainders the earlier year, then the lower organisation number). Parts that
/// come to nought are left out.
pub fn wished_split(budget: impl IntoIterator<Item = Share>, amount: Nok) -> Vec<Share> {
    let mut asked: BTreeMap<(SchoolYear, OrgNr), u64> = BTreeMap::new();
    for part in budget {
        let kroner = u64::try_from(part.amount.kroner()).unwrap_or(0);
        *asked.entry((part.school_year, part.recipient)).or_default() += kroner;
    }
    let weights: Vec<u64> = asked.values().copied().collect();
    let amounts = amount.split_by_largest_remainder(&weights);
    let parts = asked.into_keys().zip(amounts);
    parts
        .filter(|(_, amount)| *amount > Nok::ZERO)
        .map(|((school_year, recipient), amount)| Share { school_year, recipient, amount })
        .collect()
}

/// One need on a recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The need.
    pub need: NeedId,
    /// The item in which the forum decided it.
    pub item: AgendaItemId,
    /// What it ended in.
    pub outcome: Outcome,
    /// Its place among those that get money.
    pub rank: Option<u32>,
    /// How much; nought where it is not prioritised.
    pub amount: Nok,
    /// Why.
    pub reason: String,
    /// Who takes part in the measure.
    pub participants: Vec<OrgNr>,
    /// The wished split over school years and recipients; sums to the amount.
    pub split: Vec<Share>,
    /// Whether the need was withdrawn after it came on the recommendation; its money is free again.
    pub void: bool,
}

/// A recommendation with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    /// Its id.
    pub id: RecommendationId,
    /// The forum.
    pub forum: ForumId,
    /// The office code of the county governor to whom it goes.
    pub county_governor: String,
    /// The scheme.
    pub scheme: String,
    /// The ruleset, which names the groups that the forum has to have (F09).
    pub ruleset: String,
    /// The calendar year whose frame it draws on.
    pub year: i32,
    /// Draft or adopted.
    pub state: RecommendationState,
    /// The item in which it was adopted.
    pub adopted_in: Option<AgendaItemId>,
    /// When it was adopted.
    pub adopted_at: Option<DateTime<Utc>>,
    /// Required groups that were not there when it was adopted, and why (F09).
    pub absences: Vec<GroupAbsence>,
    /// One line per need treated (F08): by rank, then those without money.
    pub lines: Vec<Line>,
}

/// The sum per school year of a split.
pub fn by_school_year(split: &[Share]) -> BTreeMap<SchoolYear, Nok> {
    let mut years = BTreeMap::new();
    for share in split {
        let sum: &mut Nok = years.entry(share.school_year).or_default();
        *sum = sum.checked_add(share.amount).expect("shares of an amount sum to at most that amount");
    }
    years
}

/// Why a recommendation cannot be adopted now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AdoptionError {
    /// It is no draft.
    #[error(transparent)]
    WrongState(#[from] WrongState),
    /// No need has been treated.
    #[error("the recommendation has no lines")]
    NoLines,
}

impl Recommendation {
    /// Draws a draft anew from the items that the forum has decided.
    pub fn draw(&mut self, lines: Vec<Line>) -> Result<(), WrongState> {
        self.state = self.state.apply(RecommendationCommand::Draw)?;
        self.lines = lines;
        Ok(())
    }

    /// Takes a withdrawn need off the money: its line stays and is void. Whether that changed anything.
    pub fn strike(&mut self, need: NeedId) -> bool {
        let line = self.lines.iter_mut().find(|line| line.need == need && !line.void);
        line.map(|line| line.void = true).is_some()
    }

    /// Whether any need stands on it that has not been withdrawn.
    pub fn has_lines(&self) -> bool {
        self.lines.iter().any(|line| !line.void)
    }

    /// What the lines claim of frames, by calendar year: of each line its first school year, charged to the year in
    /// which that begins (G01); later ones wait for their appropriation (G05). Void lines claim nothing.
    pub fn claims(&self) -> BTreeMap<i32, Vec<(NeedId, Nok)>> {
        let mut claims: BTreeMap<i32, Vec<(NeedId, Nok)>> = BTreeMap::new();
        for line in self.lines.iter().filter(|line| !line.void) {
            if let Some((school_year, amount)) = by_school_year(&line.split).into_iter().next() {
                claims.entry(school_year.first_year()).or_default().push((line.need, amount));
            }
        }
        claims
    }

    /// Adopts the draft in an item. That the forum is quorate and properly composed, and that the frames hold what
    /// the lines claim, is checked besides.
    pub fn adopt(
        &mut self,
        item: AgendaItemId,
        absences: Vec<GroupAbsence>,
        at: DateTime<Utc>,
    ) -> Result<(), AdoptionError> {
        let adopted = self.state.apply(RecommendationCommand::Adopt)?;
        if !self.has_lines() {
            return Err(AdoptionError::NoLines);
        }
        self.state = adopted;
        self.adopted_in = Some(item);
        self.adopted_at = Some(at);
        self.absences = absences;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::forum::fixtures::{OTHER_ORGNR, at, orgnr};

    fn share(year: i32, recipient: &str, kroner: i64) -> Share {
        Share { school_year: SchoolYear::beginning(year), recipient: orgnr(recipient), amount: Nok::new(kroner) }
    }

    #[test]
    fn the_split_follows_the_budget_of_the_need() {
        let budget = [share(2026, "974760673", 200), share(2026, "974760673", 100), share(2027, OTHER_ORGNR, 100)];
        assert_eq!(wished_split(budget, Nok::new(200)), [share(2026, "974760673", 150), share(2027, OTHER_ORGNR, 50)]);
    }

    fn draft(amounts: &[i64]) -> Recommendation {
        Recommendation {
            id: RecommendationId(Uuid::now_v7()),
            forum: ForumId(Uuid::now_v7()),
            county_governor: "vestland".to_owned(),
            scheme: "kollektiv".to_owned(),
            ruleset: "kollektiv-2026".to_owned(),
            year: 2026,
            state: RecommendationState::Draft,
            adopted_in: None,
            adopted_at: None,
            absences: vec![],
            lines: amounts.iter().map(|amount| line([share(2026, "974760673", 1)], *amount)).collect(),
        }
    }

    fn line(budget: impl IntoIterator<Item = Share>, amount: i64) -> Line {
        Line {
            need: NeedId(Uuid::now_v7()),
            item: AgendaItemId(Uuid::now_v7()),
            outcome: Outcome::Prioritised,
            rank: Some(1),
            amount: Nok::new(amount),
            reason: String::new(),
            participants: vec![],
            split: wished_split(budget, Nok::new(amount)),
            void: false,
        }
    }

    fn adopt(recommendation: &mut Recommendation) -> Result<(), AdoptionError> {
        recommendation.adopt(AgendaItemId(Uuid::now_v7()), vec![], at(0))
    }

    #[test]
    fn each_line_claims_its_first_school_year_of_the_frame_of_that_year() {
        let mut recommendation = draft(&[]);
        recommendation.lines = vec![
            line([share(2026, "974760673", 60), share(2027, "974760673", 40)], 50),
            line([share(2027, "974760673", 1)], 20),
            Line { void: true, ..line([share(2026, "974760673", 1)], 7) },
            line([], 0),
        ];
        let claimed: Vec<(i32, Vec<Nok>)> = recommendation
            .claims()
            .into_iter()
            .map(|(year, claims)| (year, claims.into_iter().map(|(_, amount)| amount).collect()))
            .collect();
        assert_eq!(claimed, [(2026, vec![Nok::new(30)]), (2027, vec![Nok::new(20)])]);
    }

    #[test]
    fn a_struck_line_stays_and_claims_nothing() {
        let mut recommendation = draft(&[60, 40]);
        let need = recommendation.lines[0].need;
        assert!(recommendation.strike(need));
        assert!(!recommendation.strike(need), "once");
        assert_eq!(recommendation.lines.len(), 2);
        assert_eq!(recommendation.claims()[&2026].len(), 1);
    }

    #[test]
    fn a_recommendation_without_needs_is_not_adopted_nor_an_adopted_one_again() {
        assert_eq!(adopt(&mut draft(&[])), Err(AdoptionError::NoLines));
        let mut adopted = draft(&[1]);
        adopt(&mut adopted).unwrap();
        let again = WrongState { state: "adopted", command: "adopt" };
        assert_eq!(adopt(&mut adopted), Err(again.into()));
        assert_eq!(adopted.draw(vec![]), Err(WrongState { state: "adopted", command: "draw" }));
    }

    proptest! {
        #[test]
        fn splits_sum_exactly_to_the_amount_and_years_to_the_splits(
            budget in prop::collection::vec((2026_i32..2029, any::<bool>(), 1_i64..5_000_000), 1..12),
            amounts in prop::collection::vec(0_i64..10_000_000, 1..6),
        ) {
            let shares = || budget.iter().map(|(year, other, kroner)| share(*year, if *other { OTHER_ORGNR } else { "974760673" }, *kroner));
            let lines: Vec<Line> = amounts.iter().map(|amount| line(shares(), *amount)).collect();
            for line in &lines {
                prop_assert_eq!(Nok::total(line.split.iter().map(|s| s.amount)), Some(line.amount));
                prop_assert_eq!(Nok::total(by_school_year(&line.split).into_values()), Some(line.amount));
            }
        }
    }
}
