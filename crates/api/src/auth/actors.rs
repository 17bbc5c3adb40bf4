//! Who a token stands for, remembered for at most half a minute, so that most calls need no look-up.

use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use domain::actor::{Actor, Scope};
use domain::orgnr::OrgNr;
use domain::time::oslo_date;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use crate::app::App;
use crate::auth::issuer::{Claims, seconds_now};
use crate::error::ApiError;

/// What is remembered of a token.
#[derive(Clone)]
struct Known {
    actor: Arc<Actor>,
    expires: u64,
}

/// Remembers callers by the digest of their token.
pub struct Actors(Cache<[u8; 32], Known>);

/// As long may a change of an organisation's kind or seats go unnoticed by another process.
const REMEMBERED: Duration = Duration::from_secs(30);

impl Default for Actors {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(50_000).time_to_live(REMEMBERED).build())
    }
}

impl Actors {
    /// Forgets everybody; called where kinds, seats or clients change.
    pub fn forget_all(&self) {
        self.0.invalidate_all();
    }
}

fn unauthenticated() -> ApiError {
    ApiError::new("unauthenticated").header("WWW-Authenticate", "Bearer")
}

/// The caller behind a token: signature, time, and the organisation in our own register.
pub async fn authenticate(app: &web::Data<App>, token: &str) -> Result<Arc<Actor>, ApiError> {
    let digest: [u8; 32] = Sha256::digest(token).into();
    if let Some(known) = app.actors.0.get(&digest)
        && known.expires > seconds_now()
    {
        return Ok(known.actor);
    }
    let claims = app.issuer.check(token).ok_or_else(unauthenticated)?;
    let expires = claims.exp;
    let actor = Arc::new(actor_of(app, claims).await?);
    app.actors.0.insert(digest, Known { actor: Arc::clone(&actor), expires });
    Ok(actor)
}

async fn actor_of(app: &web::Data<App>, claims: Claims) -> Result<Actor, ApiError> {
    let parse = |number: &str| OrgNr::parse(number, app.synthetic()).ok();
    let orgnr = claims.consumer.number().and_then(parse).ok_or_else(unauthenticated)?;
    let today = oslo_date(app.clock.now());
    let (looked_for, client_id) = (orgnr.clone(), claims.client_id.clone());
    let found = app.store.snapshot("actor", move |reader| {
        let client = persistence::auth::find_client(reader, &client_id)?;
        let viewer = persistence::auth::find_viewer(reader, &looked_for, today)?;
        Ok::<_, ApiError>(viewer.filter(|_| client.is_some_and(|client| client.active)))
    });
    let viewer = found.await?.ok_or_else(unauthenticated)?;
    // A scope that we do not know belongs to somebody else's service.
    let scopes: Vec<Scope> = claims.scope.split_whitespace().filter_map(|scope| scope.parse().ok()).collect();
    Ok(Actor {
        viewer,
        issuer: claims.iss,
        client_id: claims.client_id,
        person: claims.sub,
        supplier: claims.supplier.and_then(|supplier| supplier.number().map(str::to_owned)),
        scopes,
    })
}
