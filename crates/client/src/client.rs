//! Calls: JSON in, JSON out, with everything that a careful caller sends along.

use std::time::Duration;

use backon::Retryable as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use contract::problem::Problem;
use domain::language::Language;
use reqwest::header::{
    ACCEPT_LANGUAGE, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, IF_MATCH, IF_NONE_MATCH,
    RETRY_AFTER,
};
use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::credentials::Credentials;
use crate::error::Error;
use crate::retry::{may_repeat, pause, pauses};
use crate::token::{TokenCache, cause_of};

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");

/// How often a request is sent again: for a second or two.
const ATTEMPTS: usize = 4;
const PATIENT_ATTEMPTS: usize = 10;

/// A caller of one server, with one client's credentials.
pub struct Client {
    server: String,
    credentials: Credentials,
    http: reqwest::Client,
    token: TokenCache,
    /// How often a request is sent again.
    attempts: usize,
}

/// A request that can be sent more than once.
pub(crate) struct Request {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether twice is as good as once.
    pub(crate) repeatable: bool,
}

impl Request {
    /// A request without a body. Reads may be repeated.
    pub(crate) fn new(method: Method, path: &str) -> Self {
        let repeatable = method == Method::GET;
        Self { method, path: path.to_owned(), headers: HeaderMap::new(), body: Bytes::new(), repeatable }
    }

    /// The same with a key that makes repeating it harmless.
    pub(crate) fn once(mut self) -> Self {
        self.header(IDEMPOTENCY_KEY, &Uuid::now_v7().to_string());
        self.repeatable = true;
        self
    }

    fn on_version(mut self, version: i64) -> Self {
        self.header(IF_MATCH, &format!("\"{version}\""));
        self
    }

    pub(crate) fn json<B: Serialize + ?Sized>(mut self, body: &B) -> Result<Self, Error> {
        let bytes = serde_json::to_vec(body).map_err(|e| Error::Setup(format!("the body cannot be written: {e}")))?;
        self.body = bytes.into();
        self.header(CONTENT_TYPE, "application/json");
        Ok(self)
    }

    /// The same with rows as its body, and the digest by which the server sees that they came whole.
    pub(crate) fn content(mut self, content: Bytes, content_type: &str, is_gzip: bool) -> Self {
        self.header(CONTENT_TYPE, content_type);
        if is_gzip {
            self.header(CONTENT_ENCODING, "gzip");
        }
        self.header(CONTENT_DIGEST, &format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(&content))));
        self.body = content;
        self
    }

    pub(crate) fn header(&mut self, name: HeaderName, value: &str) {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
    }
}

#[derive(Deserialize)]
struct Page<T> {
    items: Vec<T>,
    next_cursor: Option<String>,
}

impl Client {
    /// A client of the server at an address such as `http://127.0.0.1:8080`; its texts come in `language`.
    pub fn new(server: &str, credentials: Credentials, language: Language) -> Result<Self, Error> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(language.as_str()));
        let http = reqwest::Client::builder()
            .default_headers(headers)
            .connect_timeout(Duration::from_secs(10))
            .read_timeout(Duration::from_mins(2))
            .build()
            .map_err(|e| Error::Setup(format!("HTTP cannot be used on this machine: {}", cause_of(&e))))?;
        let server = server.trim_end_matches('/').to_owned();
        Ok(Self { server, credentials, http, token: TokenCache::default(), attempts: ATTEMPTS })
    }

    /// The same for work that nobody sits and waits for: it is sent again for about half a minute, so that it outlasts a
    /// server that is started anew.
    #[must_use]
    pub fn patient(self) -> Self {
        Self { attempts: PATIENT_ATTEMPTS, ..self }
    }

    /// The client's id.
    pub fn client_id(&self) -> &str {
        &self.credentials.client_id
    }

    /// A token that lasts for a minute at least.
    pub async fn token(&self) -> Result<String, Error> {
        let ask = || self.token.get(&self.http, &self.server, &self.credentials);
        ask.retry(pauses(self.attempts)).when(|e| may_repeat(e, true)).adjust(pause).await
    }

    /// Reads a resource.
    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Error> {
        self.json(Request::new(Method::GET, path)).await
    }

    /// Reads a list to its end, page by page. The path may have filters.
    pub async fn list<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, Error> {
        let joint = if path.contains('?') { '&' } else { '?' };
        let mut items = Vec::new();
        let mut next = format!("{path}{joint}limit=200");
        loop {
            let page: Page<T> = self.get(&next).await?;
            items.extend(page.items);
            match page.next_cursor {
                Some(cursor) => next = format!("{path}{joint}limit=200&cursor={cursor}"),
                None => return Ok(items),
            }
        }
    }

    /// Makes something new.
    pub async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, Error> {
        self.json(Request::new(Method::POST, path).once().json(body)?).await
    }

    /// Changes the state of something, as it stood in a version.
    pub async fn transition<T: DeserializeOwned>(
        &self,
        path: &str,
        version: i64,
        body: &impl Serialize,
    ) -> Result<T, Error> {
        self.json(Request::new(Method::POST, path).once().on_version(version).json(body)?).await
    }

    /// Replaces something, as it stood in a version.
    pub async fn put<T: DeserializeOwned>(&self, path: &str, version: i64, body: &impl Serialize) -> Result<T, Error> {
        self.json(Request::new(Method::PUT, path).on_version(version).json(body)?).await
    }

    /// Puts something where nothing is yet.
    pub async fn put_new<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, Error> {
        let mut request = Request::new(Method::PUT, path).json(body)?;
        request.header(IF_NONE_MATCH, "*");
        self.json(request).await
    }

    /// Changes members of something, as it stood in a version: a JSON merge patch.
    pub async fn patch<T: DeserializeOwned>(
        &self,
        path: &str,
        version: i64,
        body: &impl Serialize,
    ) -> Result<T, Error> {
        self.json(Request::new(Method::PATCH, path).on_version(version).json(body)?).await
    }

    /// `DELETE` of a version.
    pub async fn delete(&self, path: &str, version: i64) -> Result<(), Error> {
        self.send(&Request::new(Method::DELETE, path).on_version(version)).await.map(drop)
    }

    /// Sends a request and reads its answer as JSON.
    pub(crate) async fn json<T: DeserializeOwned>(&self, request: Request) -> Result<T, Error> {
        let (status, body) = self.send(&request).await?;
        serde_json::from_slice(&body).map_err(|e| self.unexpected(&request, status, &e))
    }

    /// Sends a request, again where that may help, and reads its answer whole.
    pub(crate) async fn send(&self, request: &Request) -> Result<(StatusCode, Bytes), Error> {
        let attempt = || self.attempt(request);
        attempt.retry(pauses(self.attempts)).when(|e| may_repeat(e, request.repeatable)).adjust(pause).await
    }

    /// One attempt; a second one only where the token has ended meanwhile.
    async fn attempt(&self, request: &Request) -> Result<(StatusCode, Bytes), Error> {
        let token = self.token.get(&self.http, &self.server, &self.credentials).await?;
        match self.exchange(request, &token).await {
            Err(error) if error.code() == Some("unauthenticated") => {
                self.token.forget(&token).await;
                let token = self.token.get(&self.http, &self.server, &self.credentials).await?;
                self.exchange(request, &token).await
            }
            other => other,
        }
    }

    async fn exchange(&self, request: &Request, token: &str) -> Result<(StatusCode, Bytes), Error> {
        let unreachable = |e: reqwest::Error| Error::Unreachable {
            server: self.server.clone(),
            cause: cause_of(&e),
            not_begun: e.is_connect(),
        };
        let sent = self
            .http
            .request(request.method.clone(), self.url(request))
            .headers(request.headers.clone())
            .bearer_auth(token)
            .body(request.body.clone())
            .send();
        let response = sent.await.map_err(unreachable)?;
        let status = response.status();
        let seconds = response.headers().get(RETRY_AFTER).and_then(|v| v.to_str().ok()?.parse().ok());
        let body = response.bytes().await.map_err(unreachable)?;
        if status.is_success() {
            return Ok((status, body));
        }
        let problem: Problem = serde_json::from_slice(&body).map_err(|e| self.unexpected(request, status, &e))?;
        Err(Error::Problem { problem: Box::new(problem), retry_after: seconds.map(Duration::from_secs) })
    }

    fn url(&self, request: &Request) -> String {
        format!("{}{}", self.server, request.path)
    }

    fn unexpected(&self, request: &Request, status: StatusCode, cause: &serde_json::Error) -> Error {
        Error::Unexpected { url: self.url(request), status: status.as_u16(), cause: cause.to_string() }
    }
}
