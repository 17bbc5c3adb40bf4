//! Uploading kartlegging in parts: what broke off goes on where it stopped, and nothing is sent or counted twice.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::time::Duration;

use contract::kartlegging::{Batch, BatchPart, CommitBatch, CreateBatch};
use flate2::Compression;
use flate2::write::GzEncoder;
use reqwest::Method;
use reqwest::header::IF_MATCH;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::client::{Client, Request};
use crate::error::Error;
use crate::split::Part;

/// Between two looks at a batch that is being worked at.
const PAUSE: Duration = Duration::from_secs(1);

/// The digest by which a part is known, in hexadecimal.
pub fn digest_of(part: &Part) -> String {
    hex::encode(Sha256::digest(&part.content))
}

/// The parts that a batch has, with their digests.
pub fn parts_of(batch: &Batch) -> BTreeMap<u32, String> {
    batch.parts.iter().map(|part| (part.part, part.digest.clone())).collect()
}

/// Whether nothing happens to a batch any more.
pub fn has_ended(batch: &Batch) -> bool {
    !matches!(batch.state.as_str(), "open" | "receiving" | "processing")
}

impl Client {
    /// Opens a batch.
    pub async fn open_batch(&self, new: &CreateBatch) -> Result<Batch, Error> {
        self.post("/v1/kartlegging/batches", new).await
    }

    /// The batch as it is now.
    pub async fn batch(&self, id: Uuid) -> Result<Batch, Error> {
        self.get(&path_of(id)).await
    }

    /// Puts a part, packed; as often as it takes, since the same part again is harmless.
    pub async fn put_part(&self, batch: Uuid, part: &Part, content_type: &str) -> Result<BatchPart, Error> {
        let mut request = Request::new(Method::PUT, &format!("{}/parts/{}", path_of(batch), part.number));
        request.repeatable = true;
        self.json(request.content(pack(&part.content)?.into(), content_type, true)).await
    }

    /// Commits a batch of so many parts and waits until it has ended.
    pub async fn commit_batch(&self, batch: Uuid, parts: u32) -> Result<Batch, Error> {
        let mut request = Request::new(Method::POST, &format!("{}/commit", path_of(batch))).once();
        request.header(IF_MATCH, "*");
        let committed: Batch = self.json(request.json(&CommitBatch { parts })?).await?;
        self.until_ended(committed).await
    }

    /// The batch once it has ended.
    pub async fn until_ended(&self, mut batch: Batch) -> Result<Batch, Error> {
        while !has_ended(&batch) {
            tokio::time::sleep(PAUSE).await;
            batch = self.batch(batch.id).await?;
        }
        Ok(batch)
    }

    /// Gives a batch up.
    pub async fn cancel_batch(&self, batch: &Batch) -> Result<(), Error> {
        self.delete(&path_of(batch.id), batch.version).await
    }
}

fn path_of(batch: Uuid) -> String {
    format!("/v1/kartlegging/batches/{batch}")
}

fn pack(content: &[u8]) -> Result<Vec<u8>, Error> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    let packed = packer.write_all(content).and_then(|()| packer.finish());
    packed.map_err(|e| Error::Setup(format!("the rows cannot be packed: {e}")))
}
