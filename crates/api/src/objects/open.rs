//! Opening the store that the configuration names, and trying it out.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::prefix::PrefixStore;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload};

use super::Objects;
use crate::config::{Config, Mode};
use crate::seed::private_folder;

impl Objects {
    /// Opens the store. Whether it lets us write is found out by [`Objects::try_out`].
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        let place = config.objects();
        if let Some(folder) = place.strip_prefix("file:") {
            return Self::folder(PathBuf::from(folder), config.mode() == Mode::Production);
        }
        let Some(bucket) = place.strip_prefix("s3://") else {
            bail!("KOMPETANSELOFT_OBJECTS begins with file: or s3://, and is {place:?}");
        };
        let (bucket, prefix) = bucket.split_once('/').unwrap_or((bucket, ""));
        ensure!(!bucket.is_empty(), "KOMPETANSELOFT_OBJECTS names no bucket: write s3://BUCKET or s3://BUCKET/PREFIX");
        let store = bucket_of(config, bucket)?;
        let prefix = Path::parse(prefix).context("the prefix in KOMPETANSELOFT_OBJECTS cannot be used")?;
        let store: Arc<dyn ObjectStore> =
            if prefix == Path::default() { Arc::new(store) } else { Arc::new(PrefixStore::new(store, prefix)) };
        Ok(Self { store, folder: None })
    }

    fn folder(folder: PathBuf, careful: bool) -> anyhow::Result<Self> {
        private_folder(&folder)?;
        let store = LocalFileSystem::new_with_prefix(&folder)
            .with_context(|| format!("attachments cannot be kept in {}", folder.display()))?;
        Ok(Self { store: Arc::new(store.with_fsync(careful)), folder: Some(folder) })
    }

    /// Writes an object and deletes it again, so that a store that does not let us shows at the start.
    pub async fn try_out(&self) -> anyhow::Result<()> {
        let key = Self::fresh_key();
        let written = self.store.put(&Path::from(key.as_str()), PutPayload::from_static(b"kompetanseloft")).await;
        written.context("the store of attachments (KOMPETANSELOFT_OBJECTS) does not let us write")?;
        self.delete(&key).await.context("the store of attachments (KOMPETANSELOFT_OBJECTS) does not let us delete")
    }
}

fn bucket_of(config: &Config, bucket: &str) -> anyhow::Result<object_store::aws::AmazonS3> {
    let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_region(&config.objects_region);
    if let Some(endpoint) = &config.objects_endpoint {
        builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
    }
    if let Some(file) = &config.objects_key_file {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("the key of the store cannot be read from {}", file.display()))?;
        let mut lines = text.lines().map(str::trim);
        let (Some(id), Some(secret)) = (lines.next(), lines.next()) else {
            bail!("{} holds the access key id and its secret, a line each", file.display());
        };
        builder = builder.with_access_key_id(id).with_secret_access_key(secret);
    }
    builder.build().context("the store that KOMPETANSELOFT_OBJECTS names cannot be used")
}
