//! `GET /v1/organisations`.

use actix_web::{HttpResponse, get, web};
use contract::organisations::{Organisation as OrganisationView, OrganisationPage, lists};
use domain::municipality::{CountyNumber, MunicipalityNumber};
use domain::organisations::OrganisationKind;
use persistence::organisations::{self, OrganisationFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::{Code, ListQuery};

/// Filters of the list of organisations.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrganisationQuery {
    /// Only organisations of this kind.
    #[param(value_type = Option<lists::OrganisationKind>, example = "university")]
    kind: Option<OrganisationKind>,
    /// Only those that are, or lie in, this municipality.
    #[param(value_type = Option<String>, example = "4601")]
    municipality: Option<MunicipalityNumber>,
    /// Only those that are, or lie in, this county.
    #[param(value_type = Option<String>, example = "46")]
    county: Option<CountyNumber>,
    /// Only those that take part today, or only those that do not.
    active: Option<bool>,
}

impl Listed for OrganisationView {
    fn key(&self) -> String {
        self.orgnr.clone()
    }
}

/// Lists organisations.
///
/// By organisation number; anybody with a token may.
#[utoipa::path(
    tag = "organisations",
    operation_id = "list_organisations",
    params(OrganisationQuery),
    responses((status = 200, description = "A page of organisations", body = OrganisationPage)),
    security(("bearer" = []))
)]
#[get("")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    query: ListQuery<OrganisationQuery, Code>,
) -> Result<HttpResponse, ApiError> {
    let query = query.map(|query| {
        let OrganisationQuery { kind, municipality, county, active } = query;
        OrganisationFilter { kind, municipality, county, active }
    });
    let source = Source {
        name: "organisation.list",
        list: |reader: &mut _, _: &Call, filter: &OrganisationFilter, window: &_| {
            Ok(organisations::list(reader, filter, window)?.iter().map(view).collect())
        },
        count: |reader: &mut _, _: &Call, filter: &OrganisationFilter, window: &_| {
            Ok(organisations::count(reader, filter, window)?)
        },
    };
    listing::answer(app, call, query, "/v1/organisations", source).await
}
