//! A sender's own codes for units, each mapped once: what rows may say instead of organisation numbers.

pub(super) mod delete;
pub(super) mod get;
pub(super) mod list;
pub(super) mod put;

use contract::kartlegging::UnitCode as UnitCodeView;
use domain::event::{Subject, SubjectKind};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use persistence::kartlegging::UnitCode;
use serde_json::Value;

use crate::http::write::{Change, Stop, Write};

fn view(code: &UnitCode) -> UnitCodeView {
    UnitCodeView {
        id: code.id,
        scheme: code.scheme.clone(),
        code: code.code.clone(),
        unit_orgnr: code.unit.to_string(),
        version: code.version,
        created_at: code.created_at,
        updated_at: code.updated_at,
    }
}

/// All but what RFC 3986 calls unreserved.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where a code is read. It may hold any character that can be seen, so what has a meaning in a path is escaped.
fn place(code: &UnitCode) -> String {
    format!("/v1/kartlegging/code-schemes/{}/{}", code.scheme, utf8_percent_encode(&code.code, ESCAPED))
}

fn trail(code: &UnitCode) -> Option<Value> {
    serde_json::to_value(view(code)).ok()
}

/// Leaves the audit row and the event of a change of a code.
fn change<T>(
    write: &mut Write<'_, T>,
    code: &UnitCode,
    (action, happened): (&'static str, &'static str),
    (before, after): (Option<Value>, Option<Value>),
) -> Result<(), Stop> {
    write.record(Change {
        subject: Subject::new(SubjectKind::UnitCode, code.id),
        action,
        happened,
        county_governor: None,
        reference: None,
        version: code.version,
        state: if after.is_some() { "active" } else { "deleted" },
        changed: if before.is_some() && after.is_some() { &["unit_orgnr"] } else { &[] },
        before,
        after,
    })
}
