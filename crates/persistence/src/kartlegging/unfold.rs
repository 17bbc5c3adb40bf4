//! Responses as rows, for checks and figures in SQL: what stands on a sheet is compressed, and SQL cannot read it.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::content::Content;
use crate::backend::Engine;
use crate::error::StoreError;
use crate::on_backend;
use crate::schema::{replaced_passages, response_sheets};
use crate::store::Tx;

const TABLES: &str = "
    CREATE TEMPORARY TABLE plain_sheets (sheet_id TEXT PRIMARY KEY, content TEXT NOT NULL);
    CREATE TEMPORARY TABLE plain_passages (
        sheet_id TEXT, version BIGINT, content TEXT NOT NULL, PRIMARY KEY (sheet_id, version)
    );";

diesel::table! {
    plain_sheets (sheet_id) {
        sheet_id -> Text,
        content -> Text,
    }
}

diesel::table! {
    plain_passages (sheet_id, version) {
        sheet_id -> Text,
        version -> BigInt,
        content -> Text,
    }
}

/// Makes the views `responses` and `response_history`, a row for each response and for each time that one was replaced,
/// as they are now. They are this connection's alone and end with it.
pub fn unfold(tx: &mut Tx) -> Result<(), StoreError> {
    run(tx, TABLES)?;
    let sheets: Vec<(String, Vec<u8>)> =
        response_sheets::table.select((response_sheets::id, response_sheets::content)).load(tx.connection())?;
    for (sheet, column) in sheets {
        diesel::insert_into(plain_sheets::table)
            .values((plain_sheets::sheet_id.eq(sheet), plain_sheets::content.eq(plain(column)?.json())))
            .execute(tx.connection())?;
    }
    let replaced: Vec<(String, i64, Vec<u8>)> = replaced_passages::table
        .select((replaced_passages::sheet_id, replaced_passages::version, replaced_passages::content))
        .load(tx.connection())?;
    for (sheet, version, column) in replaced {
        diesel::insert_into(plain_passages::table)
            .values((
                plain_passages::sheet_id.eq(sheet),
                plain_passages::version.eq(version),
                plain_passages::content.eq(plain(column)?.json()),
            ))
            .execute(tx.connection())?;
    }
    match tx.engine() {
        Engine::Sqlite => run(tx, include_str!("unfold/sqlite.sql")),
        Engine::Postgres => run(tx, include_str!("unfold/postgres.sql")),
    }
}

fn plain(column: Vec<u8>) -> Result<Content, StoreError> {
    column.try_into().map_err(|why| StoreError::corrupt("sheet", why))
}

fn run(tx: &mut Tx, sql: &str) -> Result<(), StoreError> {
    on_backend!(tx.connection(), connection => connection.batch_execute(sql)?);
    Ok(())
}
