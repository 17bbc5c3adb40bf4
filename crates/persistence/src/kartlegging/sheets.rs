//! Sheets: all responses about a unit to an instrument in a period, in one row (ADR 0016).
//!
//! On a sheet stand passages: responses that were said together, with who said them, in which batch and when. So a
//! hundred responses cost the database one row and name their batch once. A response has a number on its sheet, which
//! it keeps; its id is the sheet's with the number at its end.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::upsert::excluded;
use domain::ids::BatchId;
use domain::kartlegging::{Level, Period, RespondentGroup};
use domain::orgnr::OrgNr;
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use super::content::{Compressor, Content};
use super::rows::StoredResponse;
use super::spool::{PutBy, Spool};
use crate::codec::{number, parse};
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::on_backend;
use crate::schema::{replaced_passages, response_sheets, sheet_senders};
use crate::store::Tx;
use crate::time::to_column;

/// Sheets in one statement: some hundred kilobytes, where comments are few.
pub(super) const STATEMENT_SHEETS: usize = 100;

/// Responses that were said together. The JSON of a sheet is an array of these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Passage<'a> {
    /// The organisation that they belong to (K03).
    #[serde(borrow)]
    pub(super) sender: Cow<'a, str>,
    /// The batch that said them.
    pub(super) batch: BatchId,
    /// How often they have changed, from 1.
    pub(super) version: i64,
    /// When they were first said.
    pub(super) created_at: DateTime<Utc>,
    /// When they were last changed.
    pub(super) updated_at: DateTime<Utc>,
    /// The responses.
    #[serde(borrow)]
    pub(super) responses: Vec<Line<'a>>,
}

/// What one response says. An array in JSON, in the order of the fields.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Line<'a> {
    /// Its number on the sheet, from 1.
    pub(super) number: u16,
    /// The competence area or indicator.
    #[serde(borrow)]
    pub(super) area: Cow<'a, str>,
    pub(super) group: RespondentGroup,
    pub(super) current_tenths: i64,
    pub(super) needed_tenths: i64,
    pub(super) respondents: i64,
    pub(super) comment: Option<String>,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { number, area, group, current_tenths, needed_tenths, respondents, comment } = self;
        (number, area, group, current_tenths, needed_tenths, respondents, comment).serialize(serializer)
    }
}

/// A sheet as it is kept.
#[derive(Debug, Queryable)]
pub(super) struct SheetRow {
    pub(super) id: String,
    pub(super) instrument: String,
    pub(super) period: String,
    pub(super) unit_orgnr: String,
    #[diesel(deserialize_as = Vec<u8>)]
    pub(super) content: Content,
    pub(super) version: i64,
    _updated_at: NaiveDateTime,
}

/// The sheets about units, to an instrument in a period.
pub(super) fn about<'a>(
    instrument: &str,
    period: Period,
    units: impl IntoIterator<Item = &'a str>,
) -> response_sheets::BoxedQuery<'static, MultiBackend> {
    let units: Vec<String> = units.into_iter().map(str::to_owned).collect();
    response_sheets::table
        .filter(response_sheets::instrument.eq(instrument.to_owned()))
        .filter(response_sheets::period.eq(period.to_string()))
        .filter(response_sheets::unit_orgnr.eq_any(units))
        .into_boxed()
}

impl SheetRow {
    /// Its responses, by number.
    pub(super) fn responses(&self) -> Result<Vec<StoredResponse>, StoreError> {
        let sheet: Uuid = parse("sheet", &self.id)?;
        let mut responses = Vec::new();
        for passage in self.content.passages()? {
            for line in &passage.responses {
                responses.push(self.response(sheet, &passage, line)?);
            }
        }
        responses.sort_unstable_by_key(|response| response.id);
        Ok(responses)
    }

    fn response(&self, sheet: Uuid, passage: &Passage<'_>, line: &Line<'_>) -> Result<StoredResponse, StoreError> {
        Ok(StoredResponse {
            id: response_id(sheet, line.number),
            instrument: self.instrument.clone(),
            period: parse("sheet", &self.period)?,
            unit: OrgNr::from_register(self.unit_orgnr.clone()),
            area: line.area.to_string(),
            respondent_group: line.group,
            sender: OrgNr::from_register(passage.sender.to_string()),
            batch: passage.batch,
            current: Level::from_tenths(line.current_tenths),
            needed: Level::from_tenths(line.needed_tenths),
            respondents: line.respondents,
            comment: line.comment.clone(),
            version: passage.version,
            created_at: passage.created_at,
            updated_at: passage.updated_at,
        })
    }
}

/// The id of a batch's n-th new sheet: the instant of the batch's id, then the sheet's number, then bits of the batch's
/// id, then room for the number of a response. So a write that runs again makes the same ones. A batch has room for
/// 262,144 sheets.
pub(super) fn sheet_id(batch: BatchId, n: usize) -> Uuid {
    let (batch, n) = (batch.0.as_u128(), n as u128 & 0x3_ffff);
    let instant = batch >> 80 << 80;
    let version_and_high_bits = 7 << 76 | n >> 6 << 64;
    let variant_and_low_bits = 2 << 62 | (n & 0x3f) << 56;
    Uuid::from_u128(instant | version_and_high_bits | variant_and_low_bits | batch & 0x00ff_ffff_ffff_0000)
}

/// The id of the response with this number on a sheet.
pub(super) fn response_id(sheet: Uuid, number: u16) -> Uuid {
    Uuid::from_u128(sheet.as_u128() | u128::from(number))
}

/// The sheet that a response stands on, and its number there.
pub(super) fn sheet_and_number(response: Uuid) -> (Uuid, u16) {
    let id = response.as_u128();
    let number = u16::try_from(id & 0xffff).unwrap_or_default();
    (Uuid::from_u128(id & !0xffff), number)
}

/// A sheet as somebody leaves it.
#[derive(Debug)]
pub(super) struct Revision<Bytes = Vec<u8>> {
    id: Uuid,
    unit: String,
    /// Raised by every write; 1 for a new sheet.
    version: i64,
    /// As it goes into its column, see [`Compressor`].
    content: Bytes,
    /// The passages that a batch replaced, if any.
    replaced: Option<Bytes>,
    /// When the newest of its passages was last changed: not always the last that was written, since an upload counts
    /// from when it began.
    updated_at: DateTime<Utc>,
    /// How many responses each sender has on it.
    senders: BTreeMap<String, i64>,
}

/// A revision whose contents wait in its upload's spool: those of a million responses are many megabytes.
pub(super) type Waiting = Revision<PutBy>;

impl Revision {
    /// A sheet with these passages; `version` is its own after this.
    pub(super) fn new(
        (id, unit, version): (Uuid, String, i64),
        passages: &[Passage<'_>],
        replaced: &[Passage<'_>],
        compressor: &mut Compressor,
    ) -> Result<Self, StoreError> {
        let mut senders = BTreeMap::new();
        for passage in passages {
            let of_passage: i64 = number("sheet", passage.responses.len())?;
            *senders.entry(passage.sender.to_string()).or_default() += of_passage;
        }
        let updated_at = passages.iter().map(|passage| passage.updated_at).max().unwrap_or_default();
        let content = compressor.compress(passages)?;
        let replaced = (!replaced.is_empty()).then(|| compressor.compress(replaced)).transpose()?;
        Ok(Self { id, unit, version, content, replaced, updated_at, senders })
    }
}

impl Revision {
    /// Puts its contents by.
    pub(super) fn wait_in(self, spool: &Spool) -> io::Result<Waiting> {
        let Self { id, unit, version, content, replaced, updated_at, senders } = self;
        let replaced = replaced.map(|it| spool.put_by(&it)).transpose()?;
        Ok(Waiting { id, unit, version, content: spool.put_by(&content)?, replaced, updated_at, senders })
    }
}

impl Waiting {
    /// Fetches its contents.
    pub(super) fn fetch(&self, spool: &Spool) -> io::Result<Revision> {
        let Self { id, version, updated_at, .. } = *self;
        let (unit, senders) = (self.unit.clone(), self.senders.clone());
        let replaced = self.replaced.as_ref().map(|at| spool.fetch(at)).transpose()?;
        Ok(Revision { id, unit, version, content: spool.fetch(&self.content)?, replaced, updated_at, senders })
    }
}

/// What the sheets of one write have in common.
pub(super) struct Common<'a> {
    pub(super) instrument: &'a str,
    pub(super) period: String,
}

#[derive(Insertable)]
#[diesel(table_name = response_sheets, treat_none_as_default_value = false)]
struct NewSheet<'a> {
    id: String,
    instrument: &'a str,
    period: &'a str,
    unit_orgnr: &'a str,
    content: &'a [u8],
    version: i64,
    updated_at: NaiveDateTime,
}

#[derive(Insertable)]
#[diesel(table_name = sheet_senders, treat_none_as_default_value = false)]
struct NewSender<'a> {
    sheet_id: String,
    sender_orgnr: &'a str,
    responses: i64,
}

#[derive(Insertable)]
#[diesel(table_name = replaced_passages, treat_none_as_default_value = false)]
struct NewPast<'a> {
    sheet_id: String,
    version: i64,
    content: &'a [u8],
    replaced_by_batch: &'a str,
    replaced_at: NaiveDateTime,
}

/// Writes sheets whose units this transaction holds, over what is there; [`STATEMENT_SHEETS`] at the most.
pub(super) fn write(tx: &mut Tx, revisions: &[Revision], common: &Common<'_>) -> Result<(), StoreError> {
    use response_sheets as s;
    let rows: Vec<NewSheet<'_>> = revisions.iter().map(|revision| new_sheet(revision, common)).collect();
    on_backend!(tx.connection(), connection => {
        diesel::insert_into(s::table)
            .values(&rows)
            .on_conflict(s::id)
            .do_update()
            .set((
                s::content.eq(excluded(s::content)),
                s::version.eq(excluded(s::version)),
                s::updated_at.eq(excluded(s::updated_at)),
            ))
            .execute(connection)?
    });
    write_senders(tx, revisions)
}

fn new_sheet<'a>(revision: &'a Revision, common: &'a Common<'_>) -> NewSheet<'a> {
    NewSheet {
        id: revision.id.to_string(),
        instrument: common.instrument,
        period: &common.period,
        unit_orgnr: &revision.unit,
        content: &revision.content,
        version: revision.version,
        updated_at: to_column(revision.updated_at),
    }
}

fn write_senders(tx: &mut Tx, revisions: &[Revision]) -> Result<(), StoreError> {
    use sheet_senders as s;
    let senders =
        revisions.iter().flat_map(|revision| revision.senders.iter().map(move |sender| (revision.id, sender)));
    let rows: Vec<NewSender<'_>> = senders
        .map(|(sheet, (sender, responses))| NewSender {
            sheet_id: sheet.to_string(),
            sender_orgnr: sender,
            responses: *responses,
        })
        .collect();
    on_backend!(tx.connection(), connection => {
        diesel::insert_into(s::table)
            .values(&rows)
            .on_conflict((s::sheet_id, s::sender_orgnr))
            .do_update()
            .set(s::responses.eq(excluded(s::responses)))
            .execute(connection)?
    });
    Ok(())
}

/// Keeps what a batch replaced on these sheets.
pub(super) fn keep_replaced(
    tx: &mut Tx,
    revisions: &[Revision],
    batch: BatchId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (batch, replaced_at) = (batch.to_string(), to_column(at));
    let replaced = revisions.iter().filter_map(|revision| revision.replaced.as_deref().map(|it| (revision, it)));
    let rows: Vec<NewPast<'_>> = replaced
        .map(|(revision, content)| NewPast {
            sheet_id: revision.id.to_string(),
            version: revision.version - 1,
            content,
            replaced_by_batch: &batch,
            replaced_at,
        })
        .collect();
    if !rows.is_empty() {
        on_backend!(tx.connection(), connection => {
            diesel::insert_into(replaced_passages::table).values(&rows).execute(connection)?
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ids_of_a_batch_rise_with_its_sheets_and_are_uuids_of_version_7() {
        let batch = BatchId(Uuid::now_v7());
        let ids: Vec<Uuid> = [0, 1, 63, 64, 5_000, 262_143].map(|n| sheet_id(batch, n)).to_vec();
        assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]));
        for id in ids {
            assert_eq!((id.get_version_num(), id.get_variant()), (7, uuid::Variant::RFC4122));
            assert_eq!(id.get_timestamp(), batch.0.get_timestamp());
            for number in [1, 130, u16::MAX] {
                assert_eq!(sheet_and_number(response_id(id, number)), (id, number));
            }
        }
    }
}
