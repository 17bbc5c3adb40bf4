//! The audit trail: one row per change, chained by hash per subject, so that a row taken away or altered shows.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::schema::audit;
use crate::store::{Reader, Tx};
use crate::time::to_column;

/// Who did it, and on whose request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The organisation acted for.
    pub orgnr: String,
    /// The client that called.
    pub client_id: String,
    /// The person behind it, opaque, where known.
    pub person: Option<String>,
    /// The system supplier, where the call was delegated.
    pub supplier: Option<String>,
    /// The request's id.
    pub request_id: String,
}

/// One change of one subject.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What was changed, written `need/<id>`.
    pub subject: String,
    /// What was done, such as `need.submit`.
    pub action: &'static str,
    /// When.
    pub at: DateTime<Utc>,
    /// The subject before, as the API shows it; absent when it was made.
    pub before: Option<Value>,
    /// The subject after.
    pub after: Option<Value>,
}

/// A row of the trail.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct AuditRow {
    /// What was changed.
    pub subject: String,
    /// Its number in the subject's trail, from 1.
    pub seq: i64,
    /// What was done.
    pub action: String,
    /// When, UTC.
    pub at: chrono::NaiveDateTime,
    /// The organisation acted for.
    pub orgnr: String,
    /// The client that called.
    pub client_id: String,
    /// The person behind it.
    pub person: Option<String>,
    /// The system supplier.
    pub supplier: Option<String>,
    /// The request's id.
    pub request_id: String,
    /// `{before, after}` as JSON, texts as digests.
    pub changes: String,
    /// The hash of the row before; empty for the first.
    pub previous_hash: String,
    /// SHA-256 over this row and the hash before it.
    pub hash: String,
}

/// Appends a row. The subject's version must have been raised before, so that two writers cannot both be next;
/// where there is no version, the primary key makes the second one run again.
pub fn append(tx: &mut Tx, author: &Author, entry: &Entry) -> Result<(), StoreError> {
    let last: Option<(i64, String)> = audit::table
        .filter(audit::subject.eq(&entry.subject))
        .order(audit::seq.desc())
        .select((audit::seq, audit::hash))
        .first(tx.connection())
        .optional()?;
    let (seq, previous_hash) = last.map_or((1, String::new()), |(seq, hash)| (seq + 1, hash));
    let changes = json!({
        "before": entry.before.as_ref().map(redact),
        "after": entry.after.as_ref().map(redact),
    })
    .to_string();
    let mut row = AuditRow {
        subject: entry.subject.clone(),
        seq,
        action: entry.action.to_owned(),
        at: to_column(entry.at),
        orgnr: author.orgnr.clone(),
        client_id: author.client_id.clone(),
        person: author.person.clone(),
        supplier: author.supplier.clone(),
        request_id: author.request_id.clone(),
        changes,
        previous_hash,
        hash: String::new(),
    };
    row.hash = hash_of(&row);
    insert(tx, &row).map_err(|error| {
        if error.is_duplicate_of("audit") {
            StoreError::Serialization("the trail grew meanwhile".to_owned())
        } else {
            error
        }
    })
}

fn insert(tx: &mut Tx, row: &AuditRow) -> Result<(), StoreError> {
    diesel::insert_into(audit::table)
        .values((
            audit::subject.eq(&row.subject),
            audit::seq.eq(row.seq),
            audit::action.eq(&row.action),
            audit::at.eq(row.at),
            audit::orgnr.eq(&row.orgnr),
            audit::client_id.eq(&row.client_id),
            audit::person.eq(&row.person),
            audit::supplier.eq(&row.supplier),
            audit::request_id.eq(&row.request_id),
            audit::changes.eq(&row.changes),
            audit::previous_hash.eq(&row.previous_hash),
            audit::hash.eq(&row.hash),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Who last did something to a subject, where anybody did.
pub fn author_of(reader: &mut Reader, subject: &str, action: &str) -> Result<Option<Author>, StoreError> {
    let row: Option<AuditRow> = audit::table
        .filter(audit::subject.eq(subject))
        .filter(audit::action.eq(action))
        .order(audit::seq.desc())
        .first(reader.connection())
        .optional()?;
    Ok(row.map(|row| Author {
        orgnr: row.orgnr,
        client_id: row.client_id,
        person: row.person,
        supplier: row.supplier,
        request_id: row.request_id,
    }))
}

/// The trail of a subject, oldest first.
pub fn trail(reader: &mut Reader, subject: &str) -> Result<Vec<AuditRow>, StoreError> {
    Ok(audit::table.filter(audit::subject.eq(subject)).order(audit::seq).load(reader.connection())?)
}

/// The hash that a row must carry.
pub fn hash_of(row: &AuditRow) -> String {
    let fields = json!([
        row.previous_hash,
        row.subject,
        row.seq,
        row.action,
        row.at.and_utc().timestamp_micros(),
        row.orgnr,
        row.client_id,
        row.person,
        row.supplier,
        row.request_id,
        row.changes
    ]);
    hex::encode(Sha256::digest(fields.to_string()))
}

/// Whether a trail is whole: numbered without a gap, every row hashed over the one before.
pub fn is_whole(rows: &[AuditRow]) -> bool {
    let mut previous = "";
    rows.iter().zip(1..).all(|(row, seq)| {
        let holds = row.seq == seq && row.previous_hash == previous && row.hash == hash_of(row);
        previous = &row.hash;
        holds
    })
}

/// Members whose values are codes, ids, dates or figures and may stand in the trail as they are. Every other
/// text stands as a digest: equal texts can be told equal, and none can be read.
const PLAIN: [&str; 41] = [
    "id",
    "state",
    "kind",
    "outcome",
    "code",
    "codes",
    "area",
    "level",
    "purpose",
    "scheme",
    "ruleset",
    "period",
    "mode",
    "instrument",
    "language",
    "reference",
    "role",
    "group",
    "respondent_group",
    "school_year",
    "year",
    "county_governor",
    "municipality_number",
    "county_number",
    "severity",
    "rule",
    "pointer",
    "orgnr",
    "unit_kind",
    "unit_kinds",
    "key",
    "system",
    "answer",
    "ruling",
    "digest",
    "counties",
    "scopes",
    "owner",
    "recipient",
    "sender",
    "format",
];

/// The same value with every text that might say something about a person replaced by its digest.
pub fn redact(value: &Value) -> Value {
    redact_member("", value)
}

fn redact_member(name: &str, value: &Value) -> Value {
    match value {
        Value::String(text) if is_plain(name) => Value::String(text.clone()),
        Value::String(text) => Value::String(format!("sha256:{}", &hex::encode(Sha256::digest(text))[..32])),
        Value::Array(items) => items.iter().map(|item| redact_member(name, item)).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), redact_member(name, value))).collect::<Map<_, _>>().into()
        }
        other => other.clone(),
    }
}

fn is_plain(name: &str) -> bool {
    PLAIN.contains(&name)
        || ["_id", "_ids", "_orgnr", "_at", "_on", "_date", "_by", "_kind"].iter().any(|ending| name.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_become_digests_and_codes_stay() {
        let redacted = redact(
            &json!({"state": "draft", "title": "Ola sin plan", "contact": {"role": "rektor", "email": "ola@x.no"}, "amount_nok": 5}),
        );
        assert_eq!(redacted["state"], "draft");
        assert_eq!(redacted["amount_nok"], 5);
        assert!(!redacted.to_string().contains("Ola") && !redacted.to_string().contains("ola@x.no"));
        assert!(redacted["title"].as_str().unwrap().starts_with("sha256:"));
    }
}
