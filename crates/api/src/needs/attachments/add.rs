//! Adding a file that has arrived: its bytes are put in their place first, and the row that refers to them after.

use actix_web::HttpResponse;
use contract::needs::Attachment as AttachmentView;
use contract::problem::Fault;
use domain::actor::Viewer;
use domain::ids::{AttachmentId, NeedId};
use domain::needs::{
    AddError, Attachment, AttachmentPurpose, DialogueSide, FileFormat, FileName, Need, Quota, Reading, may_add,
};
use domain::orgnr::OrgNr;
use persistence::needs::attachments::{self, StoredAttachment};
use persistence::{Reader, idempotency, needs};
use uuid::Uuid;

use super::receive::Received;
use super::recognise::Unfit;
use super::record::{change, no_room, not_added};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Head;
use crate::http::write::{Stop, Write};
use crate::needs::load::visible;
use crate::objects::Objects;

/// What is to be added.
#[derive(Debug, Clone)]
pub(super) struct New {
    /// The need.
    pub(super) need: NeedId,
    /// The name of the file.
    pub(super) file_name: FileName,
    /// What it is for.
    pub(super) purpose: AttachmentPurpose,
}

/// The same once it has arrived.
#[derive(Debug, Clone)]
struct Arrived {
    id: AttachmentId,
    new: New,
    size_bytes: i64,
    sha256: String,
    format: Result<FileFormat, Unfit>,
    object_key: String,
    quota: Quota,
}

impl New {
    /// Whether the caller sees the need and is the party that adds this, before a long body is taken in for nothing. A
    /// retry gets its kept answer whatever has become of the need since, so its state is not looked at here.
    pub(super) async fn is_for(&self, app: &App, viewer: Viewer) -> Result<(), ApiError> {
        let (need, purpose) = (self.need, self.purpose);
        let look = move |reader: &mut Reader| {
            let (need, reading) = visible(reader, &viewer, need)?;
            is_party(purpose, &need, &reading)
        };
        app.store.snapshot("attachment.prepare", look).await
    }
}

fn is_party(purpose: AttachmentPurpose, need: &Need, reading: &Reading) -> Result<(), ApiError> {
    match may_add(purpose, need, reading) {
        Err(error @ AddError::NotYours) => Err(not_added(error)),
        _ => Ok(()),
    }
}

/// Adds a file. Whatever can be refused is refused before its bytes are kept, and once more, for good, where its row is
/// written.
pub(super) async fn add(app: &App, write: Head, new: New, received: Received) -> Result<HttpResponse, ApiError> {
    let key = write.key(&received.digest);
    let arrived = Arrived {
        id: AttachmentId(Uuid::now_v7()),
        new,
        size_bytes: received.size_bytes,
        sha256: hex::encode(received.digest),
        format: received.format,
        object_key: Objects::fresh_key(),
        quota: app.attachments.limits.quota,
    };
    let (asked, known, viewer) = (arrived.clone(), key.clone(), write.call.viewer().clone());
    let look = move |reader: &mut Reader| -> Result<bool, ApiError> {
        let (need, reading) = visible(reader, &viewer, asked.new.need)?;
        if let Some(key) = &known
            && idempotency::is_known(reader, key)?
        {
            return Ok(true);
        }
        asked.admitted(reader, &need, &reading, &viewer.orgnr).map(|_| false)
    };
    let is_retry = app.store.snapshot("attachment.admit", look).await?;
    if !is_retry {
        app.objects.put(&arrived.object_key, received.file).await?;
    }
    app.write("attachment.create", write.into_input(arrived, key), row).await
}

/// The row, in one transaction with its quota.
fn row(write: &mut Write<'_, Arrived>, arrived: &Arrived) -> Result<Answer, Stop> {
    let viewer = write.call().viewer().clone();
    let (need, reading) = visible(write, &viewer, arrived.new.need)?;
    is_party(arrived.new.purpose, &need, &reading)?;
    write.begin()?;
    needs::hold(write, &need)?;
    attachments::hold_quota(write, &viewer.orgnr)?;
    let (side, format) = arrived.admitted(write, &need, &reading, &viewer.orgnr)?;
    let now = domain::time::to_microseconds(write.call().now);
    let attachment = Attachment {
        id: arrived.id,
        need: need.id,
        purpose: arrived.new.purpose,
        side,
        added_by: viewer.orgnr.clone(),
        file_name: arrived.new.file_name.clone(),
        format,
        size_bytes: arrived.size_bytes,
        sha256: arrived.sha256.clone(),
        first_version: None,
        last_version: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    let stored = StoredAttachment { attachment, object_key: arrived.object_key.clone() };
    attachments::insert(write, &stored)?;
    let attachment = &stored.attachment;
    change(write, &need, ("attachment.create", "created"), (None, Some(attachment)))?;
    let location = format!("/v1/needs/{}/attachments/{}", need.id, attachment.id);
    Ok(Answer::created(&AttachmentView::from(attachment), attachment.version, location)?)
}

impl Arrived {
    /// Which side adds it and what it is, or why it is not taken: state, content, name, room.
    fn admitted(
        &self,
        reader: &mut Reader,
        need: &Need,
        reading: &Reading,
        organisation: &OrgNr,
    ) -> Result<(DialogueSide, FileFormat), ApiError> {
        let side = may_add(self.new.purpose, need, reading).map_err(not_added)?;
        let format = self.format?;
        if !self.new.file_name.ends_in(format.endings()) {
            let endings: Vec<String> = format.endings().iter().map(|ending| format!(".{ending}")).collect();
            let fault = Fault::new("file_name_ending", "file_name");
            return Err(ApiError::fault(fault.with("file_format", format.as_str()).with("endings", endings)));
        }
        let used = attachments::used(reader, need.id, organisation)?;
        self.quota.has_room_for(self.size_bytes, used).map_err(no_room)?;
        Ok((side, format))
    }
}
