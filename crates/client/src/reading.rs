//! Reading what kartlegging asks and adds up to.

use bytes::Bytes;
use contract::kartlegging::KartleggingSummary;
use reqwest::Method;

use crate::client::{Client, Request};
use crate::error::Error;

/// Names and values of a query; what has no value is left out.
pub type Wanted<'a> = [(&'a str, Option<&'a str>)];

impl Client {
    /// A template of an instrument, as it is to be written to a file.
    pub async fn template(&self, instrument: &str, wanted: &Wanted<'_>) -> Result<Bytes, Error> {
        let path = format!("/v1/kartlegging/instruments/{instrument}/template?{}", query(wanted)?);
        Ok(self.send(&Request::new(Method::GET, &path)).await?.1)
    }

    /// A summary of kartlegging.
    pub async fn summary(&self, wanted: &Wanted<'_>) -> Result<KartleggingSummary, Error> {
        self.get(&format!("/v1/kartlegging/summary?{}", query(wanted)?)).await
    }
}

fn query(wanted: &Wanted<'_>) -> Result<String, Error> {
    let given: Vec<(&str, &str)> = wanted.iter().filter_map(|(name, value)| Some((*name, (*value)?))).collect();
    serde_html_form::to_string(given).map_err(|e| Error::Setup(e.to_string()))
}
