//! `GET /v1/forums/{id}/composition`.

use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use contract::forum::forums::Composition as CompositionView;
use domain::forum::{Composition, SeatGroup};
use domain::ids::ForumId;
use domain::rulesets::{Ruleset, Rulesets};
use domain::time::oslo_date;
use persistence::forum::seats;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::seen;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::http::query::{Query, invalid_parameter};

/// For when, and by which rules.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CompositionQuery {
    /// The date; today where it is left out.
    #[param(example = "2027-03-10")]
    on: Option<NaiveDate>,
    /// The ruleset that says which groups are required; where it is left out, all those in force on the date.
    #[param(example = "kollektiv-2026")]
    ruleset: Option<String>,
}

/// Tells which groups a forum has.
///
/// Held against the groups that it has to have (F01). A forum that lacks a required group on the day cannot adopt a
/// recommendation, unless a refusal or a vacancy is recorded (F09).
#[utoipa::path(
    tag = "forum",
    operation_id = "get_composition",
    params(("id" = Uuid, Path, description = "The forum's id"), CompositionQuery),
    responses((status = 200, description = "The composition on the date", body = CompositionView)),
    security(("bearer" = ["forum:read"]))
)]
#[get("/{id}/composition")]
pub async fn get(
    app: web::Data<App>,
    call: Call,
    id: web::Path<Uuid>,
    query: Query<CompositionQuery>,
) -> Result<HttpResponse, ApiError> {
    let id = ForumId(id.into_inner());
    let on = query.0.on.unwrap_or_else(|| oslo_date(call.now));
    let rulesets = rulesets(&app.rulesets, query.0.ruleset.as_deref(), on)?;
    let mut required: Vec<SeatGroup> =
        rulesets.iter().flat_map(|ruleset| ruleset.settings.required_groups.value.iter().copied()).collect();
    required.sort_unstable();
    required.dedup();
    let codes: Vec<String> = rulesets.iter().map(|ruleset| ruleset.code.clone()).collect();
    app.read::<_, ApiError>("forum.composition", call, move |reader, call| {
        seen::forum(reader, call.viewer(), id)?;
        let composition = Composition::on(on, &seats::of_forum(reader, id)?, &required);
        Answer::untagged(&CompositionView::of(&composition, on, codes))
    })
    .await
}

fn rulesets<'a>(all: &'a Rulesets, named: Option<&str>, on: NaiveDate) -> Result<Vec<&'a Ruleset>, ApiError> {
    match named {
        Some(code) => {
            let ruleset =
                all.get(code).ok_or_else(|| invalid_parameter("invalid_query", "ruleset", "kollektiv-2026"))?;
            Ok(vec![ruleset])
        }
        None => Ok(all.iter().filter(|ruleset| ruleset.in_force.holds(on)).collect()),
    }
}
