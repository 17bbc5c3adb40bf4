//! `GET /v1/overview`.

use actix_web::{HttpResponse, get, web};
use contract::needs::{OverviewItem as ItemView, OverviewPage, lists};
use domain::area::AreaGroup;
use domain::ids::RoundId;
use domain::municipality::CountyNumber;
use domain::needs::{Balance, NeedState, Participation};
use domain::orgnr::OrgNr;
use persistence::needs::{self, NeedFilter, OverviewItem};
use persistence::reference::ReferenceData;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the overview.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OverviewQuery {
    /// Only needs from this county.
    #[param(value_type = Option<String>, example = "46")]
    county: Option<CountyNumber>,
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
    /// Only needs about this competence area.
    #[param(example = "language_speech")]
    area: Option<String>,
}

impl From<OverviewQuery> for NeedFilter {
    fn from(query: OverviewQuery) -> Self {
        Self {
            states: query.state,
            round: query.round.map(RoundId),
            scheme: query.scheme,
            sender: query.sender,
            county: query.county,
            area: query.area,
            ..Self::default()
        }
    }
}

impl Listed for ItemView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists the submitted needs of a county, side by side.
///
/// For every municipality of the county, for the seats of its forum, the county governor and the directorate: sender,
/// areas, amounts, the balance of special-needs education and inclusive practice, and who takes part. Never a draft,
/// a contact or a message. Who sees a need here does not thereby see the need itself.
#[utoipa::path(
    tag = "needs",
    operation_id = "list_overview",
    params(OverviewQuery),
    responses((status = 200, description = "A page of the overview", body = OverviewPage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<OverviewQuery>) -> Result<HttpResponse, ApiError> {
    let query = query.map(NeedFilter::from);
    let inside = app.clone();
    let source = Source {
        name: "overview.list",
        list: move |reader: &mut _, call: &Call, filter: &NeedFilter, window: &_| {
            let items = needs::overview(reader, call.viewer(), filter, window)?;
            Ok(items.into_iter().map(|item| view(item, &inside.reference)).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &NeedFilter, window: &_| {
            Ok(needs::count_overview(reader, call.viewer(), filter, window)?)
        },
    };
    listing::answer(app, call, query, "/v1/overview", source).await
}

fn view(item: OverviewItem, reference: &ReferenceData) -> ItemView {
    let OverviewItem { need, parties, sender_name, sender_kind } = item;
    let balance = Balance::of(&need.content, |code| group_of(code, reference));
    let participation = Participation::of(&need.content, &parties);
    ItemView {
        id: need.id.0,
        reference: need.reference,
        title: need.content.title,
        state: need.state,
        sender_orgnr: need.sender.to_string(),
        sender_name,
        sender_kind,
        county_number: need.county.to_string(),
        county_governor: need.county_governor,
        round_id: need.round.0,
        scheme: need.scheme,
        amount_nok: need.content.amount.kroner(),
        own_contribution_nok: need.content.own_contribution.kroner(),
        areas: need.content.areas.into_iter().map(|need| need.area).collect(),
        areas_special_needs: balance.special_needs,
        areas_inclusive_practice: balance.inclusive_practice,
        kindergarten: participation.kindergarten,
        school: participation.school,
        ppt: participation.ppt,
        private_owners_joined: participation.private_owners_joined,
        private_owners_declined: participation.private_owners_declined,
        private_owners_silent: participation.private_owners_silent,
        submitted_at: need.submitted_at,
        version: need.version,
        updated_at: need.updated_at,
    }
}

fn group_of(code: &str, reference: &ReferenceData) -> Option<AreaGroup> {
    reference.competence_areas.iter().find(|area| area.code == code)?.area_group.parse().ok()
}
