//! Tokens: asked for when the first call needs one, kept, and renewed before they end.

use std::time::{Duration, Instant};

use serde::Deserialize;
use tokio::sync::Mutex;

use crate::credentials::Credentials;
use crate::error::Error;

/// Renewed so long before its end, so that no request is under way with a token that ends.
const MARGIN: Duration = Duration::from_mins(1);

/// The token that is in use.
#[derive(Default)]
pub(crate) struct TokenCache(Mutex<Option<Token>>);

struct Token {
    text: String,
    renew_at: Instant,
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    expires_in: u64,
}

#[derive(Deserialize)]
struct Refusal {
    error: String,
    #[serde(default)]
    error_description: String,
}

impl TokenCache {
    /// The token, a new one where there is none that lasts.
    pub(crate) async fn get(
        &self,
        http: &reqwest::Client,
        server: &str,
        credentials: &Credentials,
    ) -> Result<String, Error> {
        let mut kept = self.0.lock().await;
        if let Some(token) = kept.as_ref().filter(|token| Instant::now() < token.renew_at) {
            return Ok(token.text.clone());
        }
        let answer = ask(http, server, credentials).await?;
        let lasts = Duration::from_secs(answer.expires_in).saturating_sub(MARGIN);
        *kept = Some(Token { text: answer.access_token.clone(), renew_at: Instant::now() + lasts });
        Ok(answer.access_token)
    }

    /// Forgets a token that the server no longer takes.
    pub(crate) async fn forget(&self, refused: &str) {
        self.0.lock().await.take_if(|token| token.text == refused);
    }
}

async fn ask(http: &reqwest::Client, server: &str, credentials: &Credentials) -> Result<Answer, Error> {
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", &credentials.client_id),
        ("client_secret", &credentials.client_secret),
    ];
    let unreachable = |e: reqwest::Error| Error::Unreachable {
        server: server.to_owned(),
        cause: cause_of(&e),
        not_begun: true, // A second token does no harm.
    };
    let url = format!("{server}/oauth/token");
    let response = http.post(&url).form(&form).send().await.map_err(unreachable)?;
    let status = response.status();
    let body = response.bytes().await.map_err(unreachable)?;
    if status.is_success() {
        return serde_json::from_slice(&body).map_err(|e| Error::Unexpected {
            url,
            status: status.as_u16(),
            cause: e.to_string(),
        });
    }
    Err(match serde_json::from_slice::<Refusal>(&body) {
        Ok(refusal) => Error::NoToken {
            client_id: credentials.client_id.clone(),
            reason: format!("{} ({})", refusal.error_description, refusal.error),
        },
        Err(_) => Error::Unexpected { url, status: status.as_u16(), cause: "this is no token".to_owned() },
    })
}

/// The innermost cause, which says what happened; the outer ones only name the address again.
pub(crate) fn cause_of(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
