//! Clients as actors: each organisation with its own client, token and connection.

use domain::actor::Scope;
use domain::organisations::{Organisation, OrganisationKind};
use domain::orgnr::{OrgNr, Synthetic, check_digit};
use persistence::StoreError;
use persistence::auth::Client;
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use super::server::TestServer;

/// Somebody who calls the API.
#[derive(Clone)]
pub struct Actor {
    /// The organisation number.
    pub orgnr: String,
    token: Option<String>,
    base: String,
    http: reqwest::Client,
}

/// An answer, read whole.
#[derive(Debug, Clone)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: reqwest::header::HeaderMap,
    /// The body as text.
    pub text: String,
}

impl Answer {
    /// The body as JSON; null where it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// A header, empty where it is missing.
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The problem's code.
    pub fn code(&self) -> String {
        self.json()["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Codes and places of all faults.
    pub fn faults(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let errors = self.json()["errors"].as_array().cloned().unwrap_or_default();
        let mut faults: Vec<_> = errors.iter().map(|e| (text(&e["code"]), text(&e["pointer"]))).collect();
        faults.sort();
        faults
    }

    /// Asserts the status, showing the body where it is another.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The id of what was answered.
    pub fn id(&self) -> String {
        self.json()["id"].as_str().unwrap_or_else(|| panic!("no id in {}", self.text)).to_owned()
    }

    /// The version of what was answered, as `If-Match` takes it.
    pub fn tag(&self) -> String {
        self.header("etag")
    }
}

impl Actor {
    pub(super) fn anonymous(base: &str) -> Self {
        Self { orgnr: String::new(), token: None, base: base.to_owned(), http: http() }
    }

    /// The same actor with another token, for tests of access itself.
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// A request, for tests that set headers of their own.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a request and reads its answer whole.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, text: response.text().await.unwrap() }
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    /// `POST` with a JSON body.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    /// `POST` of a transition on a version.
    pub async fn transition(&self, path: &str, tag: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).header("If-Match", tag).json(&body)).await
    }

    /// `PUT` with a JSON body on a version.
    pub async fn put(&self, path: &str, tag: &str, body: Value) -> Answer {
        self.send(self.request(Method::PUT, path).header("If-Match", tag).json(&body)).await
    }

    /// `PUT` with a JSON body where nothing is yet.
    pub async fn put_new(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PUT, path).header("If-None-Match", "*").json(&body)).await
    }

    /// `PATCH` with a merge patch on a version.
    pub async fn patch(&self, path: &str, tag: &str, body: Value) -> Answer {
        self.send(self.request(Method::PATCH, path).header("If-Match", tag).json(&body)).await
    }

    /// `DELETE` of a version.
    pub async fn delete(&self, path: &str, tag: &str) -> Answer {
        self.send(self.request(Method::DELETE, path).header("If-Match", tag)).await
    }
}

/// A client whose connections go before the server lets go of them, so that no request meets a closing one.
pub(super) fn http() -> reqwest::Client {
    reqwest::Client::builder().pool_idle_timeout(std::time::Duration::from_secs(1)).build().unwrap()
}

/// All scopes that one client may hold together and a case system would ask for.
pub const ALL_READ_WRITE: [Scope; 5] =
    [Scope::NeedsWrite, Scope::KartleggingWrite, Scope::ForumWrite, Scope::FundingWrite, Scope::EventsRead];

/// A synthetic organisation number: the n-th one of those that have a check digit.
pub fn synthetic_orgnr(n: u32) -> OrgNr {
    let valid = (31_000_000_u32..).filter_map(|first_eight| {
        let digits: Vec<u8> = first_eight.to_string().bytes().map(|b| b - b'0').collect();
        let check = check_digit(digits.as_slice().try_into().unwrap())?;
        Some(format!("{first_eight}{check}"))
    });
    OrgNr::parse(&valid.skip(n as usize).step_by(1).next().unwrap(), Synthetic::Accepted).unwrap()
}

impl TestServer {
    /// An organisation that is in the register, with a client of its own.
    pub async fn join(&self, organisation: Organisation, scopes: &[Scope]) -> Actor {
        let orgnr = organisation.orgnr.clone();
        let at = self.app.clock.now();
        let work = move |tx: &mut persistence::Tx| persistence::organisations::insert(tx, &organisation, at);
        self.app.store.write::<_, StoreError, _>("test.join", work).await.unwrap();
        self.client(&orgnr, "client", scopes).await
    }

    /// One more client of an organisation.
    pub async fn client(&self, orgnr: &OrgNr, name: &str, scopes: &[Scope]) -> Actor {
        let id = format!("{orgnr}-{name}");
        let client = Client {
            id: id.clone(),
            name: name.to_owned(),
            orgnr: orgnr.clone(),
            secret_hash: String::new(),
            scopes: scopes.to_vec(),
            active: true,
        };
        let at = self.app.clock.now();
        let work = move |tx: &mut persistence::Tx| persistence::auth::insert_client(tx, &client, at);
        self.app.store.write::<_, StoreError, _>("test.client", work).await.unwrap();
        let token = self.app.issuer.issue(&id, orgnr, scopes).unwrap();
        Actor { orgnr: orgnr.to_string(), token: Some(token), ..self.anonymous() }
    }

    /// The county governor of Vestland.
    pub async fn county_governor(&self) -> Actor {
        let organisation = organisation(0, OrganisationKind::CountyGovernor, "Statsforvaltaren i Vestland");
        let organisation = Organisation { county_governor: Some("vestland".to_owned()), ..organisation };
        self.join(organisation, &ALL_READ_WRITE).await
    }

    /// A municipality of Vestland: Bergen.
    pub async fn municipality(&self) -> Actor {
        let organisation = organisation(1, OrganisationKind::Municipality, "Bergen kommune");
        let organisation = Organisation { municipality: Some("4601".parse().unwrap()), ..organisation };
        self.join(organisation, &ALL_READ_WRITE).await
    }
}

/// An organisation in Vestland that nothing else is known of.
pub fn organisation(n: u32, kind: OrganisationKind, name: &str) -> Organisation {
    Organisation {
        orgnr: synthetic_orgnr(n),
        name: name.to_owned(),
        kind,
        municipality: None,
        county: Some("46".parse().unwrap()),
        county_governor: None,
        language_decision: None,
        active: true,
    }
}
