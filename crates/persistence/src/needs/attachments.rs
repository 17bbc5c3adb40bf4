//! Attachments of needs. Their bytes are elsewhere, under a key that only we know.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use domain::actor::Viewer;
use domain::ids::{AttachmentId, NeedId};
use domain::needs::{Attachment, AttachmentPurpose, FileName, Reading, Used};
use domain::orgnr::OrgNr;
use uuid::Uuid;

use super::queries::readings;
use crate::backend::transaction_lock;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{attachments, message_attachments};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// Any number nobody else locks by; an organisation's number is added to it.
const QUOTA_LOCK: i64 = 0x6b6f_6d70_0000_0000;

/// An attachment with the key of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAttachment {
    /// The attachment.
    pub attachment: Attachment,
    /// The key of its bytes.
    pub object_key: String,
}

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = attachments)]
struct AttachmentRow {
    id: String,
    need_id: String,
    purpose: String,
    side: String,
    added_by: String,
    file_name: String,
    format: String,
    size_bytes: i64,
    sha256: String,
    object_key: String,
    first_version: Option<i64>,
    last_version: Option<i64>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl TryFrom<AttachmentRow> for StoredAttachment {
    type Error = StoreError;
    fn try_from(row: AttachmentRow) -> Result<Self, StoreError> {
        let corrupt = |why: &dyn ToString| StoreError::corrupt("attachment", why.to_string());
        let attachment = Attachment {
            id: row.id.parse().map_err(|e| corrupt(&e))?,
            need: row.need_id.parse().map_err(|e| corrupt(&e))?,
            purpose: row.purpose.parse().map_err(|e| corrupt(&e))?,
            side: row.side.parse().map_err(|e| corrupt(&e))?,
            added_by: OrgNr::from_register(row.added_by),
            file_name: FileName::from_store(row.file_name),
            format: row.format.parse().map_err(|e| corrupt(&e))?,
            size_bytes: row.size_bytes,
            sha256: row.sha256,
            first_version: row.first_version,
            last_version: row.last_version,
            version: row.version,
            created_at: from_column(row.created_at),
            updated_at: from_column(row.updated_at),
        };
        Ok(Self { attachment, object_key: row.object_key })
    }
}

/// Which attachments a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AttachmentFilter {
    /// Only those for this.
    pub purpose: Option<AttachmentPurpose>,
    /// Only those that belong to the submission with this number.
    pub submission: Option<i64>,
}

type Query = attachments::BoxedQuery<'static, MultiBackend>;

/// The attachments of a need that are shown to who reads it in this way; says in SQL what [`Attachment::is_seen_by`]
/// says.
fn seen(need: NeedId, reading: &Reading) -> Query {
    let query = attachments::table.filter(attachments::need_id.eq(need.to_string())).into_boxed();
    let query = if reading.is_sender_or_office() {
        query
    } else {
        query.filter(attachments::purpose.eq(AttachmentPurpose::Case.as_str()))
    };
    if reading.of_draft() {
        return query;
    }
    let dialogue = attachments::purpose.eq(AttachmentPurpose::Dialogue.as_str());
    query.filter(dialogue.or(attachments::first_version.is_not_null()))
}

/// The attachment with this id, where it is of this need and shown to who reads it in this way.
pub fn find(
    reader: &mut Reader,
    need: NeedId,
    reading: &Reading,
    id: AttachmentId,
) -> Result<Option<StoredAttachment>, StoreError> {
    let row: Option<AttachmentRow> =
        seen(need, reading).filter(attachments::id.eq(id.to_string())).first(reader.connection()).optional()?;
    row.map(StoredAttachment::try_from).transpose()
}

/// A page of the attachments of a need, by id.
pub fn list(
    reader: &mut Reader,
    need: NeedId,
    reading: &Reading,
    filter: &AttachmentFilter,
    window: &Window,
) -> Result<Vec<Attachment>, StoreError> {
    let mut query = matching(need, reading, filter, window).order(attachments::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(attachments::id.gt(after.clone()));
    }
    let rows: Vec<AttachmentRow> = query.load(reader.connection())?;
    rows.into_iter().map(|row| Ok(StoredAttachment::try_from(row)?.attachment)).collect()
}

/// How many attachments the whole list holds.
pub fn count(
    reader: &mut Reader,
    need: NeedId,
    reading: &Reading,
    filter: &AttachmentFilter,
    window: &Window,
) -> Result<i64, StoreError> {
    Ok(matching(need, reading, filter, window).count().get_result(reader.connection())?)
}

fn matching(need: NeedId, reading: &Reading, filter: &AttachmentFilter, window: &Window) -> Query {
    let mut query = seen(need, reading);
    if let Some(purpose) = filter.purpose {
        query = query.filter(attachments::purpose.eq(purpose.as_str()));
    }
    if let Some(n) = filter.submission {
        let not_yet_out = attachments::last_version.is_null().or(attachments::last_version.ge(n));
        query = query.filter(attachments::first_version.le(n)).filter(not_yet_out);
    }
    if let Some(since) = window.updated_since {
        query = query.filter(attachments::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(attachments::id.eq_any(window.ids.clone()));
    }
    query
}

/// Of these attachments, those that the viewer may see.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let seen = met(reader, viewer, ids)?.into_iter().filter(|(attachment, reading)| attachment.is_seen_by(reading));
    Ok(seen.map(|(attachment, _)| attachment.id.0).collect())
}

/// Of these attachments, those of needs whose draft the viewer reads.
pub fn ids_with_draft(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let of_draft = met(reader, viewer, ids)?.into_iter().filter(|(_, reading)| reading.of_draft());
    Ok(of_draft.map(|(attachment, _)| attachment.id.0).collect())
}

/// These attachments with how the viewer reads their needs, where it does.
fn met(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<(Attachment, Reading)>, StoreError> {
    let rows: Vec<AttachmentRow> = attachments::table
        .filter(attachments::id.eq_any(ids.iter().map(ToString::to_string)))
        .load(reader.connection())?;
    let found = rows.into_iter().map(StoredAttachment::try_from).collect::<Result<Vec<_>, _>>()?;
    let needs: Vec<NeedId> = found.iter().map(|stored| stored.attachment.need).collect();
    let readings: BTreeMap<NeedId, Reading> = readings(reader, viewer, &needs)?.into_iter().collect();
    let met = found.into_iter().map(|stored| stored.attachment);
    Ok(met
        .filter_map(|attachment| readings.get(&attachment.need).cloned().map(|reading| (attachment, reading)))
        .collect())
}

/// Keeps others from adding attachments for the same organisation until the transaction ends, so that its quota holds.
/// The quota of a need is kept by holding the need.
pub fn hold_quota(tx: &mut Tx, organisation: &OrgNr) -> Result<(), StoreError> {
    let number: i64 = organisation.as_str().parse().map_err(|e| StoreError::corrupt("organisation number", e))?;
    transaction_lock(tx.connection(), QUOTA_LOCK + number)
}

/// How many bytes there are in a need's attachments, and in an organisation's.
pub fn used(reader: &mut Reader, need: NeedId, organisation: &OrgNr) -> Result<Used, StoreError> {
    let sum = || sql::<Nullable<BigInt>>("CAST(SUM(size_bytes) AS BIGINT)");
    let of_need: Option<i64> = attachments::table
        .filter(attachments::need_id.eq(need.to_string()))
        .select(sum())
        .first(reader.connection())?;
    let of_organisation: Option<i64> = attachments::table
        .filter(attachments::added_by.eq(organisation.to_string()))
        .select(sum())
        .first(reader.connection())?;
    Ok(Used { need_bytes: of_need.unwrap_or(0), organisation_bytes: of_organisation.unwrap_or(0) })
}

/// Adds an attachment whose bytes are in their place.
pub fn insert(tx: &mut Tx, stored: &StoredAttachment) -> Result<(), StoreError> {
    let attachment = &stored.attachment;
    let row = AttachmentRow {
        id: attachment.id.to_string(),
        need_id: attachment.need.to_string(),
        purpose: attachment.purpose.to_string(),
        side: attachment.side.to_string(),
        added_by: attachment.added_by.to_string(),
        file_name: attachment.file_name.to_string(),
        format: attachment.format.to_string(),
        size_bytes: attachment.size_bytes,
        sha256: attachment.sha256.clone(),
        object_key: stored.object_key.clone(),
        first_version: attachment.first_version,
        last_version: attachment.last_version,
        version: attachment.version,
        created_at: to_column(attachment.created_at),
        updated_at: to_column(attachment.updated_at),
    };
    diesel::insert_into(attachments::table).values(row).execute(tx.connection())?;
    Ok(())
}

/// Takes an attachment out of the draft; the submissions up to this one keep it.
pub fn take_out(tx: &mut Tx, attachment: &Attachment, last_version: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
    let row = attachments::table.find(attachment.id.to_string()).filter(attachments::version.eq(attachment.version));
    let changed = diesel::update(row)
        .set((
            attachments::last_version.eq(Some(last_version)),
            attachments::version.eq(attachment.version + 1),
            attachments::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Deletes an attachment's row; its bytes are swept later.
pub fn delete(tx: &mut Tx, attachment: &Attachment) -> Result<(), StoreError> {
    let row = attachments::table.find(attachment.id.to_string()).filter(attachments::version.eq(attachment.version));
    if diesel::delete(row).execute(tx.connection())? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Deletes the rows of a draft's attachments. A draft that was never submitted has no messages that name them.
pub(super) fn delete_of_draft(tx: &mut Tx, need: NeedId) -> Result<(), StoreError> {
    diesel::delete(attachments::table.filter(attachments::need_id.eq(need.to_string()))).execute(tx.connection())?;
    Ok(())
}

/// Makes the draft's attachments part of a submission.
pub(super) fn submit(tx: &mut Tx, need: NeedId, n: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
    let new = attachments::table
        .filter(attachments::need_id.eq(need.to_string()))
        .filter(attachments::purpose.eq(AttachmentPurpose::Case.as_str()))
        .filter(attachments::first_version.is_null());
    diesel::update(new)
        .set((
            attachments::first_version.eq(Some(n)),
            attachments::version.eq(attachments::version + 1),
            attachments::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Whether a message names the attachment.
pub fn is_named(reader: &mut Reader, id: AttachmentId) -> Result<bool, StoreError> {
    let naming = message_attachments::table.filter(message_attachments::attachment_id.eq(id.to_string()));
    Ok(naming.count().get_result::<i64>(reader.connection())? > 0)
}

/// Of these keys, those whose bytes an attachment refers to.
pub fn referenced(reader: &mut Reader, keys: &[String]) -> Result<HashSet<String>, StoreError> {
    let found: Vec<String> = attachments::table
        .filter(attachments::object_key.eq_any(keys))
        .select(attachments::object_key)
        .load(reader.connection())?;
    Ok(found.into_iter().collect())
}
