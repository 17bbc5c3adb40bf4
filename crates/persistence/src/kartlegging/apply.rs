//! Writing the responses of a batch: new ones straight into their table, changed ones by way of a temporary one.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sql_types::{Text, Timestamp};
use diesel::{connection::SimpleConnection, sql_query};
use domain::ids::BatchId;
use domain::kartlegging::Outcome;
use uuid::Uuid;

use super::cell_changes::CellChanges;
use super::classify::Fate;
use super::load::Upload;
use super::print::Print;
use super::progress::Progress;
use super::spool::{SpooledRow, Verdict};
use crate::backend::AnyConnection;
use crate::error::StoreError;
use crate::schema::responses;
use crate::store::Tx;
use crate::time::to_column;

/// Rows in one COPY on PostgreSQL: enough that its beginning and end do not count, few enough to hold in memory.
const COPY_ROWS: usize = 5_000;
/// Rows in one statement on SQLite.
const STATEMENT_ROWS: usize = 500;

// Lives in the session's own temporary schema, so it is none of the tables in the migrations.
diesel::table! {
    response_updates (unit_orgnr, area, respondent_group) {
        unit_orgnr -> Text,
        area -> Text,
        respondent_group -> Text,
        current_tenths -> BigInt,
        needed_tenths -> BigInt,
        respondents -> BigInt,
        comment -> Nullable<Text>,
    }
}

#[derive(Insertable)]
#[diesel(table_name = responses, treat_none_as_default_value = false)]
struct NewResponse<'a> {
    id: String,
    instrument: &'a str,
    period: &'a str,
    unit_orgnr: &'a str,
    area: &'a str,
    respondent_group: &'static str,
    sender_orgnr: &'a str,
    batch_id: &'a str,
    current_tenths: i64,
    needed_tenths: i64,
    respondents: i64,
    comment: Option<String>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

#[derive(Insertable)]
#[diesel(table_name = response_updates, treat_none_as_default_value = false)]
struct Update<'a> {
    unit_orgnr: &'a str,
    area: &'a str,
    respondent_group: &'static str,
    current_tenths: i64,
    needed_tenths: i64,
    respondents: i64,
    comment: Option<String>,
}

/// Writes what the fates of an upload's rows ask for, and tells the cells what they put where.
pub(super) fn apply(
    tx: &mut Tx,
    upload: &Upload,
    fates: &[Fate],
    cells: &mut CellChanges<'_>,
    progress: &Progress,
) -> Result<(), StoreError> {
    let common = Common {
        upload,
        period: upload.batch.period.to_string(),
        batch: upload.batch.id.to_string(),
        at: to_column(upload.at),
    };
    let any_update = fates.contains(&Fate::Taken(Outcome::Updated));
    if any_update {
        make_room_for_updates(tx)?;
    }
    let mut created = Vec::with_capacity(COPY_ROWS);
    let mut updated = Vec::new();
    for (row, fate) in upload.spool.read().zip(fates) {
        let row = row.map_err(StoreError::Spool)?;
        match (fate, &row.verdict) {
            (Fate::Taken(Outcome::Created), Verdict::Good { slot, print }) => {
                created.push(common.created(&row, *slot, *print));
                cells.put(*slot, *print);
            }
            (Fate::Taken(Outcome::Updated), Verdict::Good { slot, print }) => {
                updated.push(common.updated(&row, *slot, *print));
                cells.put(*slot, *print);
            }
            _ => {}
        }
        progress.store_one();
        if created.len() == COPY_ROWS {
            write_created(tx, &mut created)?;
        }
        if updated.len() == COPY_ROWS {
            write_updated(tx, &mut updated)?;
        }
    }
    write_created(tx, &mut created)?;
    if any_update {
        write_updated(tx, &mut updated)?;
        merge_updates(tx, &common)?;
    }
    Ok(())
}

/// What all responses of a batch have in common.
struct Common<'a> {
    upload: &'a Upload,
    period: String,
    batch: String,
    at: NaiveDateTime,
}

impl<'a> Common<'a> {
    fn created(&'a self, row: &SpooledRow, slot: usize, print: Print) -> NewResponse<'a> {
        let (unit, area, group) = self.upload.spool.places().name(slot);
        NewResponse {
            id: response_id(self.upload.batch.id, row.number).to_string(),
            instrument: &self.upload.batch.instrument,
            period: &self.period,
            unit_orgnr: unit.as_str(),
            area,
            respondent_group: group.as_str(),
            sender_orgnr: self.upload.batch.sender.as_str(),
            batch_id: &self.batch,
            current_tenths: i64::from(print.current_tenths),
            needed_tenths: i64::from(print.needed_tenths),
            respondents: i64::from(print.respondents),
            comment: row.comment().map(str::to_owned),
            version: 1,
            created_at: self.at,
            updated_at: self.at,
        }
    }

    fn updated(&'a self, row: &SpooledRow, slot: usize, print: Print) -> Update<'a> {
        let (unit, area, group) = self.upload.spool.places().name(slot);
        Update {
            unit_orgnr: unit.as_str(),
            area,
            respondent_group: group.as_str(),
            current_tenths: i64::from(print.current_tenths),
            needed_tenths: i64::from(print.needed_tenths),
            respondents: i64::from(print.respondents),
            comment: row.comment().map(str::to_owned),
        }
    }
}

/// The id of the response that a row makes: the instant of its batch's id, then the row's number, then bits of the
/// batch's id. So the ids of a batch rise with its rows, and a write that runs again makes the same ones.
fn response_id(batch: BatchId, row: u64) -> Uuid {
    let batch = batch.0.as_u128();
    let row = u128::from(row) & 0xffff_ffff;
    let instant = batch >> 80 << 80;
    let version_and_high_bits = 7 << 76 | row >> 20 << 64;
    let variant_and_low_bits = 2 << 62 | (row & 0xf_ffff) << 42;
    Uuid::from_u128(instant | version_and_high_bits | variant_and_low_bits | batch & 0x3ff_ffff_ffff)
}

fn write_created(tx: &mut Tx, rows: &mut Vec<NewResponse<'_>>) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    match tx.connection() {
        AnyConnection::Postgres(connection) => {
            diesel::copy_from(responses::table).from_insertable(&*rows).execute(connection)?;
        }
        AnyConnection::Sqlite(connection) => {
            for some in rows.chunks(STATEMENT_ROWS) {
                diesel::insert_into(responses::table).values(some).execute(connection)?;
            }
        }
    }
    rows.clear();
    Ok(())
}

fn write_updated(tx: &mut Tx, rows: &mut Vec<Update<'_>>) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    match tx.connection() {
        AnyConnection::Postgres(connection) => {
            diesel::copy_from(response_updates::table).from_insertable(&*rows).execute(connection)?;
        }
        AnyConnection::Sqlite(connection) => {
            for some in rows.chunks(STATEMENT_ROWS) {
                diesel::insert_into(response_updates::table).values(some).execute(connection)?;
            }
        }
    }
    rows.clear();
    Ok(())
}

fn make_room_for_updates(tx: &mut Tx) -> Result<(), StoreError> {
    let (quietly, key) = match tx.connection() {
        // It says at every upload but the first that the table is there already.
        AnyConnection::Postgres(_) => ("SET LOCAL client_min_messages = warning;", "TEXT COLLATE \"C\" NOT NULL"),
        AnyConnection::Sqlite(_) => ("", "TEXT NOT NULL"),
    };
    tx.connection().batch_execute(&format!(
        "{quietly} CREATE TEMPORARY TABLE IF NOT EXISTS response_updates (\
            unit_orgnr {key}, area {key}, respondent_group {key}, current_tenths BIGINT NOT NULL, \
            needed_tenths BIGINT NOT NULL, respondents BIGINT NOT NULL, comment TEXT); \
         DELETE FROM response_updates;"
    ))?;
    Ok(())
}

/// Keeps what the updates replace, then replaces it.
fn merge_updates(tx: &mut Tx, common: &Common<'_>) -> Result<(), StoreError> {
    const SAME_KEY: &str = "r.instrument = $3 AND r.period = $4 AND r.unit_orgnr = u.unit_orgnr \
         AND r.area = u.area AND r.respondent_group = u.respondent_group";
    let keep = format!(
        "INSERT INTO response_history (response_id, version, sender_orgnr, batch_id, current_tenths, needed_tenths, \
            respondents, comment, replaced_by_batch, replaced_at) \
         SELECT r.id, r.version, r.sender_orgnr, r.batch_id, r.current_tenths, r.needed_tenths, r.respondents, \
            r.comment, $1, $2 \
         FROM response_updates AS u JOIN responses AS r ON {SAME_KEY}"
    );
    let replace = format!(
        "UPDATE responses AS r SET batch_id = $1, updated_at = $2, version = r.version + 1, \
            current_tenths = u.current_tenths, needed_tenths = u.needed_tenths, respondents = u.respondents, \
            comment = u.comment \
         FROM response_updates AS u WHERE {SAME_KEY}"
    );
    for sql in [keep, replace] {
        sql_query(sql)
            .bind::<Text, _>(&common.batch)
            .bind::<Timestamp, _>(common.at)
            .bind::<Text, _>(&common.upload.batch.instrument)
            .bind::<Text, _>(&common.period)
            .execute(tx.connection())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ids_of_a_batch_rise_with_its_rows_and_are_uuids_of_version_7() {
        let batch = BatchId(Uuid::now_v7());
        let ids: Vec<Uuid> = [1, 2, 0xf_ffff, 0x10_0000, 2_000_000].map(|row| response_id(batch, row)).to_vec();
        assert!(ids.is_sorted() && ids.windows(2).all(|pair| pair[0] != pair[1]));
        for id in ids {
            assert_eq!((id.get_version_num(), id.get_variant()), (7, uuid::Variant::RFC4122));
            assert_eq!(id.get_timestamp(), batch.0.get_timestamp());
        }
    }
}
