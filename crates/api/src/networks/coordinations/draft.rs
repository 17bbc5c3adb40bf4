//! `POST /v1/networks/{id}/coordinations/{cid}/draft`: needs that belong together become one draft of their lead (N14).

use actix_web::{HttpResponse, post, web};
use contract::needs::Need as NeedView;
use contract::networks::DraftCoordination;
use domain::ids::{CoordinationId, NeedId, NetworkId};
use domain::needs::{Content, Need, Reading};
use domain::networks::{Coordination, CoordinationCommand, JointDraft, Part};
use persistence::networks::StoredNetwork;
use persistence::networks::coordinations::{self, StoredCoordination};
use persistence::{needs, networks};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};
use crate::needs::{create, load};
use crate::networks::{record, seen};

/// Turns a coordination into a joint draft.
///
/// Its lead's to do, once: the draft is the lead's need, shared with the network, and names the other senders as
/// participants, who each confirm. It takes areas, units, partners and words from the needs that belong together, and
/// says which they are. Money, anchoring and what the needs have been answered are left to the lead. Those needs go on
/// as they are; their senders withdraw or delete them.
#[utoipa::path(
    tag = "networks",
    operation_id = "draft_coordination",
    params(
        ("id" = Uuid, Path, description = "The network's id"),
        ("cid" = Uuid, Path, description = "The coordination's id"),
    ),
    request_body = DraftCoordination,
    responses((status = 201, description = "The joint draft", body = NeedView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/coordinations/{cid}/draft")]
pub async fn draft(
    app: web::Data<App>,
    input: Input<DraftCoordination>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (network, coordination) = path.into_inner();
    let (network, coordination) = (NetworkId(network), CoordinationId(coordination));
    let title = input.body.read(app.synthetic()).map_err(ApiError::invalid)?;
    let id = NeedId(Uuid::now_v7());
    app.write(
        "coordination.draft",
        input,
        move |write: &mut Write<'_, _>, body: &DraftCoordination| -> Result<Answer, Stop> {
            let stored = seen::in_turn(write, network)?;
            let before = seen::coordination(write, network, coordination)?;
            let viewer = write.call().viewer().clone();
            if before.coordination.lead.as_ref() != Some(&viewer.orgnr) {
                return Err(ApiError::not_yours().into());
            }
            write.begin()?;
            check_state(&before.coordination)?;
            let content = joint_content(write, &before.coordination, title.as_deref())?;
            let sender = load::organisation_of(write, &viewer)?;
            let round = create::open_round(write, body.round())?;
            let county = create::county_in(write, &sender, &round)?;
            let need = Need::draft(id, sender.orgnr, &round, county, content, write.call().now);
            let need = keep(write, &stored, &before, need)?;
            let view = crate::needs::record::view(write, &need, &Reading::Own, &viewer.orgnr)?;
            Ok(Answer::created(&view, need.version, format!("/v1/needs/{id}"))?)
        },
    )
    .await
}

/// One joint draft at a time: while one is alive, 409 says which.
fn check_state(coordination: &Coordination) -> Result<(), ApiError> {
    match (coordination.state().apply(CoordinationCommand::Draft), coordination.draft) {
        (Ok(_), _) => Ok(()),
        (Err(_), Some(alive)) if !coordination.is_closed => {
            Err(ApiError::new("already_exists").with("need_id", alive.to_string()))
        }
        (Err(error), _) => Err(ApiError::state(error.state)),
    }
}

/// What the needs say together, each as the lead may read it.
fn joint_content<T>(
    write: &mut Write<'_, T>,
    coordination: &Coordination,
    title: Option<&str>,
) -> Result<Content, ApiError> {
    let viewer = write.call().viewer().clone();
    let mut parts = Vec::new();
    for id in &coordination.needs {
        let (need, _) = load::visible(write, &viewer, *id)?;
        let sender_name = needs::sender_of(write, &need.sender)?.name;
        parts.push(Part { sender: need.sender, sender_name, content: need.content });
    }
    let joint = JointDraft::of(coordination.clone(), viewer.orgnr, parts);
    let joint = joint.ok_or_else(|| ApiError::new("coordination_without_needs"))?;
    let built_from = contract::texts::label(joint.language(), "joint_draft", "built_from").unwrap_or_default();
    Ok(joint.content(title, built_from))
}

/// Keeps the joint draft: as the lead's need, shared with the network, with its way back to the coordination.
fn keep<T>(
    write: &mut Write<'_, T>,
    stored: &StoredNetwork,
    before: &StoredCoordination,
    need: Need,
) -> Result<Need, Stop> {
    let (network, id, now) = (stored.network.id, before.coordination.id, write.call().now);
    let need = Need { coordination: Some(id), shared_with: vec![network], ..need };
    needs::insert(write, &need)?;
    coordinations::insert_joint_draft(write, id, need.id)?;
    networks::share(write, need.id, network, now)?;
    let coordination = Coordination { draft: Some(need.id), ..before.coordination.clone() };
    let after = coordinations::save(write, &StoredCoordination { coordination, ..before.clone() }, now)?;
    crate::needs::record::begun(write, &need)?;
    record::coordination(
        write,
        &stored.network,
        ("coordination.draft", "drafted"),
        &["state", "draft_need_id"],
        Some(before),
        &after,
    )?;
    Ok(need)
}
