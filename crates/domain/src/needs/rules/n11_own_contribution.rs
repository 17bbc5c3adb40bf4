//! N11: the sender's own contribution is at least the ruleset's percentage of the grant asked for.

use super::Case;
use crate::finding::Finding;
use crate::money::Nok;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(severity) = case.ruleset.severity("N11") else { return Vec::new() };
    let percent = case.ruleset.settings.own_contribution_percent.value;
    let least = percent_ceiling(case.content.amount, percent);
    if case.content.own_contribution >= least {
        return Vec::new();
    }
    let finding = Finding::new("N11", "own_contribution_too_low", severity, "/own_contribution_nok")
        .with("own_contribution_nok", case.content.own_contribution.kroner())
        .with("least_nok", least.kroner())
        .with("percent", percent);
    vec![finding]
}

/// The least whole-krone amount that is at least `percent` per cent of `amount`.
fn percent_ceiling(amount: Nok, percent: u32) -> Nok {
    amount.minus(amount.percent_floor(100 - percent))
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dekomp_asks_for_thirty_per_cent_of_the_grant() {
        let mut example = Example::under("dekomp-2021");
        example.content.own_contribution = Nok::new(149_999);
        assert_eq!(example.codes_of("N11"), ["own_contribution_too_low"]);
        example.content.own_contribution = Nok::new(150_000);
        assert!(example.codes_of("N11").is_empty());
    }

    #[test]
    fn the_collective_scheme_asks_for_none() {
        let mut example = Example::new();
        example.content.own_contribution = Nok::ZERO;
        assert!(example.codes_of("N11").is_empty());
    }

    proptest! {
        #[test]
        fn the_least_amount_is_the_smallest_that_reaches_the_percentage(amount in 0_i64..100_000_000_000, percent in 0_u32..=100) {
            let least = i128::from(percent_ceiling(Nok::new(amount), percent).kroner());
            let asked = i128::from(amount) * i128::from(percent);
            prop_assert!(least * 100 >= asked && (least - 1) * 100 < asked);
        }
    }
}
