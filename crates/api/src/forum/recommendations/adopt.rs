//! `POST /v1/recommendations/{id}/adopt`: the forum adopts its recommendation (F08, F09).

use actix_web::{HttpResponse, post, web};
use contract::forum::recommendations::{AdoptRecommendation, Recommendation as RecommendationView};
use contract::funding::frames::problem_of;
use contract::problem::Fault;
use domain::forum::{
    Composition, Floor, GroupAbsence, ItemCommand, ItemSubject, Quorum, Recommendation, check_composition,
};
use domain::ids::{AgendaItemId, RecommendationId};
use domain::rulesets::Rulesets;
use domain::time::oslo_date;
use persistence::forum::items::{self, StoredItem};
use persistence::forum::meetings::StoredMeeting;
use persistence::forum::recommendations;
use persistence::funding::{frames, ledger};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::hall::Hall;
use crate::forum::records::{self, deed};
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Adopts a recommendation.
///
/// In the item on it, which is in treatment and is thereby decided. It takes a quorum at this instant, agreement or a
/// vote that carried, and a properly composed forum: each required group has a filled voting seat and somebody in the
/// room, or its refusal, or a vacancy with a renewed invitation, is recorded with reason. The sum keeps within what is
/// left in the frame. Needs `If-Match`.
#[utoipa::path(
    tag = "forum",
    operation_id = "adopt_recommendation",
    params(("id" = Uuid, Path, description = "The recommendation's id")),
    request_body = AdoptRecommendation,
    responses((status = 200, description = "The adopted recommendation", body = RecommendationView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/adopt")]
pub async fn adopt(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    input: Input<AdoptRecommendation>,
) -> Result<HttpResponse, ApiError> {
    let id = RecommendationId(id.into_inner());
    let rules = app.clone();
    app.write("recommendation.adopt", input, move |write: &mut Write<'_, _>, body: &AdoptRecommendation| {
        let before = seen::recommendation_to_write(write, id)?;
        write.begin_on(before.version)?;
        let now = write.call().now;
        let (item, meeting) = item_in_treatment(write, &before.recommendation, AgendaItemId(body.agenda_item_id))?;
        let absences: Vec<GroupAbsence> = body.absences.iter().cloned().map(Into::into).collect();
        let quorum = check_floor(write, &rules.rulesets, &before.recommendation, &item, body, &absences)?;
        let mut after = before.clone();
        after.recommendation.adopt(item.item.id, absences, now).map_err(ApiError::from)?;
        charge_frames(write, &after.recommendation)?;
        let mut ended = item.clone();
        ended.item.adopt(body.decided_by, quorum, meeting.meeting.state, now).map_err(ApiError::from)?;
        let ended = items::update(write, ended, now)?;
        let after = recommendations::update(write, after, now)?;
        records::item(write, deed("agenda_item.adopt", "decided"), Some(&item), &ended)?;
        records::recommendation(write, deed("recommendation.adopt", "adopted"), Some(&before), &after)?;
        Ok::<_, Stop>(Answer::ok(&views::recommendation(&after), after.version)?)
    })
    .await
}

/// The item on this recommendation, which the forum has taken up.
fn item_in_treatment<T>(
    write: &mut Write<'_, T>,
    recommendation: &Recommendation,
    id: AgendaItemId,
) -> Result<(StoredItem, StoredMeeting), Stop> {
    let actor = seen::actor(write);
    let unknown = || ApiError::fault(Fault::new("unknown_reference", "/agenda_item_id"));
    let item = items::find(write, &actor.viewer, id)?.ok_or_else(unknown)?;
    if item.item.subject != ItemSubject::Recommendation(recommendation.id) {
        return Err(unknown().into());
    }
    let meeting = seen::meeting(write, &actor.viewer, item.item.meeting)?;
    item.item.after(ItemCommand::Adopt, meeting.meeting.state).map_err(ApiError::from)?;
    Ok((item, meeting))
}

/// Quorate, agreed or voted (F03, F05), and properly composed (F09). Nobody is recused on this item (F04).
fn check_floor<T>(
    write: &mut Write<'_, T>,
    rulesets: &Rulesets,
    recommendation: &Recommendation,
    item: &StoredItem,
    body: &AdoptRecommendation,
    absences: &[GroupAbsence],
) -> Result<Quorum, Stop> {
    let (actor, now) = (seen::actor(write), write.call().now);
    let forum = seen::forum(write, &actor.viewer, recommendation.forum)?.forum;
    let hall = Hall::of(write, &item.item)?;
    let quorum = hall.quorum(&forum, now);
    let floor = Floor { quorum: &quorum, conflicts: &hall.conflicts, vote: item.item.vote.as_ref() };
    floor.check(None, body.decided_by).map_err(ApiError::from)?;
    let ruleset = rulesets.get(&recommendation.ruleset).ok_or_else(|| {
        ApiError::internal(anyhow::anyhow!("the ruleset {} is not known any more", recommendation.ruleset))
    })?;
    let today = oslo_date(now);
    let composition = Composition::on(today, &hall.seats, &ruleset.settings.required_groups.value);
    let faults = check_composition(&composition, &hall.room(now).groups_in_the_room(), absences, today);
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults.into_iter().map(Fault::from).collect()).into());
    }
    Ok(quorum)
}

/// Charges what the lines claim to the frames of their years, each held until the transaction ends (G01).
fn charge_frames<T>(write: &mut Write<'_, T>, recommendation: &Recommendation) -> Result<(), Stop> {
    let now = write.call().now;
    for (year, lines) in recommendation.claims() {
        let frame = frames::raise(write, &recommendation.county_governor, &recommendation.scheme, year, now)?
            .ok_or_else(|| ApiError::new("frame_missing").with("year", year))?;
        ledger::ledger(write, &frame)?.recommend(&lines).map_err(|error| {
            let (code, figures) = problem_of(error);
            let problem = ApiError::new(code).with("year", year);
            figures.into_iter().fold(problem, |problem, (name, kroner)| problem.with(name, kroner))
        })?;
    }
    Ok(())
}
