//! Attachments of needs: for the case, which the forum sees, or for the dialogue, which it does not.

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::dialogue::{DialogueSide, NeverSubmitted, may_write};
use super::file_name::FileName;
use super::need::{Need, Reading};
use super::state::NeedState;
use crate::ids::{AttachmentId, NeedId};
use crate::orgnr::OrgNr;

crate::codes! {
    /// What an attachment is for.
    AttachmentPurpose {
        /// For the case: whoever reads the need reads it.
        Case = "case",
        /// For the dialogue: sender and county governor alone read it.
        Dialogue = "dialogue",
    }
}

crate::codes! {
    /// What is taken as an attachment, as its content tells.
    FileFormat {
        /// PDF.
        Pdf = "pdf",
        /// Word.
        Docx = "docx",
        /// Excel.
        Xlsx = "xlsx",
        /// `PowerPoint`.
        Pptx = "pptx",
        /// `OpenDocument` text.
        Odt = "odt",
        /// `OpenDocument` spreadsheet.
        Ods = "ods",
        /// `OpenDocument` presentation.
        Odp = "odp",
        /// PNG.
        Png = "png",
        /// JPEG.
        Jpeg = "jpeg",
    }
}

impl FileFormat {
    /// The media type that it is served as.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// The endings of a file name that fit it. A name's ending decides which program opens the file where it is
    /// received, so it may not say anything else than the content does.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Odp => &["odp"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
        }
    }
}

/// An attachment. Its content never changes; it is added and removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// The need.
    pub need: NeedId,
    /// What it is for.
    pub purpose: AttachmentPurpose,
    /// Which side added it.
    pub side: DialogueSide,
    /// The organisation that added it.
    pub added_by: OrgNr,
    /// Its name.
    pub file_name: FileName,
    /// What it is.
    pub format: FileFormat,
    /// How long it is.
    pub size_bytes: i64,
    /// SHA-256 of its content, in hex.
    pub sha256: String,
    /// The first submission that it belongs to.
    pub first_version: Option<i64>,
    /// The last submission that it belongs to, once it was taken out of the draft.
    pub last_version: Option<i64>,
    /// Raised when it is submitted, and when it leaves the draft.
    pub version: i64,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl Attachment {
    /// Whether it is shown to who reads its need in this way.
    pub const fn is_seen_by(&self, reading: &Reading) -> bool {
        match self.purpose {
            AttachmentPurpose::Case => reading.of_draft() || self.first_version.is_some(),
            AttachmentPurpose::Dialogue => reading.is_sender_or_office(),
        }
    }

    /// The attachment as it is met by who reads its need in this way: that it was taken out of the draft is nobody's
    /// business who does not read that, until the need is submitted without it.
    #[must_use]
    pub fn as_met(self, reading: &Reading, newest_submission: Option<i64>) -> Self {
        if reading.of_draft() || self.last_version.is_none() || self.last_version != newest_submission {
            return self;
        }
        Self { last_version: None, version: self.version - 1, ..self }
    }

    /// What removing it comes to. A submission keeps what it was submitted with.
    pub fn removal(&self, need: &Need, reading: &Reading) -> Result<Removal, RemoveError> {
        match self.purpose {
            AttachmentPurpose::Case => {
                if *reading != Reading::Own {
                    return Err(RemoveError::NotYours);
                }
                if !need.state.is_editable() {
                    return Err(RemoveError::WrongState(need.state));
                }
                match (self.first_version, self.last_version, need.submitted_version) {
                    (Some(_), None, Some(n)) => Ok(Removal::FromDraft { last_version: n }),
                    (Some(_), Some(_), _) => Err(RemoveError::AlreadyRemoved),
                    _ => Ok(Removal::Whole),
                }
            }
            AttachmentPurpose::Dialogue if reading.side() == Some(self.side) => Ok(Removal::Whole),
            AttachmentPurpose::Dialogue => Err(RemoveError::NotYours),
        }
    }
}

/// What becomes of an attachment that is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// It is gone.
    Whole,
    /// It leaves the draft, and stays with the submissions up to this one.
    FromDraft {
        /// The number of that submission.
        last_version: i64,
    },
}

/// Why an attachment is not removed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RemoveError {
    /// Another party added it.
    #[error("another party added it")]
    NotYours,
    /// The need is not being written on.
    #[error("it is {0}")]
    WrongState(NeedState),
    /// It left the draft before; what was submitted keeps it.
    #[error("it left the draft before")]
    AlreadyRemoved,
}

/// Why an attachment is not added.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AddError {
    /// Another party does that.
    #[error("another party does that")]
    NotYours,
    /// The need is not being written on.
    #[error("it is {0}")]
    WrongState(NeedState),
    /// There is no dialogue yet.
    #[error(transparent)]
    NeverSubmitted(#[from] NeverSubmitted),
}

/// Which side adds an attachment: for the case the sender alone, while the need is a draft or returned; for the
/// dialogue either side, once it was submitted.
pub fn may_add(purpose: AttachmentPurpose, need: &Need, reading: &Reading) -> Result<DialogueSide, AddError> {
    let side = reading.side().ok_or(AddError::NotYours)?;
    match purpose {
        AttachmentPurpose::Dialogue => may_write(need)?,
        AttachmentPurpose::Case if side != DialogueSide::Sender => return Err(AddError::NotYours),
        AttachmentPurpose::Case if !need.state.is_editable() => return Err(AddError::WrongState(need.state)),
        AttachmentPurpose::Case => {}
    }
    Ok(side)
}

/// How many bytes there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quota {
    /// Of all attachments of a need.
    pub need_bytes: i64,
    /// Of all attachments that an organisation has added.
    pub organisation_bytes: i64,
}

/// How many bytes there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Used {
    /// Of the need's attachments.
    pub need_bytes: i64,
    /// Of the organisation's.
    pub organisation_bytes: i64,
}

/// There is no room for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{used} of {limit} bytes are used")]
pub struct QuotaExceeded {
    /// How many bytes there may be.
    pub limit: i64,
    /// How many there are.
    pub used: i64,
}

impl Quota {
    /// Whether a file of this length has room besides what there is.
    pub fn has_room_for(&self, size: i64, used: Used) -> Result<(), QuotaExceeded> {
        for (limit, used) in [(self.need_bytes, used.need_bytes), (self.organisation_bytes, used.organisation_bytes)] {
            if used.saturating_add(size) > limit {
                return Err(QuotaExceeded { limit, used });
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::needs::rules::example::{Example, orgnr};
    use AttachmentPurpose::{Case, Dialogue};
    use uuid::Uuid;

    fn need(state: NeedState, submitted_version: Option<i64>) -> Need {
        let Example { content, facts, now, .. } = Example::new();
        let county = facts.counties[0].clone();
        let draft = Need::draft(NeedId(Uuid::nil()), orgnr("974760673"), &facts.round, county, content, now);
        Need { state, submitted_version, ..draft }
    }

    fn attachment(purpose: AttachmentPurpose, first_version: Option<i64>) -> Attachment {
        Attachment {
            id: AttachmentId(Uuid::nil()),
            need: NeedId(Uuid::nil()),
            purpose,
            side: DialogueSide::Sender,
            added_by: orgnr("974760673"),
            file_name: FileName::from_store("plan.pdf".to_owned()),
            format: FileFormat::Pdf,
            size_bytes: 10,
            sha256: String::new(),
            first_version,
            last_version: None,
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    fn invited() -> Reading {
        Reading::Invited(orgnr("974760843"))
    }

    #[test]
    fn the_forum_sees_what_was_submitted_for_the_case_and_nothing_else() {
        assert!(attachment(Case, Some(1)).is_seen_by(&Reading::Record));
        assert!(!attachment(Case, None).is_seen_by(&Reading::Record));
        assert!(!attachment(Dialogue, None).is_seen_by(&Reading::Record));
        assert!(attachment(Case, None).is_seen_by(&invited()) && !attachment(Dialogue, None).is_seen_by(&invited()));
        assert!(attachment(Dialogue, None).is_seen_by(&Reading::Office));
        assert!(!attachment(Case, None).is_seen_by(&Reading::Office));
    }

    #[test]
    fn the_sender_adds_to_the_case_while_it_writes() {
        let wrong = |state| Err(AddError::WrongState(state));
        assert_eq!(may_add(Case, &need(NeedState::Draft, None), &Reading::Own), Ok(DialogueSide::Sender));
        assert_eq!(may_add(Case, &need(NeedState::Returned, Some(1)), &Reading::Own), Ok(DialogueSide::Sender));
        assert_eq!(may_add(Case, &need(NeedState::Submitted, Some(1)), &Reading::Own), wrong(NeedState::Submitted));
        for other in [Reading::Office, Reading::Record, invited()] {
            assert_eq!(may_add(Case, &need(NeedState::Draft, None), &other), Err(AddError::NotYours));
        }
    }

    #[test]
    fn either_side_adds_to_the_dialogue_once_there_is_one() {
        let submitted = need(NeedState::Submitted, Some(1));
        assert_eq!(may_add(Dialogue, &submitted, &Reading::Own), Ok(DialogueSide::Sender));
        assert_eq!(may_add(Dialogue, &submitted, &Reading::Office), Ok(DialogueSide::CountyGovernor));
        assert_eq!(may_add(Dialogue, &submitted, &Reading::Record), Err(AddError::NotYours));
        let never = Err(AddError::NeverSubmitted(NeverSubmitted));
        assert_eq!(may_add(Dialogue, &need(NeedState::Draft, None), &Reading::Own), never);
    }

    #[test]
    fn a_submission_keeps_what_it_was_submitted_with() {
        let returned = need(NeedState::Returned, Some(2));
        let kept = Ok(Removal::FromDraft { last_version: 2 });
        assert_eq!(attachment(Case, Some(1)).removal(&returned, &Reading::Own), kept);
        assert_eq!(attachment(Case, None).removal(&returned, &Reading::Own), Ok(Removal::Whole));
        let gone = Attachment { last_version: Some(1), ..attachment(Case, Some(1)) };
        assert_eq!(gone.removal(&returned, &Reading::Own), Err(RemoveError::AlreadyRemoved));
        let submitted = need(NeedState::Submitted, Some(2));
        let wrong = Err(RemoveError::WrongState(NeedState::Submitted));
        assert_eq!(attachment(Case, Some(1)).removal(&submitted, &Reading::Own), wrong);
    }

    #[test]
    fn each_side_removes_its_own_from_the_dialogue() {
        let submitted = need(NeedState::Submitted, Some(1));
        assert_eq!(attachment(Dialogue, None).removal(&submitted, &Reading::Own), Ok(Removal::Whole));
        assert_eq!(attachment(Dialogue, None).removal(&submitted, &Reading::Office), Err(RemoveError::NotYours));
    }

    #[test]
    fn the_last_byte_of_the_quota_is_room_and_one_more_is_not() {
        let quota = Quota { need_bytes: 100, organisation_bytes: 1_000 };
        let used = |need_bytes, organisation_bytes| Used { need_bytes, organisation_bytes };
        assert_eq!(quota.has_room_for(10, used(90, 990)), Ok(()));
        assert_eq!(quota.has_room_for(11, used(90, 0)), Err(QuotaExceeded { limit: 100, used: 90 }));
        assert_eq!(quota.has_room_for(11, used(0, 990)), Err(QuotaExceeded { limit: 1_000, used: 990 }));
        assert!(quota.has_room_for(i64::MAX, used(1, 1)).is_err());
    }
}
