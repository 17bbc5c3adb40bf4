//! The ledger of a frame, read from decisions, recommendations and payments (G01).

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::funding::frames::{Claim, Ledger};
use domain::funding::{DecisionState, PaymentState};
use domain::ids::{GrantId, NeedId, RecommendationId};
use domain::money::Nok;
use domain::time::SchoolYear;

use super::frames::StoredFrame;
use crate::codec::parse;
use crate::error::StoreError;
use crate::schema::{
    decision_lines, decisions, grants, payments, recommendation_line_years, recommendation_lines, recommendations,
};
use crate::store::Reader;

/// What one need has in a frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The need.
    pub need: NeedId,
    /// The adopted recommendation with its line of this year, where there is one.
    pub recommendation: Option<RecommendationId>,
    /// Its grant, once it is decided.
    pub grant: Option<GrantId>,
    /// What it claims.
    pub claim: Claim,
    /// What its live decision promises of this year under the condition of a later appropriation (G05).
    pub conditional: Nok,
    /// What has been sent or paid for the school year that begins in this year.
    pub sent: Nok,
}

impl Entry {
    fn of(need: NeedId) -> Self {
        Self {
            need,
            recommendation: None,
            grant: None,
            claim: Claim::default(),
            conditional: Nok::ZERO,
            sent: Nok::ZERO,
        }
    }
}

/// The account of a frame. Exact only for who holds the frame (`frames::raise`) or reads in a snapshot.
pub fn ledger(reader: &mut Reader, frame: &StoredFrame) -> Result<Ledger, StoreError> {
    let entries = entries(reader, frame)?;
    Ok(Ledger::new(frame.total(), entries.into_iter().map(|entry| (entry.need, entry.claim)).collect()))
}

/// Every need that has something in a frame, by need.
pub fn entries(reader: &mut Reader, frame: &StoredFrame) -> Result<Vec<Entry>, StoreError> {
    let mut entries = BTreeMap::new();
    add_recommended(reader, frame, &mut entries)?;
    add_decided(reader, frame, &mut entries)?;
    add_sent(reader, frame, &mut entries)?;
    Ok(entries.into_values().filter(|entry| entry.recommendation.is_some() || has_decided(entry)).collect())
}

/// A grant without money of this year is in the ledger only where a recommendation is.
fn has_decided(entry: &Entry) -> bool {
    entry.claim.committed() > Nok::ZERO || entry.conditional > Nok::ZERO || entry.sent > Nok::ZERO
}

type Entries = BTreeMap<NeedId, Entry>;

/// Lines of adopted recommendations that are neither superseded nor void. Only the first year of a line counts:
/// the later ones wait for their appropriation (G05).
fn add_recommended(reader: &mut Reader, frame: &StoredFrame, entries: &mut Entries) -> Result<(), StoreError> {
    let earlier = diesel::alias!(recommendation_line_years as earlier_years);
    let (line, year) = (recommendation_lines::table, recommendation_line_years::table);
    let an_earlier_year = earlier
        .filter(
            earlier
                .field(recommendation_line_years::recommendation_id)
                .eq(recommendation_line_years::recommendation_id),
        )
        .filter(earlier.field(recommendation_line_years::need_id).eq(recommendation_line_years::need_id))
        .filter(earlier.field(recommendation_line_years::year).lt(recommendation_line_years::year));
    let rows: Vec<(String, String, i64)> = year
        .inner_join(
            line.on(recommendation_lines::recommendation_id
                .eq(recommendation_line_years::recommendation_id)
                .and(recommendation_lines::need_id.eq(recommendation_line_years::need_id))),
        )
        .inner_join(recommendations::table.on(recommendations::id.eq(recommendation_line_years::recommendation_id)))
        .filter(recommendations::state.eq("adopted"))
        .filter(recommendations::county_governor.eq(&frame.county_governor))
        .filter(recommendations::scheme.eq(&frame.scheme))
        .filter(recommendation_lines::void.eq(false))
        .filter(recommendation_line_years::year.eq(i64::from(frame.year)))
        .filter(diesel::dsl::not(diesel::dsl::exists(an_earlier_year)))
        .select((
            recommendation_line_years::need_id,
            recommendation_line_years::recommendation_id,
            recommendation_line_years::amount_nok,
        ))
        .load(reader.connection())?;
    for (need, recommendation, amount_nok) in rows {
        let need = parse("recommendation line", &need)?;
        let entry = entries.entry(need).or_insert_with(|| Entry::of(need));
        entry.recommendation = Some(parse("recommendation line", &recommendation)?);
        entry.claim.recommended = Nok::new(amount_nok);
    }
    Ok(())
}

/// Live decisions, also those without a line of this year: a need that is decided no longer claims its line.
fn add_decided(reader: &mut Reader, frame: &StoredFrame, entries: &mut Entries) -> Result<(), StoreError> {
    let of_year = decision_lines::decision_id.eq(decisions::id).and(decision_lines::year.eq(i64::from(frame.year)));
    let rows: Vec<(String, String, Option<i64>, Option<bool>)> = grants::table
        .inner_join(decisions::table.on(decisions::grant_id.eq(grants::id)))
        .left_join(decision_lines::table.on(of_year))
        .filter(grants::county_governor.eq(&frame.county_governor))
        .filter(grants::scheme.eq(&frame.scheme))
        .filter(decisions::state.eq(DecisionState::Live.as_str()))
        .select((
            grants::need_id,
            grants::id,
            decision_lines::amount_nok.nullable(),
            decision_lines::conditional.nullable(),
        ))
        .load(reader.connection())?;
    for (need, grant, amount_nok, conditional) in rows {
        let need = parse("grant", &need)?;
        let entry = entries.entry(need).or_insert_with(|| Entry::of(need));
        entry.grant = Some(parse("grant", &grant)?);
        let amount = Nok::new(amount_nok.unwrap_or(0));
        let (firm, promised) = if conditional == Some(true) { (Nok::ZERO, amount) } else { (amount, Nok::ZERO) };
        entry.claim.decided = Some(plus(entry.claim.decided.unwrap_or_default(), firm));
        entry.conditional = plus(entry.conditional, promised);
    }
    Ok(())
}

fn add_sent(reader: &mut Reader, frame: &StoredFrame, entries: &mut Entries) -> Result<(), StoreError> {
    let gone = PaymentState::those(PaymentState::has_left).map(PaymentState::as_str);
    let rows: Vec<(String, i64)> = payments::table
        .inner_join(grants::table.on(grants::id.eq(payments::grant_id)))
        .filter(grants::county_governor.eq(&frame.county_governor))
        .filter(grants::scheme.eq(&frame.scheme))
        .filter(payments::school_year.eq(SchoolYear::beginning(frame.year).to_string()))
        .filter(payments::state.eq_any(gone.collect::<Vec<_>>()))
        .select((grants::need_id, payments::amount_nok))
        .load(reader.connection())?;
    for (need, amount_nok) in rows {
        let need = parse("grant", &need)?;
        let entry = entries.entry(need).or_insert_with(|| Entry::of(need));
        entry.sent = plus(entry.sent, Nok::new(amount_nok));
    }
    Ok(())
}

fn plus(sum: Nok, amount: Nok) -> Nok {
    sum.checked_add(amount).unwrap_or(Nok::MAX)
}
