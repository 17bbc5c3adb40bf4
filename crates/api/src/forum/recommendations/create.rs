//! `POST /v1/recommendations`: the secretariat draws a recommendation from what the forum has decided (F08).

use actix_web::{HttpResponse, post, web};
use contract::forum::recommendations::{CreateRecommendation, Recommendation as RecommendationView};
use contract::problem::Fault;
use domain::forum::{Forum, Recommendation, RecommendationState};
use domain::ids::{ForumId, RecommendationId};
use persistence::Reader;
use persistence::forum::recommendations::{self, Season};
use persistence::listing::Window;
use persistence::rounds::{self, RoundFilter};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::records::{self, deed};
use crate::forum::{drawing, seen, views};
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Draws a recommendation.
///
/// With one line per need that the forum has treated and no adopted recommendation holds. While it is a draft it
/// follows the forum: every item decided draws it anew. There is one draft per forum, scheme and year.
#[utoipa::path(
    tag = "forum",
    operation_id = "create_recommendation",
    request_body = CreateRecommendation,
    responses((status = 201, description = "The draft", body = RecommendationView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("")]
pub async fn create(app: web::Data<App>, input: Input<CreateRecommendation>) -> Result<HttpResponse, ApiError> {
    let id = RecommendationId(Uuid::now_v7());
    app.write("recommendation.create", input, move |write: &mut Write<'_, _>, body: &CreateRecommendation| {
        let forum = forum(write, ForumId(body.forum_id))?;
        write.begin()?;
        let now = write.call().now;
        let season = Season { forum: forum.id, scheme: &body.scheme, year: body.year };
        if let Some(draft) = recommendations::find_draft(write, season)? {
            let id = draft.recommendation.id.to_string();
            return Err(ApiError::new("already_exists").with("id", id).into());
        }
        let ruleset = ruleset(write, &forum, body)?;
        let lines = drawing::lines(write, season)?;
        let draft = draft(id, &forum, body, ruleset);
        let stored = recommendations::insert(write, Recommendation { lines, ..draft }, now)?;
        records::recommendation(write, deed("recommendation.create", "created"), None, &stored)?;
        let location = format!("/v1/recommendations/{id}");
        Ok::<_, Stop>(Answer::created(&views::recommendation(&stored), stored.version, location)?)
    })
    .await
}

/// The forum named in the body, its turn taken: one that is hidden is unknown.
fn forum<T>(write: &mut Write<'_, T>, id: ForumId) -> Result<Forum, Stop> {
    let actor = seen::actor(write);
    let unknown = || ApiError::fault(Fault::new("unknown_reference", "/forum_id"));
    persistence::forum::forums::find(write, &actor.viewer, id)?.ok_or_else(unknown)?;
    Ok(seen::forum_to_write(write, id)?.forum)
}

/// The ruleset of the office's newest round of the scheme and year.
fn ruleset(reader: &mut Reader, forum: &Forum, body: &CreateRecommendation) -> Result<String, ApiError> {
    let filter = RoundFilter {
        county_governor: Some(forum.county_governor.clone()),
        scheme: Some(body.scheme.clone()),
        year: Some(body.year),
        ..RoundFilter::default()
    };
    let found = rounds::list(reader, &filter, &Window { limit: 200, ..Window::default() })?;
    let newest = found.into_iter().last().ok_or_else(|| {
        let fault = Fault::new("no_round_of_scheme", "/scheme");
        ApiError::fault(fault.with("scheme", body.scheme.clone()).with("year", body.year))
    })?;
    Ok(newest.round.ruleset)
}

fn draft(id: RecommendationId, forum: &Forum, body: &CreateRecommendation, ruleset: String) -> Recommendation {
    Recommendation {
        id,
        forum: forum.id,
        county_governor: forum.county_governor.clone(),
        scheme: body.scheme.clone(),
        ruleset,
        year: body.year,
        state: RecommendationState::Draft,
        adopted_in: None,
        adopted_at: None,
        absences: Vec::new(),
        lines: Vec::new(),
    }
}
