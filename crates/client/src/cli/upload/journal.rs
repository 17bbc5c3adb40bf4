//! The note that an upload keeps beside its file, so that the next run goes on with the same batch.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where the note is, and for what.
pub(super) struct Journal {
    file: PathBuf,
    task: String,
}

#[derive(Serialize, Deserialize)]
struct Note {
    task: String,
    batch: Uuid,
}

impl Journal {
    /// The note of a file for one task: server, client, instrument, period and mode.
    pub(super) fn beside(file: &Path, task: String) -> Self {
        let mut name = file.file_name().unwrap_or_default().to_owned();
        name.push(".upload");
        Self { file: file.with_file_name(name), task }
    }

    /// The batch that an earlier run began, if it was about the same.
    pub(super) fn batch(&self) -> anyhow::Result<Option<Uuid>> {
        let text = match std::fs::read_to_string(&self.file) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            text => text.with_context(|| format!("{} cannot be read", self.file.display()))?,
        };
        // A note that cannot be read was cut off while it was written: then nothing was begun with it.
        let note = serde_json::from_str::<Note>(&text).ok();
        Ok(note.filter(|note| note.task == self.task).map(|note| note.batch))
    }

    /// Notes the batch before anything is put into it.
    pub(super) fn note(&self, batch: Uuid) -> anyhow::Result<()> {
        let note = serde_json::to_string(&Note { task: self.task.clone(), batch })?;
        std::fs::write(&self.file, note).with_context(|| format!("{} cannot be written", self.file.display()))
    }

    /// Takes the note away: the upload has come to its end.
    pub(super) fn forget(&self) -> anyhow::Result<()> {
        match std::fs::remove_file(&self.file) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(error).with_context(|| format!("{} cannot be removed", self.file.display()))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_found_again_by_the_same_task_only() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("rows.csv");
        let journal = Journal::beside(&file, "one".to_owned());
        assert_eq!(journal.batch().unwrap(), None);
        let batch = Uuid::now_v7();
        journal.note(batch).unwrap();
        assert_eq!(journal.batch().unwrap(), Some(batch));
        assert_eq!(Journal::beside(&file, "other".to_owned()).batch().unwrap(), None);
        journal.forget().unwrap();
        journal.forget().unwrap();
        assert_eq!(journal.batch().unwrap(), None);
    }

    #[test]
    fn a_note_that_was_cut_off_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("rows.csv");
        std::fs::write(folder.path().join("rows.csv.upload"), "{\"task\":").unwrap();
        assert_eq!(Journal::beside(&file, "one".to_owned()).batch().unwrap(), None);
    }
}
