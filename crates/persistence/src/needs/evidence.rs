//! What the kartlegging behind a need speaks about (N13).

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use domain::ids::BatchId;
use domain::kartlegging::{Period, State};
use domain::municipality::MunicipalityNumber;
use domain::orgnr::OrgNr;

use super::facts::kartlegging_senders;
use crate::error::StoreError;
use crate::schema::{batch_units, batches, units};
use crate::store::Reader;

/// What committed batches of one instrument and period speak about together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surveyed {
    /// Code of the instrument.
    pub instrument: String,
    /// The period.
    pub period: Period,
    /// The municipalities in which the units lie, by number.
    pub municipalities: Vec<MunicipalityNumber>,
}

/// What a need's batches speak about, by instrument and period: of the batches named, the committed ones that this
/// sender may build on. Others are as good as none, as in the rule.
pub fn surveyed(reader: &mut Reader, sender: &OrgNr, named: &[BatchId]) -> Result<Vec<Surveyed>, StoreError> {
    let may_be_built_on = kartlegging_senders(reader, sender)?;
    let rows: Vec<(String, String, String)> = batches::table
        .inner_join(batch_units::table.on(batch_units::batch_id.eq(batches::id)))
        .inner_join(units::table.on(units::orgnr.eq(batch_units::unit_orgnr)))
        .filter(batches::id.eq_any(named.iter().map(ToString::to_string)))
        .filter(batches::sender_orgnr.eq_any(may_be_built_on.iter().map(OrgNr::as_str)))
        .filter(batches::state.eq(State::Committed.as_str()))
        .select((batches::instrument, batches::period, units::municipality_number))
        .distinct()
        .load(reader.connection())?;
    let mut found: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for (instrument, period, municipality) in rows {
        found.entry((instrument, period)).or_default().insert(municipality);
    }
    let corrupt = |why: &dyn ToString| StoreError::corrupt("batch", why.to_string());
    let surveyed = found.into_iter().map(|((instrument, period), municipalities)| {
        let numbers = municipalities.iter().map(|number| number.parse().map_err(|why| corrupt(&why)));
        let municipalities = numbers.collect::<Result<_, _>>()?;
        Ok(Surveyed { instrument, period: period.parse().map_err(|why| corrupt(&why))?, municipalities })
    });
    surveyed.collect()
}
