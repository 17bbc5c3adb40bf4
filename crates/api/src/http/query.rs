//! Query parameters: an unknown one is 400, a malformed one too, each named.

use std::fmt::{self, Display};
use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use chrono::{DateTime, Utc};
use contract::problem::Fault;
use persistence::listing::Window;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::filters;

/// Parameters of an operation that is no list. `T` denies unknown fields.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(parse(req.query_string(), "invalid_query").map(Self))
    }
}

/// Parameters of an operation that is no list but has filters as lists have them. `T` denies unknown fields. An `area` is
/// left to the operation to check.
#[derive(Debug, Clone)]
pub struct Filters<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Filters<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(req))
    }
}

impl<T: DeserializeOwned> Filters<T> {
    fn of(req: &HttpRequest) -> Result<Self, ApiError> {
        let mut filters: Vec<(String, String)> = parse(req.query_string(), "invalid_query")?;
        // What has no list may be asked about an indicator as well as an area, and whose it is the store alone knows.
        filters::settle(app(req)?, filters.iter_mut().filter(|(name, _)| name != "area"))?;
        parse(&serde_html_form::to_string(&filters).map_err(ApiError::internal)?, "unknown_filter").map(Self)
    }
}

fn app(req: &HttpRequest) -> Result<&web::Data<App>, ApiError> {
    req.app_data().ok_or_else(|| ApiError::internal(anyhow::anyhow!("no app")))
}

/// Parameters of a list: its own filters, and those that every list knows. `I` is what its items are identified by.
#[derive(Debug, Clone)]
pub struct ListQuery<F, I = Uuid> {
    /// The list's own filters.
    pub filter: F,
    /// Which part of it, one row more than is shown.
    pub window: Window,
    /// Rows that a page shows.
    pub limit: usize,
    /// Whether to count the whole list.
    pub include_total: bool,
    /// What its cursors are bound to.
    pub(crate) bound_to: String,
    /// The query without its cursor, for the link to the next page.
    pub(crate) own_query: String,
    identified: PhantomData<I>,
}

/// An identifier that is a number or code, not an id of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code(String);

impl FromStr for Code {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        let fits = (1..=64).contains(&text.len()) && text.bytes().all(plain);
        fits.then(|| Self(text.to_owned())).ok_or(())
    }
}

impl Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Rows of a page unless asked for otherwise.
const DEFAULT_LIMIT: i64 = 50;
/// Rows of a page at the most, and ids in a batch get.
const MAX_LIMIT: i64 = 200;

impl<F: DeserializeOwned, I: FromStr + Display> FromRequest for ListQuery<F, I> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(req))
    }
}

impl<F: DeserializeOwned, I: FromStr + Display> ListQuery<F, I> {
    fn of(req: &HttpRequest) -> Result<Self, ApiError> {
        let call = Call::of(req)?;
        let app = app(req)?;
        let pairs: Vec<(String, String)> = parse(req.query_string(), "invalid_query")?;
        let (common, mut own): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| is_common(name));
        filters::settle(app, &mut own)?;
        let mut kept = own.clone();
        kept.extend(common.iter().filter(|(name, _)| name != "cursor").cloned());
        kept.sort();
        let own_query = serde_html_form::to_string(&kept).map_err(ApiError::internal)?;
        // How long pages are, and whether to count, may change from page to page; what the list holds may not.
        let held = kept.iter().filter(|(name, _)| !matches!(name.as_str(), "limit" | "include_total"));
        let held = serde_html_form::to_string(held.collect::<Vec<_>>()).map_err(ApiError::internal)?;
        let bound_to = format!("{} {} {held}", call.viewer().orgnr, req.path());
        let filter = parse(&serde_html_form::to_string(&own).map_err(ApiError::internal)?, "unknown_filter")?;
        let common = Common::read::<I>(&common)?;
        let after = match common.cursor {
            Some(cursor) => Some(app.cursors.open(&cursor, &bound_to).ok_or_else(|| ApiError::new("invalid_cursor"))?),
            None => None,
        };
        let window = Window { after, limit: common.limit + 1, updated_since: common.updated_since, ids: common.ids };
        let limit = usize::try_from(common.limit).map_err(ApiError::internal)?;
        Ok(Self {
            filter,
            window,
            limit,
            include_total: common.include_total,
            bound_to,
            own_query,
            identified: PhantomData,
        })
    }
}

impl<F, I> ListQuery<F, I> {
    /// The same list with its own filters as the store takes them.
    pub fn map<G>(self, read: impl FnOnce(F) -> G) -> ListQuery<G> {
        let Self { filter, window, limit, include_total, bound_to, own_query, .. } = self;
        let filter = read(filter);
        ListQuery { filter, window, limit, include_total, bound_to, own_query, identified: PhantomData }
    }
}

fn is_common(name: &str) -> bool {
    matches!(name, "limit" | "cursor" | "updated_since" | "id" | "include_total")
}

#[derive(Default)]
struct Common {
    limit: i64,
    cursor: Option<String>,
    updated_since: Option<DateTime<Utc>>,
    ids: Vec<String>,
    include_total: bool,
}

impl Common {
    fn read<I: FromStr + Display>(pairs: &[(String, String)]) -> Result<Self, ApiError> {
        let mut common = Self { limit: DEFAULT_LIMIT, ..Self::default() };
        for (name, value) in pairs {
            let wrong = |expected: &str| invalid_parameter("invalid_query", name, expected);
            match name.as_str() {
                "limit" => {
                    common.limit = value
                        .parse()
                        .ok()
                        .filter(|limit| (1..=MAX_LIMIT).contains(limit))
                        .ok_or_else(|| wrong("1–200"))?;
                }
                "cursor" => common.cursor = Some(value.clone()),
                "updated_since" => {
                    let at = DateTime::parse_from_rfc3339(value).map_err(|_| wrong("2026-11-21T12:00:00Z"))?;
                    common.updated_since = Some(at.with_timezone(&Utc));
                }
                "id" => common.ids.push(value.parse::<I>().map_err(|_| wrong("id"))?.to_string()),
                _ => common.include_total = value.parse().map_err(|_| wrong("true / false"))?,
            }
        }
        if common.ids.len() > usize::try_from(MAX_LIMIT).unwrap_or(usize::MAX) {
            return Err(invalid_parameter("invalid_query", "id", "at most 200"));
        }
        Ok(common)
    }
}

/// A parameter whose value cannot be read.
pub fn invalid_parameter(code: &'static str, name: &str, expected: &str) -> ApiError {
    let fault = Fault::new("invalid_value", name).with("name", name).with("expected", expected);
    ApiError::new(code).because(fault)
}

fn parse<T: DeserializeOwned>(query: &str, unknown: &'static str) -> Result<T, ApiError> {
    if let Some(name) = with_nul(query) {
        return Err(ApiError::new("invalid_query").because(Fault::new("unreadable_value", &*name).with("name", &*name)));
    }
    serde_html_form::from_str(query).map_err(|error| fault_in::<T>(query, unknown, &error.to_string()))
}

/// The first parameter with a NUL character, which no text of ours has and a database may refuse.
fn with_nul(query: &str) -> Option<String> {
    if !query.contains("%00") {
        return None;
    }
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    let found = pairs.into_iter().find(|(name, value)| name.contains('\0') || value.contains('\0'));
    found.map(|(name, _)| name.replace('\0', ""))
}

/// Which parameter is at fault and how. The library tells it in English, and seldom which one: so each is read alone.
fn fault_in<T: DeserializeOwned>(query: &str, unknown: &'static str, told: &str) -> ApiError {
    let named = |code, name: &str| Fault::new(code, name).with("name", name);
    if let Some(name) = quoted_after(told, "unknown field `") {
        return ApiError::new(unknown).because(named("unknown_parameter", name));
    }
    let problem = ApiError::new("invalid_query");
    if let Some(name) = quoted_after(told, "missing field `") {
        return problem.because(named("missing_parameter", name));
    }
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    let unreadable = pairs.iter().find_map(|pair| {
        let alone = serde_html_form::to_string([pair]).ok()?;
        let told = serde_html_form::from_str::<T>(&alone).err()?.to_string();
        let lacks_others = told.contains("missing field");
        (!lacks_others).then_some((&pair.0, told))
    });
    let repeated =
        || pairs.iter().enumerate().find(|(i, (name, _))| pairs[..*i].iter().any(|(other, _)| other == name));
    match (unreadable, repeated()) {
        (Some((name, told)), _) => match expected(&told) {
            Some(expected) => invalid_parameter("invalid_query", name, &expected),
            None => problem.because(named("unreadable_value", name)),
        },
        (None, Some((_, (name, _)))) => problem.because(named("repeated_parameter", name)),
        (None, None) => problem,
    }
}

/// The word between backticks after a marker.
fn quoted_after<'a>(told: &'a str, marker: &str) -> Option<&'a str> {
    told.split_once(marker)?.1.split('`').next()
}

/// What a reader expected, where its words tell: the codes of a list, an id, a number, a date.
fn expected(told: &str) -> Option<String> {
    let codes: Vec<&str> =
        told.split_once("expected").map_or(told, |(_, after)| after).split('`').skip(1).step_by(2).collect();
    if !codes.is_empty() {
        return Some(codes.join(" / "));
    }
    let forms = [("UUID", "01936b0e-7c1a-7000-8000-1234567890ab"), ("digit", "123"), ("input", "2026-11-21")];
    forms.iter().find(|(word, _)| told.contains(word)).map(|(_, form)| (*form).to_owned())
}
