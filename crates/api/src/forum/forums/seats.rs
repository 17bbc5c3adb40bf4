//! `GET /v1/forums/{id}/seats`.

use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use contract::forum::forums::{Seat, SeatPage};
use contract::forum::lists;
use domain::forum::SeatGroup;
use domain::ids::ForumId;
use persistence::forum::seats::{self, SeatFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::{seen, views};
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of seats.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SeatQuery {
    /// Only seats of this group.
    #[param(value_type = Option<lists::SeatGroup>, example = "union")]
    group: Option<SeatGroup>,
    /// Only seats that count on this date.
    #[param(example = "2027-03-10")]
    on: Option<NaiveDate>,
}

impl Listed for Seat {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists the seats of a forum.
///
/// Of all times, vacant ones included, unless filtered by date.
#[utoipa::path(
    tag = "forum",
    operation_id = "list_seats",
    params(("id" = Uuid, Path, description = "The forum's id"), SeatQuery),
    responses((status = 200, description = "A page of seats", body = SeatPage)),
    security(("bearer" = ["forum:read"]))
)]
#[get("/{id}/seats")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    id: web::Path<Uuid>,
    query: ListQuery<SeatQuery>,
) -> Result<HttpResponse, ApiError> {
    let id = ForumId(id.into_inner());
    let source = Source {
        name: "seat.list",
        list: move |reader: &mut _, call: &Call, filter: &SeatQuery, window: &_| {
            seen::forum(reader, call.viewer(), id)?;
            Ok(seats::list(reader, id, &filter.into(), window)?.iter().map(views::seat).collect())
        },
        count: move |reader: &mut _, _: &Call, filter: &SeatQuery, window: &_| {
            Ok(seats::count(reader, id, &filter.into(), window)?)
        },
    };
    listing::answer(app, call, query, &format!("/v1/forums/{id}/seats"), source).await
}

impl From<&SeatQuery> for SeatFilter {
    fn from(query: &SeatQuery) -> Self {
        Self { group: query.group, on: query.on }
    }
}
