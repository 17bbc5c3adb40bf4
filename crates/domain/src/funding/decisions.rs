//! Decisions (vedtak): how much of a need is granted, to whom, in which school year (G02 to G05, N07).

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Severity};
use crate::money::Nok;
use crate::organisations::OrganisationKind;
use crate::orgnr::OrgNr;
use crate::time::SchoolYear;

crate::codes! {
    /// What a decision is in its grant's chain.
    DecisionKind {
        /// The first one.
        Original = "original",
        /// Follows from an appeal.
        Appeal = "appeal",
        /// Makes a conditional year firm (G05).
        YearConfirmation = "year_confirmation",
        /// Changes what was granted.
        Change = "change",
        /// Takes the grant back.
        Revocation = "revocation",
        /// Claims money back.
        Recovery = "recovery",
    }
}

crate::codes! {
    /// What a decision says.
    Outcome {
        /// All that was asked for.
        Granted = "granted",
        /// Some of it.
        PartlyGranted = "partly_granted",
        /// Nothing.
        Declined = "declined",
    }
}

/// One line of a decision: so much to one recipient for one school year. A year's amount is the sum of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The school year that it pays for; charged to the frame of the year in which that begins (G01).
    pub school_year: SchoolYear,
    /// Who receives it: an owner or a university (G04).
    pub recipient: OrgNr,
    /// How much, above zero.
    pub amount: Nok,
    /// Whether it waits for the yearly appropriation: every year after the first (G05).
    pub conditional: bool,
}

/// How a year's amount is to be split on its recipients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Split {
    /// By amounts, which must sum exactly.
    Amounts(Vec<(OrgNr, Nok)>),
    /// By shares of whatever size, rounded by largest remainder; equal remainders go to the earlier recipient.
    Shares(Vec<(OrgNr, u64)>),
}

/// A school year as the county governor wants to decide it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedYear {
    /// The school year.
    pub school_year: SchoolYear,
    /// Its amount.
    pub amount: Nok,
    /// How it is split.
    pub split: Split,
}

/// A decision as the county governor wants to make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What it says.
    pub outcome: Outcome,
    /// Year by year; none for a decline.
    pub years: Vec<ProposedYear>,
    /// Why it departs from the recommendation, where it does (G03).
    pub departure_reason: Option<String>,
}

/// What a decision is held against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// What the need's submitted version asks for, year by year.
    pub asked: BTreeMap<SchoolYear, Nok>,
    /// What its line in the adopted recommendation says, year by year; empty where it is not prioritised.
    pub recommended: BTreeMap<SchoolYear, Nok>,
    /// Everybody who takes part in the measure: sender, confirmed participants and partners, private owners that
    /// join, contributors.
    pub taking_part: BTreeMap<OrgNr, OrganisationKind>,
}

/// A decision that keeps the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The lines, by school year, then as proposed.
    pub lines: Vec<Line>,
    /// Their sum, conditional years included.
    pub amount: Nok,
    /// What is charged to the first year's frame; zero for a decline.
    pub charged: Nok,
    /// Whether it departs from the recommendation and stands on the forum's next agenda (G03).
    pub departs: bool,
}

impl Proposal {
    /// Holds the proposal against its basis: every breach of G03, G04, G05 and N07 at once, or the decision.
    pub fn resolve(&self, basis: &Basis) -> Result<Resolved, Vec<Finding>> {
        let mut findings = self.check_years(basis);
        let mut lines = Vec::new();
        let first = self.years.iter().map(|year| year.school_year).min();
        for (i, year) in self.years.iter().enumerate() {
            findings.extend(year.check(i, basis));
            let conditional = Some(year.school_year) != first;
            let line = |(recipient, amount)| Line { school_year: year.school_year, recipient, amount, conditional };
            lines.extend(year.parts().into_iter().map(line));
        }
        let departs = self.by_year() != positive(&basis.recommended);
        findings.extend(self.check_outcome(basis));
        if departs && self.departure_reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
            let recommended = Nok::total(basis.recommended.values().copied()).unwrap_or(Nok::MAX);
            findings.push(
                blocker("G03", "departure_needs_reason", "/departure_reason")
                    .with("recommended_nok", recommended.kroner())
                    .with("amount_nok", self.amount().kroner()),
            );
        }
        if !findings.is_empty() {
            return Err(findings);
        }
        lines.sort_by_key(|line| line.school_year);
        let firm = lines.iter().filter(|line| !line.conditional).map(|line| line.amount);
        let charged = Nok::total(firm).unwrap_or(Nok::MAX);
        Ok(Resolved { lines, amount: self.amount(), charged, departs })
    }

    /// The sum of the years.
    fn amount(&self) -> Nok {
        Nok::total(self.years.iter().map(|year| year.amount)).unwrap_or(Nok::MAX)
    }

    fn by_year(&self) -> BTreeMap<SchoolYear, Nok> {
        positive(&self.years.iter().map(|year| (year.school_year, year.amount)).collect())
    }

    fn check_years(&self, basis: &Basis) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut seen = BTreeSet::new();
        for (i, year) in self.years.iter().enumerate() {
            let pointer = format!("/years/{i}/school_year");
            let name = year.school_year.to_string();
            if !seen.insert(year.school_year) {
                findings.push(blocker("G04", "year_twice", pointer).with("school_year", name));
            } else if !basis.asked.contains_key(&year.school_year) {
                findings.push(blocker("G05", "year_not_asked_for", pointer).with("school_year", name));
            }
        }
        findings
    }

    /// Granted is all that was asked for, partly granted less than that, declined nothing.
    fn check_outcome(&self, basis: &Basis) -> Option<Finding> {
        let asked = Nok::total(basis.asked.values().copied()).unwrap_or(Nok::MAX);
        let amount = self.amount();
        let code = match self.outcome {
            Outcome::Granted if amount != asked => "granted_is_not_what_was_asked_for",
            Outcome::PartlyGranted if amount >= asked || amount <= Nok::ZERO => "partly_granted_is_not_a_part",
            Outcome::Declined if !self.years.is_empty() => "declined_has_years",
            _ => return None,
        };
        let finding = blocker("G04", code, if self.outcome == Outcome::Declined { "/years" } else { "/outcome" });
        Some(finding.with("asked_nok", asked.kroner()).with("amount_nok", amount.kroner()))
    }
}

impl ProposedYear {
    /// The split in kroner, in the order of the proposal.
    fn parts(&self) -> Vec<(OrgNr, Nok)> {
        match &self.split {
            Split::Amounts(amounts) => amounts.clone(),
            Split::Shares(shares) => {
                let weights: Vec<u64> = shares.iter().map(|(_, weight)| *weight).collect();
                let parts = self.amount.split_by_largest_remainder(&weights);
                shares.iter().map(|(recipient, _)| recipient.clone()).zip(parts).collect()
            }
        }
    }

    fn check(&self, i: usize, basis: &Basis) -> Vec<Finding> {
        let mut findings = Vec::new();
        let parts = self.parts();
        if parts.is_empty() {
            findings.push(blocker("G04", "year_without_recipients", format!("/years/{i}/recipients")));
        }
        let mut seen = BTreeSet::new();
        for (j, (recipient, amount)) in parts.iter().enumerate() {
            let pointer = format!("/years/{i}/recipients/{j}");
            if !seen.insert(recipient) {
                findings.push(blocker("G04", "recipient_twice", pointer.clone()).with("orgnr", recipient.as_str()));
            }
            findings.extend(check_recipient(recipient, basis, &pointer));
            if *amount <= Nok::ZERO {
                findings.push(blocker("G04", "line_is_not_above_zero", pointer).with("orgnr", recipient.as_str()));
            }
        }
        let sum = Nok::total(parts.iter().map(|(_, amount)| *amount)).unwrap_or(Nok::MAX);
        if !parts.is_empty() && sum != self.amount {
            findings.push(
                blocker("G04", "lines_do_not_sum", format!("/years/{i}/amount_nok"))
                    .with("school_year", self.school_year.to_string())
                    .with("amount_nok", self.amount.kroner())
                    .with("sum_nok", sum.kroner()),
            );
        }
        findings
    }
}

/// Only owners and universities that take part receive money; Statped and other environments are paid by them (N07).
fn check_recipient(recipient: &OrgNr, basis: &Basis, pointer: &str) -> Option<Finding> {
    let (rule, code) = match basis.taking_part.get(recipient) {
        None => ("G04", "recipient_not_in_measure"),
        Some(kind) if kind.is_owner() || kind.is_partner() => return None,
        Some(_) => ("N07", "recipient_gets_no_line"),
    };
    Some(blocker(rule, code, format!("{pointer}/orgnr")).with("orgnr", recipient.as_str()))
}

fn positive(years: &BTreeMap<SchoolYear, Nok>) -> BTreeMap<SchoolYear, Nok> {
    years.iter().filter(|(_, amount)| **amount > Nok::ZERO).map(|(year, amount)| (*year, *amount)).collect()
}

fn blocker(rule: &str, code: &str, pointer: impl Into<String>) -> Finding {
    Finding::new(rule, code, Severity::Blocker, pointer)
}

#[cfg(test)]
mod tests;
