//! Frames: the money of a county governor, scheme and year, and what is already spoken for (G01).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::NeedId;
use crate::money::Nok;

crate::codes! {
    /// Where a frame's money comes from.
    SourceKind {
        /// The yearly appropriation.
        Appropriation = "appropriation",
        /// Moved from Statped's budget.
        TransferredFromStatped = "transferred_from_statped",
        /// Unused in an earlier year.
        CarriedOver = "carried_over",
        /// Moved from another frame.
        Reallocated = "reallocated",
    }
}

/// One source of a frame.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// What it is.
    pub kind: SourceKind,
    /// The letter or decision that gives it.
    pub reference: String,
    /// How much, above zero.
    pub amount: Nok,
}

/// What one need claims of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Claim {
    /// Its line of this year in an adopted recommendation that is not superseded; zero where there is none.
    pub recommended: Nok,
    /// What its live decision grants of this year, conditional years left out; zero for a decline. `None` before
    /// a decision.
    pub decided: Option<Nok>,
}

impl Claim {
    /// What the need binds: its live decision if there is one, else its line (G01).
    pub fn committed(self) -> Nok {
        self.decided.unwrap_or(self.recommended)
    }
}

/// Why a frame refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FrameError {
    /// More is wanted than is left for it (G01).
    #[error("{wanted} kroner do not fit: {left} are left in the frame")]
    Exceeded {
        /// What was wanted.
        wanted: Nok,
        /// What there is for it, what it already binds included.
        left: Nok,
    },
    /// The sources would become less than what is committed (G01).
    #[error("a frame of {wanted} kroner cannot hold the {committed} that are committed")]
    BelowCommitted {
        /// The sum of the sources as wanted.
        wanted: Nok,
        /// What is committed.
        committed: Nok,
    },
}

/// The account of one frame: its sources and every need's claim. Left is never below zero (G01).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    sources: Nok,
    claims: BTreeMap<NeedId, Claim>,
}

impl Ledger {
    /// The ledger as it stands in the books.
    pub fn new(sources: Nok, claims: BTreeMap<NeedId, Claim>) -> Self {
        Self { sources, claims }
    }

    /// The sum of the sources.
    pub fn sources(&self) -> Nok {
        self.sources
    }

    /// Every need's claim.
    pub fn claims(&self) -> &BTreeMap<NeedId, Claim> {
        &self.claims
    }

    /// What adopted recommendations hold for needs that are not decided yet.
    pub fn reserved(&self) -> Nok {
        self.sum(|claim| if claim.decided.is_some() { Nok::ZERO } else { claim.recommended })
    }

    /// What live decisions grant.
    pub fn used(&self) -> Nok {
        self.sum(|claim| claim.decided.unwrap_or_default())
    }

    /// What is spoken for: reserved and used.
    pub fn committed(&self) -> Nok {
        self.sum(Claim::committed)
    }

    /// What is still free.
    pub fn left(&self) -> Nok {
        self.sources.minus(self.committed())
    }

    /// Adopts the lines of a recommendation: all of them fit, or none is taken up. A line of a need that has its
    /// decision already changes nothing, since the decision counts.
    pub fn recommend(&mut self, lines: &[(NeedId, Nok)]) -> Result<(), FrameError> {
        let mut next = self.clone();
        for (need, amount) in lines {
            next.claims.entry(*need).or_default().recommended = *amount;
        }
        let of_the_lines = |ledger: &Self| {
            total(lines.iter().map(|(need, _)| ledger.claims.get(need).copied().unwrap_or_default().committed()))
        };
        if next.left() < Nok::ZERO {
            let left = exactly(self.left().checked_add(of_the_lines(self)));
            return Err(FrameError::Exceeded { wanted: of_the_lines(&next), left });
        }
        *self = next;
        Ok(())
    }

    /// Takes a line out: the need is withdrawn, or its recommendation superseded. A decision stays.
    pub fn strike_line(&mut self, need: NeedId) {
        if let Some(claim) = self.claims.get_mut(&need) {
            claim.recommended = Nok::ZERO;
        }
    }

    /// Makes a decision the one that counts for a need. A decline, a revocation and a renunciation are decisions
    /// on zero and so always fit.
    pub fn decide(&mut self, need: NeedId, amount: Nok) -> Result<(), FrameError> {
        let claim = self.claims.get(&need).copied().unwrap_or_default();
        let left = exactly(self.left().checked_add(claim.committed()));
        if amount > left {
            return Err(FrameError::Exceeded { wanted: amount, left });
        }
        self.claims.insert(need, Claim { decided: Some(amount), ..claim });
        Ok(())
    }

    /// Sets the sum of the sources: not below what is committed.
    pub fn set_sources(&mut self, wanted: Nok) -> Result<(), FrameError> {
        let committed = self.committed();
        if wanted < committed {
            return Err(FrameError::BelowCommitted { wanted, committed });
        }
        self.sources = wanted;
        Ok(())
    }

    fn sum(&self, of: impl Fn(Claim) -> Nok) -> Nok {
        total(self.claims.values().map(|claim| of(*claim)))
    }
}

fn total(amounts: impl Iterator<Item = Nok>) -> Nok {
    exactly(Nok::total(amounts))
}

/// Claims are at most `Nok::MAX` each, so ninety million of them fit.
fn exactly(sum: Option<Nok>) -> Nok {
    sum.expect("the sum of a frame's claims fits")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn need(n: u8) -> NeedId {
        NeedId(Uuid::from_u128(u128::from(n)))
    }

    fn nok(kroner: i64) -> Nok {
        Nok::new(kroner)
    }

    fn frame(sources: i64) -> Ledger {
        Ledger::new(nok(sources), BTreeMap::new())
    }

    #[test]
    fn a_line_reserves_and_its_decision_takes_its_place() {
        let mut ledger = frame(1_000);
        ledger.recommend(&[(need(1), nok(600))]).unwrap();
        assert_eq!((ledger.reserved(), ledger.used(), ledger.left()), (nok(600), nok(0), nok(400)));
        ledger.decide(need(1), nok(500)).unwrap();
        assert_eq!((ledger.reserved(), ledger.used(), ledger.left()), (nok(0), nok(500), nok(500)));
    }

    #[test]
    fn a_decline_releases_what_its_line_reserved() {
        let mut ledger = frame(1_000);
        ledger.recommend(&[(need(1), nok(600))]).unwrap();
        ledger.decide(need(1), nok(0)).unwrap();
        assert_eq!(ledger.left(), nok(1_000));
    }

    #[test]
    fn a_decision_above_its_line_takes_only_what_others_leave() {
        let mut ledger = frame(1_000);
        ledger.recommend(&[(need(1), nok(600)), (need(2), nok(300))]).unwrap();
        let refused = ledger.decide(need(1), nok(701));
        assert_eq!(refused, Err(FrameError::Exceeded { wanted: nok(701), left: nok(700) }));
        assert_eq!(ledger.decide(need(1), nok(700)), Ok(()));
        assert_eq!(ledger.left(), nok(0));
    }

    #[test]
    fn a_recommendation_above_the_frame_is_taken_up_in_no_part() {
        let mut ledger = frame(1_000);
        ledger.recommend(&[(need(1), nok(400))]).unwrap();
        let before = ledger.clone();
        let refused = ledger.recommend(&[(need(1), nok(500)), (need(2), nok(501))]);
        assert_eq!(refused, Err(FrameError::Exceeded { wanted: nok(1_001), left: nok(1_000) }));
        assert_eq!(ledger, before);
    }

    #[test]
    fn a_line_of_a_decided_need_changes_nothing() {
        let mut ledger = frame(1_000);
        ledger.decide(need(1), nok(900)).unwrap();
        ledger.recommend(&[(need(1), nok(5_000))]).unwrap();
        assert_eq!(ledger.committed(), nok(900));
    }

    #[test]
    fn a_frame_is_not_lowered_below_what_is_committed() {
        let mut ledger = frame(1_000);
        ledger.recommend(&[(need(1), nok(600))]).unwrap();
        let refused = ledger.set_sources(nok(599));
        assert_eq!(refused, Err(FrameError::BelowCommitted { wanted: nok(599), committed: nok(600) }));
        assert_eq!(ledger.set_sources(nok(600)), Ok(()));
    }

    #[derive(Debug, Clone)]
    enum Step {
        Recommend(Vec<(u8, i64)>),
        StrikeLine(u8),
        Decide(u8, i64),
        SetSources(i64),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            prop::collection::vec((0..6_u8, 0..2_000_i64), 0..5).prop_map(Step::Recommend),
            (0..6_u8).prop_map(Step::StrikeLine),
            (0..6_u8, 0..2_000_i64).prop_map(|(need, amount)| Step::Decide(need, amount)),
            (0..5_000_i64).prop_map(Step::SetSources),
        ]
    }

    proptest! {
        #[test]
        fn left_is_never_below_zero_whatever_comes_in_whatever_order(steps in prop::collection::vec(step(), 0..40)) {
            let mut ledger = frame(3_000);
            for step in steps {
                let before = ledger.clone();
                let answer = match step {
                    Step::Recommend(lines) => {
                        let lines: Vec<_> = lines.into_iter().map(|(n, kroner)| (need(n), nok(kroner))).collect();
                        ledger.recommend(&lines)
                    }
                    Step::StrikeLine(n) => {
                        ledger.strike_line(need(n));
                        Ok(())
                    }
                    Step::Decide(n, kroner) => ledger.decide(need(n), nok(kroner)),
                    Step::SetSources(kroner) => ledger.set_sources(nok(kroner)),
                };
                prop_assert!(ledger.left() >= Nok::ZERO);
                prop_assert_eq!(ledger.reserved().checked_add(ledger.used()), Some(ledger.committed()));
                prop_assert_eq!(ledger.left().checked_add(ledger.committed()), Some(ledger.sources()));
                if answer.is_err() {
                    prop_assert_eq!(&ledger, &before);
                }
            }
        }
    }
}
