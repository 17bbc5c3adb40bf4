//! Messages between the sender of a need and its county governor. The caller has found the need visible, and its side.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::ids::{AttachmentId, MessageId, NeedId};
use domain::needs::{DialogueSide, Message};
use domain::orgnr::OrgNr;
use uuid::Uuid;

use super::queries::readings;
use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{attachments, message_attachments, messages, organisations};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A message as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownMessage {
    /// The message.
    pub message: Message,
    /// The name of the organisation that wrote it.
    pub author_name: String,
    /// The names of the files that it names.
    pub file_names: BTreeMap<AttachmentId, String>,
}

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = messages)]
struct MessageRow {
    id: String,
    need_id: String,
    side: String,
    author_orgnr: String,
    text: String,
    read_at: Option<NaiveDateTime>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl MessageRow {
    fn into_message(self, attachments: Vec<AttachmentId>) -> Result<Message, StoreError> {
        let corrupt = |why: &dyn ToString| StoreError::corrupt("message", why.to_string());
        Ok(Message {
            id: self.id.parse().map_err(|e| corrupt(&e))?,
            need: self.need_id.parse().map_err(|e| corrupt(&e))?,
            side: self.side.parse().map_err(|e| corrupt(&e))?,
            author: OrgNr::from_register(self.author_orgnr),
            text: self.text,
            attachments,
            read_at: self.read_at.map(from_column),
            version: self.version,
            created_at: from_column(self.created_at),
            updated_at: from_column(self.updated_at),
        })
    }
}

/// Which messages a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// Only those that wait for the reader's side to read them, or only the others.
    pub unread: Option<bool>,
}

/// The message with this id on a need.
pub fn find(reader: &mut Reader, need: NeedId, id: MessageId) -> Result<Option<ShownMessage>, StoreError> {
    let found: Vec<MessageRow> = messages::table
        .filter(messages::need_id.eq(need.to_string()))
        .filter(messages::id.eq(id.to_string()))
        .load(reader.connection())?;
    Ok(shown(reader, found)?.pop())
}

/// A page of the messages on a need, oldest first, as one side reads them.
pub fn list(
    reader: &mut Reader,
    need: NeedId,
    side: DialogueSide,
    filter: &MessageFilter,
    window: &Window,
) -> Result<Vec<ShownMessage>, StoreError> {
    let mut query = matching(need, side, filter, window).order(messages::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(messages::id.gt(after.clone()));
    }
    let found: Vec<MessageRow> = query.load(reader.connection())?;
    shown(reader, found)
}

/// How many messages the whole list holds.
pub fn count(
    reader: &mut Reader,
    need: NeedId,
    side: DialogueSide,
    filter: &MessageFilter,
    window: &Window,
) -> Result<i64, StoreError> {
    Ok(matching(need, side, filter, window).count().get_result(reader.connection())?)
}

/// The messages with their authors' names and the files that they name.
fn shown(reader: &mut Reader, rows: Vec<MessageRow>) -> Result<Vec<ShownMessage>, StoreError> {
    let names: Vec<(String, String)> = organisations::table
        .filter(organisations::orgnr.eq_any(rows.iter().map(|row| row.author_orgnr.clone())))
        .select((organisations::orgnr, organisations::name))
        .load(reader.connection())?;
    let names: BTreeMap<String, String> = names.into_iter().collect();
    let named: Vec<(String, String, String)> = message_attachments::table
        .inner_join(attachments::table.on(attachments::id.eq(message_attachments::attachment_id)))
        .filter(message_attachments::message_id.eq_any(rows.iter().map(|row| row.id.clone())))
        .order(message_attachments::attachment_id)
        .select((message_attachments::message_id, attachments::id, attachments::file_name))
        .load(reader.connection())?;
    let mut by_message: BTreeMap<String, Vec<(AttachmentId, String)>> = BTreeMap::new();
    for (message, attachment, file_name) in named {
        let attachment = parse("attachment", &attachment)?;
        by_message.entry(message).or_default().push((attachment, file_name));
    }
    rows.into_iter()
        .map(|row| {
            let author_name = names.get(&row.author_orgnr).cloned().unwrap_or_default();
            let files = by_message.remove(&row.id).unwrap_or_default();
            let message = row.into_message(files.iter().map(|(id, _)| *id).collect())?;
            Ok(ShownMessage { message, author_name, file_names: files.into_iter().collect() })
        })
        .collect()
}

fn matching(
    need: NeedId,
    side: DialogueSide,
    filter: &MessageFilter,
    window: &Window,
) -> messages::BoxedQuery<'static, MultiBackend> {
    let mut query = messages::table.filter(messages::need_id.eq(need.to_string())).into_boxed();
    if let Some(unread) = filter.unread {
        let own = messages::side.eq(side.as_str());
        query = if unread {
            query.filter(diesel::dsl::not(own)).filter(messages::read_at.is_null())
        } else {
            query.filter(own.or(messages::read_at.is_not_null()))
        };
    }
    if let Some(since) = window.updated_since {
        query = query.filter(messages::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(messages::id.eq_any(window.ids.clone()));
    }
    query
}

/// Of these messages, those that the viewer sees; events ask this.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let found: Vec<(String, String)> = messages::table
        .filter(messages::id.eq_any(ids.iter().map(ToString::to_string)))
        .select((messages::id, messages::need_id))
        .load(reader.connection())?;
    let corrupt = |why: uuid::Error| StoreError::corrupt("message", why);
    let needs = found.iter().map(|(_, need)| need.parse().map_err(corrupt)).collect::<Result<Vec<NeedId>, _>>()?;
    let readings = readings(reader, viewer, &needs)?;
    let is_party =
        |need: &str| readings.iter().any(|(id, reading)| id.to_string() == need && reading.is_sender_or_office());
    found.iter().filter(|(_, need)| is_party(need)).map(|(id, _)| id.parse().map_err(corrupt)).collect()
}

/// Adds a message with the attachments that it names.
pub fn insert(tx: &mut Tx, message: &Message) -> Result<(), StoreError> {
    let row = MessageRow {
        id: message.id.to_string(),
        need_id: message.need.to_string(),
        side: message.side.to_string(),
        author_orgnr: message.author.to_string(),
        text: message.text.clone(),
        read_at: message.read_at.map(to_column),
        version: message.version,
        created_at: to_column(message.created_at),
        updated_at: to_column(message.updated_at),
    };
    diesel::insert_into(messages::table).values(row).execute(tx.connection())?;
    for attachment in &message.attachments {
        diesel::insert_into(message_attachments::table)
            .values((
                message_attachments::message_id.eq(message.id.to_string()),
                message_attachments::attachment_id.eq(attachment.to_string()),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// Writes that a message was read; the one that was read before has the version below.
pub fn save_read(tx: &mut Tx, read: &Message) -> Result<(), StoreError> {
    let row = messages::table.find(read.id.to_string()).filter(messages::version.eq(read.version - 1));
    let changed = diesel::update(row)
        .set((
            messages::read_at.eq(read.read_at.map(to_column)),
            messages::version.eq(read.version),
            messages::updated_at.eq(to_column(read.updated_at)),
        ))
        .execute(tx.connection())?;
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}
