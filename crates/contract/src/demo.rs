//! The file in which a demo server leaves its clients.

use serde::{Deserialize, Serialize};

/// A client of the demo county, with its secret. The file is a list of them.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoClient {
    /// What it names itself by.
    pub client_id: String,
    /// Its secret, which the server knows only by its digest.
    pub client_secret: String,
    /// The organisation that it acts for.
    pub orgnr: String,
    /// What kind of organisation that is.
    pub organisation_kind: String,
    /// What people call it: the organisation's name, and what the client is for where there are several.
    pub name: String,
    /// What it may ask for.
    pub scopes: Vec<String>,
}
