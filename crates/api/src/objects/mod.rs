//! Where bytes are kept that are no rows: a folder, or a store that speaks S3.
//!
//! Bytes are written under a fresh random key before the row that refers to them is committed, so a row never lacks its
//! bytes. What no row refers to is swept after a while: see [`sweep`].

mod open;
pub mod sweep;

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use actix_web::web::Bytes;
use chrono::{DateTime, Utc};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::buffered::BufWriter;
use object_store::path::Path;
use object_store::{Error as StoreError, ObjectStore, ObjectStoreExt};
use tokio::io::AsyncWriteExt;

use crate::error::ApiError;

/// Bytes that are held in memory while an object is written: the least that S3 takes as a part.
const PART_BYTES: usize = 5 * 1_024 * 1_024;

/// The store of objects.
#[derive(Debug, Clone)]
pub struct Objects {
    store: Arc<dyn ObjectStore>,
    /// Where the store is a folder: the folder.
    folder: Option<PathBuf>,
}

/// An object as a listing tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its key.
    pub key: String,
    /// When it was written, by the store's own clock.
    pub written_at: DateTime<Utc>,
}

impl Objects {
    /// A key that nobody can guess and nothing is kept under yet.
    pub fn fresh_key() -> String {
        let key = hex::encode(rand::random::<[u8; 16]>());
        format!("{}/{key}", &key[..2])
    }

    /// Writes a file, from its beginning, piece by piece. Either all of it is there afterwards or nothing.
    pub async fn put(&self, key: &str, file: File) -> Result<(), ApiError> {
        let mut file = tokio::fs::File::from_std(file);
        tokio::io::AsyncSeekExt::rewind(&mut file).await.map_err(ApiError::internal)?;
        let mut writer = BufWriter::with_capacity(Arc::clone(&self.store), Path::from(key), PART_BYTES);
        let written = match tokio::io::copy(&mut file, &mut writer).await {
            Ok(_) => writer.shutdown().await,
            Err(error) => Err(error),
        };
        if let Err(error) = written {
            let _ = writer.abort().await;
            return Err(away(error));
        }
        Ok(())
    }

    /// Reads an object as it comes.
    pub async fn get(&self, key: &str) -> Result<BoxStream<'static, Result<Bytes, StoreError>>, ApiError> {
        match self.store.get(&Path::from(key)).await {
            Ok(found) => Ok(found.into_stream()),
            Err(error @ StoreError::NotFound { .. }) => Err(ApiError::internal(error)),
            Err(error) => Err(away(error)),
        }
    }

    /// Every object, in no order.
    pub fn list(&self) -> BoxStream<'static, Result<Listed, StoreError>> {
        let listed =
            |meta: object_store::ObjectMeta| Listed { key: meta.location.into(), written_at: meta.last_modified };
        self.store.list(None).map_ok(listed).boxed()
    }

    /// Deletes an object; it is no fault if it is gone already.
    pub async fn delete(&self, key: &str) -> Result<(), StoreError> {
        match self.store.delete(&Path::from(key)).await {
            Ok(()) | Err(StoreError::NotFound { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// The store cannot be reached, or does not take what we send: try again later.
fn away(error: impl Into<anyhow::Error>) -> ApiError {
    ApiError { cause: Some(error.into()), ..ApiError::new("unavailable") }.header("Retry-After", "5")
}
