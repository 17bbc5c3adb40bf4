//! `GET /v1/needs`.

use actix_web::{HttpResponse, get, web};
use contract::needs::{NeedItem as ItemView, NeedPage, lists};
use domain::ids::RoundId;
use domain::municipality::CountyNumber;
use domain::needs::NeedState;
use domain::orgnr::OrgNr;
use domain::search::SearchTerms;
use persistence::needs::{self, NeedFilter, NeedItem};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of needs.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NeedQuery {
    /// Only needs in this state; repeat it for several.
    #[serde(default)]
    #[param(value_type = Vec<lists::NeedState>, example = json!(["submitted"]))]
    state: Vec<NeedState>,
    /// Only needs of this round.
    round: Option<Uuid>,
    /// Only needs of this scheme.
    #[param(example = "kollektiv")]
    scheme: Option<String>,
    /// Only needs of this sender.
    #[param(value_type = Option<String>, example = "974760673")]
    sender: Option<OrgNr>,
    /// Only needs from this county.
    #[param(value_type = Option<String>, example = "46")]
    county: Option<CountyNumber>,
    /// Only needs about this competence area.
    #[param(example = "language_speech")]
    area: Option<String>,
    /// Only the need with this reference.
    #[param(example = "B-2026-VL-0012")]
    reference: Option<String>,
    /// Only needs for which you keep a key in this system.
    #[param(example = "elements")]
    external_system: Option<String>,
    /// Only needs for which you keep this key.
    #[param(example = "2026/1234")]
    external_key: Option<String>,
    /// Only needs with all these words, or words that begin so, in title, description, goals, expected benefit,
    /// reference or the sender's name, as the caller reads them. Capitals and marks do not matter: `barnehage` finds
    /// `barnehåge`, and the other way round.
    #[param(value_type = Option<String>, example = "språk barnehage", min_length = 1, max_length = 200)]
    q: Option<SearchTerms>,
}

impl Listed for ItemView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists needs.
///
/// Those that the caller may read, oldest first: own needs, those it is invited to and those shared with a network of
/// which it is a member, also as drafts; submitted ones for the county governor, the forum's seats and the directorate.
#[utoipa::path(
    tag = "needs",
    operation_id = "list_needs",
    params(NeedQuery),
    responses((status = 200, description = "A page of needs", body = NeedPage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<NeedQuery>) -> Result<HttpResponse, ApiError> {
    let query = query.map(NeedFilter::from);
    let source = Source {
        name: "need.list",
        list: |reader: &mut _, call: &Call, filter: &NeedFilter, window: &_| {
            let items = needs::list(reader, call.viewer(), filter, window)?;
            Ok(items.into_iter().map(view).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &NeedFilter, window: &_| {
            Ok(needs::count(reader, call.viewer(), filter, window)?)
        },
    };
    listing::answer(app, call, query, "/v1/needs", source).await
}

impl From<NeedQuery> for NeedFilter {
    fn from(query: NeedQuery) -> Self {
        Self {
            states: query.state,
            round: query.round.map(RoundId),
            scheme: query.scheme,
            sender: query.sender,
            county: query.county,
            area: query.area,
            reference: query.reference,
            external_system: query.external_system,
            external_key: query.external_key,
            terms: query.q,
        }
    }
}

fn view(item: NeedItem) -> ItemView {
    ItemView {
        id: item.id.0,
        reference: item.reference,
        title: item.title,
        state: item.state,
        amount_nok: item.amount.map(domain::money::Nok::kroner),
        sender_orgnr: item.sender.to_string(),
        sender_name: item.sender_name,
        round_id: item.round.0,
        scheme: item.scheme,
        county_governor: item.county_governor,
        county_number: item.county.to_string(),
        submitted_at: item.submitted_at,
        version: item.version,
        created_at: item.created_at,
        updated_at: item.updated_at,
    }
}
