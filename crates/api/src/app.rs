//! What every handler has at hand.

use std::sync::Arc;

use domain::orgnr::Synthetic;
use domain::rulesets::Rulesets;
use persistence::Store;
use persistence::needs::OwnHead;
use persistence::reference::ReferenceData;
use tokio::sync::Notify;

use crate::auth::actors::Actors;
use crate::auth::issuer::Issuer;
use crate::clock::Clock;
use crate::config::Mode;
use crate::error::ApiError;
use crate::http::cursor::CursorSigner;
use crate::http::shown::Shown;
use crate::kartlegging::Uploads;
use crate::metrics::Metrics;
use crate::needs::Attachments;
use crate::objects::Objects;

/// The application: shared by all threads of the server.
pub struct App {
    /// The database.
    pub store: Arc<Store>,
    /// The domain's clock.
    pub clock: Clock,
    /// Demo, test or production.
    pub mode: Mode,
    /// Every ruleset.
    pub rulesets: Rulesets,
    /// County governors, counties, municipalities and competence areas, as loaded at start.
    pub reference: ReferenceData,
    /// Gives tokens and checks them.
    pub issuer: Issuer,
    /// Who callers are, remembered for a short time.
    pub actors: Actors,
    /// Signs the cursors of lists.
    pub cursors: CursorSigner,
    /// What is counted for Prometheus.
    pub metrics: Metrics,
    /// Senders' own needs as they were last shown to them.
    pub own_needs: Shown<OwnHead>,
    /// What uploads share.
    pub uploads: Uploads,
    /// Where the bytes of attachments are.
    pub objects: Objects,
    /// What attachments that are on their way in share.
    pub attachments: Attachments,
    /// Told when events were written, so that they get their positions at once.
    pub events_written: Notify,
}

impl App {
    /// The letters of a county governor's office in references, such as `VL`.
    pub fn short_code(&self, county_governor: &str) -> Result<&str, ApiError> {
        let office = self.reference.county_governors.iter().find(|office| office.code == county_governor);
        let unknown = || ApiError::internal(anyhow::anyhow!("there is no county governor {county_governor}"));
        office.map(|office| office.short_code.as_str()).ok_or_else(unknown)
    }

    /// Whether synthetic organisation numbers are taken.
    pub fn synthetic(&self) -> Synthetic {
        match self.mode {
            Mode::Production => Synthetic::Refused,
            Mode::Demo | Mode::Test => Synthetic::Accepted,
        }
    }
}
