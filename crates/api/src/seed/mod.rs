//! What a database holds from the beginning: its mode, and the reference data.

pub mod demo;
pub mod reference;

use std::fs::OpenOptions;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use anyhow::{Context, ensure};
use persistence::backend::Begin;
use persistence::store::transaction;
use persistence::{Store, StoreError};

use crate::clock::Clock;
use crate::config::Mode;

/// Writes the mode and the reference data, or refuses a database of another mode.
pub fn prepare(store: &Store, mode: Mode) -> anyhow::Result<()> {
    let setup = |error: anyhow::Error| StoreError::Setup(error.to_string());
    let mut connection = store.connect()?;
    let now = Clock::Real.now();
    let written = transaction(&mut connection, Begin::Write, |tx| {
        let written = if let Some(written) = persistence::reference::meta(tx, "mode")? {
            written
        } else {
            persistence::reference::set_meta(tx, "mode", mode.as_str())?;
            mode.as_str().to_owned()
        };
        if persistence::reference::meta(tx, "reference")?.as_deref() != Some(reference::DIGEST.as_str()) {
            let data = reference::data().map_err(setup)?;
            persistence::reference::load(tx, &data, now)?;
            for instrument in reference::instruments(&data.competence_areas).map_err(setup)? {
                persistence::kartlegging::instruments::put(tx, &instrument, now)?;
            }
            persistence::reference::put_meta(tx, "reference", &reference::DIGEST)?;
        }
        Ok::<_, StoreError>(written)
    })?;
    ensure!(
        written == mode.as_str(),
        "this database was made in {written} mode and cannot be used in {} mode; choose another database",
        mode.as_str()
    );
    Ok(())
}

/// Makes a folder that only its owner may enter.
pub fn private_folder(path: &Path) -> anyhow::Result<()> {
    if path.exists() {
        return Ok(());
    }
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("the folder {} cannot be made", path.display()))
}

/// Writes a file that only its owner may read.
pub fn write_private(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        private_folder(folder)?;
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("{} cannot be written", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| format!("{} cannot be written", path.display()))
}
