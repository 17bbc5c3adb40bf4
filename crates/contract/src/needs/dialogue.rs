//! The dialogue on a need, and attachments, on the wire.

use chrono::{DateTime, Utc};
use domain::needs as domain_needs;
use domain::needs::{AttachmentPurpose, DialogueSide, FileFormat};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::lists;

/// A message to the other side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct WriteMessage {
    /// What to say. Never anything about single children.
    #[schema(example = "Hvordan er PPT med i tiltaket?", min_length = 1, max_length = 10_000)]
    pub text: String,
    /// Attachments of this need that it names; they are for the dialogue.
    #[serde(default)]
    #[schema(max_items = 20, example = json!([]))]
    pub attachments: Vec<Uuid>,
}

/// A message between the sender of a need and its county governor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Message {
    /// Its id.
    pub id: Uuid,
    /// The need.
    pub need_id: Uuid,
    /// Which side wrote it.
    #[schema(value_type = lists::DialogueSide, example = "county_governor")]
    pub side: DialogueSide,
    /// The organisation that wrote it.
    #[schema(example = "974760673")]
    pub author_orgnr: String,
    /// Its name.
    #[schema(example = "Statsforvaltaren i Vestland")]
    pub author_name: String,
    /// What it says.
    #[schema(example = "Hvordan er PPT med i tiltaket?")]
    pub text: String,
    /// The attachments that it names.
    pub attachments: Vec<MessageAttachment>,
    /// Whether it waits for you to read it; your own messages are read.
    pub unread: bool,
    /// When the other side marked it as read.
    pub read_at: Option<DateTime<Utc>>,
    /// Raised when it is read.
    #[schema(example = 1)]
    pub version: i64,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// An attachment that a message names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MessageAttachment {
    /// Its id.
    pub id: Uuid,
    /// Its name.
    #[schema(example = "Tiltaksplan.pdf")]
    pub file_name: String,
}

crate::page! {
    /// A page of messages.
    MessagePage of Message
}

/// An attachment of a need; its bytes are under `…/content`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Attachment {
    /// Its id.
    pub id: Uuid,
    /// The need.
    pub need_id: Uuid,
    /// Whether it is for the case, which the forum sees, or for the dialogue, which it does not.
    #[schema(value_type = lists::AttachmentPurpose, example = "case")]
    pub purpose: AttachmentPurpose,
    /// Which side added it.
    #[schema(value_type = lists::DialogueSide, example = "sender")]
    pub side: DialogueSide,
    /// The organisation that added it.
    #[schema(example = "974760673")]
    pub added_by: String,
    /// Its name, as it was given.
    #[schema(example = "Tiltaksplan.pdf")]
    pub file_name: String,
    /// What it is, as its content tells.
    #[schema(value_type = lists::FileFormat, example = "pdf")]
    pub format: FileFormat,
    /// The media type that its content is sent as.
    #[schema(example = "application/pdf")]
    pub media_type: String,
    /// How long it is.
    #[schema(example = 48_213)]
    pub size_bytes: i64,
    /// SHA-256 of its content, in hex.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub sha256: String,
    /// The number of the first submission that it belongs to; null while it is in the draft alone, and for the
    /// dialogue.
    #[schema(example = 1)]
    pub first_version: Option<i64>,
    /// The number of the last submission that it belongs to, once it was taken out of the draft.
    #[schema(example = 1)]
    pub last_version: Option<i64>,
    /// Raised when it is submitted, and when it is taken out of the draft.
    #[schema(example = 1)]
    pub version: i64,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl From<&domain_needs::Attachment> for Attachment {
    fn from(attachment: &domain_needs::Attachment) -> Self {
        Self {
            id: attachment.id.0,
            need_id: attachment.need.0,
            purpose: attachment.purpose,
            side: attachment.side,
            added_by: attachment.added_by.to_string(),
            file_name: attachment.file_name.to_string(),
            format: attachment.format,
            media_type: attachment.format.media_type().to_owned(),
            size_bytes: attachment.size_bytes,
            sha256: attachment.sha256.clone(),
            first_version: attachment.first_version,
            last_version: attachment.last_version,
            version: attachment.version,
            created_at: attachment.created_at,
            updated_at: attachment.updated_at,
        }
    }
}

crate::page! {
    /// A page of attachments.
    AttachmentPage of Attachment
}
