//! Queries on decisions, and what a decision is held against.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::funding::DecisionState;
use domain::funding::decisions::{DecisionKind, Line, Outcome};
use domain::ids::{AgendaItemId, DecisionId, GrantId, NeedId, RecommendationId};
use domain::money::Nok;
use domain::organisations::OrganisationKind;
use domain::orgnr::OrgNr;
use domain::time::SchoolYear;

use super::Hand;
use crate::codec::parse;
use crate::error::StoreError;
use crate::schema::{
    decision_lines, decisions, need_parties, need_private_owners, needs, organisations, recommendation_line_years,
    recommendation_lines, recommendations,
};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A decision with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredDecision {
    /// Its id.
    pub id: DecisionId,
    /// Its grant.
    pub grant: GrantId,
    /// Its number in the chain, from 1.
    pub n: i64,
    /// What it is in the chain.
    pub kind: DecisionKind,
    /// Whether it counts.
    pub state: DecisionState,
    /// What it says.
    pub outcome: Outcome,
    /// The adopted recommendation with its line (G02).
    pub recommendation: Option<RecommendationId>,
    /// What that line recommends, all years together.
    pub recommended: Nok,
    /// What it grants, conditional years included.
    pub amount: Nok,
    /// Why.
    pub reason: String,
    /// Why it departs from the recommendation, where it does (G03).
    pub departure_reason: Option<String>,
    /// The item by which the forum notes that it departs, once it stands on an agenda (G03).
    pub agenda_item: Option<AgendaItemId>,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// By whom.
    pub decided_by: Hand,
    /// To whom how much, by school year.
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = decisions, treat_none_as_default_value = false)]
struct DecisionRow {
    id: String,
    grant_id: String,
    n: i64,
    kind: String,
    state: String,
    outcome: String,
    recommendation_id: Option<String>,
    recommended_nok: i64,
    amount_nok: i64,
    reason: String,
    departure_reason: Option<String>,
    agenda_item_id: Option<String>,
    decided_at: NaiveDateTime,
    decided_by_client: String,
    decided_by_person: Option<String>,
}

impl From<&StoredDecision> for DecisionRow {
    fn from(decision: &StoredDecision) -> Self {
        Self {
            id: decision.id.to_string(),
            grant_id: decision.grant.to_string(),
            n: decision.n,
            kind: decision.kind.to_string(),
            state: decision.state.to_string(),
            outcome: decision.outcome.to_string(),
            recommendation_id: decision.recommendation.map(|id| id.to_string()),
            recommended_nok: decision.recommended.kroner(),
            amount_nok: decision.amount.kroner(),
            reason: decision.reason.clone(),
            departure_reason: decision.departure_reason.clone(),
            agenda_item_id: decision.agenda_item.map(|id| id.to_string()),
            decided_at: to_column(decision.decided_at),
            decided_by_client: decision.decided_by.client_id.clone(),
            decided_by_person: decision.decided_by.person.clone(),
        }
    }
}

impl DecisionRow {
    fn with(self, lines: Vec<Line>) -> Result<StoredDecision, StoreError> {
        let recommendation = self.recommendation_id.as_deref().map(|id| parse("decision", id)).transpose()?;
        let agenda_item = self.agenda_item_id.as_deref().map(|id| parse("decision", id)).transpose()?;
        Ok(StoredDecision {
            id: parse("decision", &self.id)?,
            grant: parse("decision", &self.grant_id)?,
            n: self.n,
            kind: parse("decision", &self.kind)?,
            state: parse("decision", &self.state)?,
            outcome: parse("decision", &self.outcome)?,
            recommendation,
            recommended: Nok::new(self.recommended_nok),
            amount: Nok::new(self.amount_nok),
            reason: self.reason,
            departure_reason: self.departure_reason,
            agenda_item,
            decided_at: from_column(self.decided_at),
            decided_by: Hand { client_id: self.decided_by_client, person: self.decided_by_person },
            lines,
        })
    }
}

/// Adds a decision with its lines.
pub fn insert(tx: &mut Tx, decision: &StoredDecision) -> Result<(), StoreError> {
    diesel::insert_into(decisions::table).values(DecisionRow::from(decision)).execute(tx.connection())?;
    for (line, n) in decision.lines.iter().zip(1_i64..) {
        diesel::insert_into(decision_lines::table)
            .values((
                decision_lines::decision_id.eq(decision.id.to_string()),
                decision_lines::n.eq(n),
                decision_lines::school_year.eq(line.school_year.to_string()),
                decision_lines::year.eq(i64::from(line.school_year.first_year())),
                decision_lines::recipient_orgnr.eq(line.recipient.as_str()),
                decision_lines::amount_nok.eq(line.amount.kroner()),
                decision_lines::conditional.eq(line.conditional),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// The chain of a grant, oldest first.
pub fn chain(reader: &mut Reader, grant: GrantId) -> Result<Vec<StoredDecision>, StoreError> {
    let rows: Vec<DecisionRow> = decisions::table
        .filter(decisions::grant_id.eq(grant.to_string()))
        .order(decisions::n)
        .load(reader.connection())?;
    let mut lines = lines_of(reader, rows.iter().map(|row| row.id.clone()).collect())?;
    rows.into_iter()
        .map(|row| {
            let lines = lines.remove(&row.id).unwrap_or_default();
            row.with(lines)
        })
        .collect()
}

/// The lines of these grants' live decisions, grant by grant; none for a decline.
pub fn live_lines(reader: &mut Reader, grants: &[GrantId]) -> Result<BTreeMap<GrantId, Vec<Line>>, StoreError> {
    let ids: Vec<String> = grants.iter().map(GrantId::to_string).collect();
    let live: Vec<(String, String)> = decisions::table
        .filter(decisions::grant_id.eq_any(ids))
        .filter(decisions::state.eq(DecisionState::Live.as_str()))
        .select((decisions::id, decisions::grant_id))
        .load(reader.connection())?;
    let mut lines = lines_of(reader, live.iter().map(|(id, _)| id.clone()).collect())?;
    live.into_iter()
        .map(|(id, grant)| Ok((parse("decision", &grant)?, lines.remove(&id).unwrap_or_default())))
        .collect()
}

fn lines_of(reader: &mut Reader, decisions: Vec<String>) -> Result<BTreeMap<String, Vec<Line>>, StoreError> {
    let rows: Vec<(String, String, String, i64, bool)> = decision_lines::table
        .filter(decision_lines::decision_id.eq_any(decisions))
        .order((decision_lines::decision_id, decision_lines::n))
        .select((
            decision_lines::decision_id,
            decision_lines::school_year,
            decision_lines::recipient_orgnr,
            decision_lines::amount_nok,
            decision_lines::conditional,
        ))
        .load(reader.connection())?;
    let mut lines: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for (decision, school_year, recipient, amount_nok, conditional) in rows {
        lines.entry(decision).or_default().push(Line {
            school_year: parse("decision line", &school_year)?,
            recipient: OrgNr::from_register(recipient),
            amount: Nok::new(amount_nok),
            conditional,
        });
    }
    Ok(lines)
}

/// What a forum recommends for a need, year by year; empty where the need is not prioritised. `None` where the
/// recommendation is of another office, not adopted or superseded, or has no line for the need, or a void one (G02).
pub fn recommended(
    reader: &mut Reader,
    recommendation: RecommendationId,
    county_governor: &str,
    need: NeedId,
) -> Result<Option<BTreeMap<SchoolYear, Nok>>, StoreError> {
    let line: Option<String> = recommendation_lines::table
        .inner_join(recommendations::table.on(recommendations::id.eq(recommendation_lines::recommendation_id)))
        .filter(recommendations::id.eq(recommendation.to_string()))
        .filter(recommendations::county_governor.eq(county_governor))
        .filter(recommendations::state.eq("adopted"))
        .filter(recommendation_lines::need_id.eq(need.to_string()))
        .filter(recommendation_lines::void.eq(false))
        .select(recommendation_lines::need_id)
        .first(reader.connection())
        .optional()?;
    if line.is_none() {
        return Ok(None);
    }
    let years: Vec<(String, i64)> = recommendation_line_years::table
        .filter(recommendation_line_years::recommendation_id.eq(recommendation.to_string()))
        .filter(recommendation_line_years::need_id.eq(need.to_string()))
        .select((recommendation_line_years::school_year, recommendation_line_years::amount_nok))
        .load(reader.connection())?;
    let years = years.into_iter().map(|(year, nok)| Ok((parse("recommendation line", &year)?, Nok::new(nok))));
    years.collect::<Result<_, StoreError>>().map(Some)
}

/// Everybody who takes part in a need's measure: its sender, those who confirmed that they take part, and the
/// private owners that join; an owner's own answer outranks the one on record (N05).
pub fn taking_part(reader: &mut Reader, need: NeedId) -> Result<BTreeMap<OrgNr, OrganisationKind>, StoreError> {
    let sender: Vec<(String, String)> = needs::table
        .inner_join(organisations::table.on(organisations::orgnr.eq(needs::sender_orgnr)))
        .filter(needs::id.eq(need.to_string()))
        .select((organisations::orgnr, organisations::kind))
        .load(reader.connection())?;
    let parties: Vec<(String, String)> = need_parties::table
        .inner_join(organisations::table.on(organisations::orgnr.eq(need_parties::orgnr)))
        .filter(need_parties::need_id.eq(need.to_string()))
        .filter(need_parties::state.eq("confirmed"))
        .select((organisations::orgnr, organisations::kind))
        .load(reader.connection())?;
    let on_record = need_private_owners::own_answer.is_null().and(need_private_owners::recorded_answer.eq("joins"));
    let owners: Vec<(String, String)> = need_private_owners::table
        .inner_join(organisations::table.on(organisations::orgnr.eq(need_private_owners::owner_orgnr)))
        .filter(need_private_owners::need_id.eq(need.to_string()))
        .filter(need_private_owners::own_answer.eq("joins").or(on_record))
        .select((organisations::orgnr, organisations::kind))
        .load(reader.connection())?;
    let part = |(orgnr, kind): (String, String)| Ok((OrgNr::from_register(orgnr), parse("organisation", &kind)?));
    sender.into_iter().chain(parties).chain(owners).map(part).collect()
}
