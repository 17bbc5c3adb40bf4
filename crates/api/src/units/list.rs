//! `GET /v1/units`.

use actix_web::{HttpResponse, get, web};
use contract::needs::lists;
use contract::organisations::{Unit as UnitView, UnitPage};
use domain::municipality::{CountyNumber, MunicipalityNumber};
use domain::organisations::UnitKind;
use domain::orgnr::OrgNr;
use persistence::organisations::{self, UnitFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::{Code, ListQuery};

/// Filters of the list of units.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UnitQuery {
    /// Only units of this kind.
    #[param(value_type = Option<lists::UnitKind>, example = "kindergarten")]
    kind: Option<UnitKind>,
    /// Only units of this owner.
    #[param(value_type = Option<String>, example = "974760673")]
    owner: Option<OrgNr>,
    /// Only units in this municipality.
    #[param(value_type = Option<String>, example = "4601")]
    municipality: Option<MunicipalityNumber>,
    /// Only units in this county.
    #[param(value_type = Option<String>, example = "46")]
    county: Option<CountyNumber>,
    /// Only PPT offices that serve this municipality.
    #[param(value_type = Option<String>, example = "4601")]
    serves: Option<MunicipalityNumber>,
    /// Only private units, or only public ones.
    private: Option<bool>,
    /// Only units in operation, or only those that are not.
    active: Option<bool>,
}

impl Listed for UnitView {
    fn key(&self) -> String {
        self.orgnr.clone()
    }
}

/// Lists units.
///
/// By organisation number; anybody with a token may.
#[utoipa::path(
    tag = "organisations",
    operation_id = "list_units",
    params(UnitQuery),
    responses((status = 200, description = "A page of units", body = UnitPage)),
    security(("bearer" = []))
)]
#[get("")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    query: ListQuery<UnitQuery, Code>,
) -> Result<HttpResponse, ApiError> {
    let query = query.map(UnitFilter::from);
    let source = Source {
        name: "unit.list",
        list: |reader: &mut _, _: &Call, filter: &UnitFilter, window: &_| {
            Ok(organisations::list_units(reader, filter, window)?.iter().map(view).collect())
        },
        count: |reader: &mut _, _: &Call, filter: &UnitFilter, window: &_| {
            Ok(organisations::count_units(reader, filter, window)?)
        },
    };
    listing::answer(app, call, query, "/v1/units", source).await
}

impl From<UnitQuery> for UnitFilter {
    fn from(query: UnitQuery) -> Self {
        Self {
            kind: query.kind,
            owner: query.owner,
            municipality: query.municipality,
            county: query.county,
            serves: query.serves,
            private: query.private,
            active: query.active,
        }
    }
}
