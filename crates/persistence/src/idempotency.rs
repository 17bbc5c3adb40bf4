//! Answers already given: kept in the write's own transaction, so that a retry gets the same answer or starts anew.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::backend::try_transaction_lock;
use crate::error::StoreError;
use crate::schema::idempotency;
use crate::store::{Reader, Tx};
use crate::time::to_column;

/// Who asked with which key: a digest over issuer, client, organisation, method, path and key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// 64 hexadecimal digits.
    pub scope: String,
    /// A digest over query, content type and body.
    pub fingerprint: String,
}

/// A successful answer as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// HTTP status.
    pub status: u16,
    /// Body as sent.
    pub body: Option<String>,
    /// Entity tag as sent.
    pub etag: Option<String>,
    /// Location as sent.
    pub location: Option<String>,
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// Never seen.
    New,
    /// Done before; this was the answer.
    Answered(StoredAnswer),
    /// Used before for another request.
    Reused,
    /// Another process is at it right now.
    InProgress,
}

/// Looks a key up and, where it is new, holds it until the transaction ends, so that a twin does not run beside.
pub fn look_up(tx: &mut Tx, key: &Key) -> Result<Lookup, StoreError> {
    let lock = i64::from_str_radix(&key.scope[..15], 16).map_err(|e| StoreError::corrupt("idempotency scope", e))?;
    if !try_transaction_lock(tx.connection(), lock)? {
        return Ok(Lookup::InProgress);
    }
    find(tx, key)
}

/// Whether a write with this key is answered already: whoever asks need not do the work for it.
pub fn is_known(reader: &mut Reader, key: &Key) -> Result<bool, StoreError> {
    Ok(!matches!(find(reader, key)?, Lookup::New))
}

fn find(reader: &mut Reader, key: &Key) -> Result<Lookup, StoreError> {
    type Row = (String, i64, Option<String>, Option<String>, Option<String>);
    let row: Option<Row> = idempotency::table
        .find(&key.scope)
        .select((
            idempotency::fingerprint,
            idempotency::status,
            idempotency::body,
            idempotency::etag,
            idempotency::location,
        ))
        .first(reader.connection())
        .optional()?;
    Ok(match row {
        None => Lookup::New,
        Some((fingerprint, ..)) if fingerprint != key.fingerprint => Lookup::Reused,
        Some((_, status, body, etag, location)) => Lookup::Answered(StoredAnswer {
            status: u16::try_from(status).map_err(|e| StoreError::corrupt("idempotency status", e))?,
            body,
            etag,
            location,
        }),
    })
}

/// Keeps an answer.
pub fn remember(tx: &mut Tx, key: &Key, answer: &StoredAnswer, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(idempotency::table)
        .values((
            idempotency::scope.eq(&key.scope),
            idempotency::fingerprint.eq(&key.fingerprint),
            idempotency::status.eq(i64::from(answer.status)),
            idempotency::body.eq(&answer.body),
            idempotency::etag.eq(&answer.etag),
            idempotency::location.eq(&answer.location),
            idempotency::created_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Forgets answers older than `before`. Answers how many.
pub fn forget_older_than(tx: &mut Tx, before: DateTime<Utc>) -> Result<usize, StoreError> {
    let old = idempotency::table.filter(idempotency::created_at.lt(to_column(before)));
    Ok(diesel::delete(old).execute(tx.connection())?)
}
