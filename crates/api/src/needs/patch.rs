//! `PATCH /v1/needs/{id}`: the sender changes its draft.

use actix_web::{HttpResponse, patch, web};
use contract::external_refs::ExternalRef;
use contract::needs::{Need as NeedView, NeedContent, NeedDocument};
use contract::problem::Fault;
use domain::ids::NeedId;
use domain::needs::{Content, Need, Reading};
use domain::orgnr::Synthetic;
use persistence::{Reader, Tx, needs};
use serde_json::{Value, json};
use uuid::Uuid;

use super::fit::fits;
use super::load::{editable, own, round_of};
use super::record::{change, trail, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::patch::Patch;
use crate::http::write::{Stop, Write};

/// Changes a draft or a returned need.
///
/// Takes any members of the document; arrays are replaced whole, null takes a member away. When the measure, its
/// parties or its money change, those who had confirmed are asked again; whoever is no longer named is no longer
/// invited. Takes `If-Match`.
#[utoipa::path(
    tag = "needs",
    operation_id = "update_need",
    params(("id" = Uuid, Path, description = "The need's id")),
    request_body(content = Patch, content_type = "application/merge-patch+json", description = "Members of `NeedDocument`"),
    responses((status = 200, description = "The need as changed", body = NeedView)),
    security(("bearer" = ["needs:write"]))
)]
#[patch("/{id}")]
pub async fn patch(app: web::Data<App>, input: Input<Patch>, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    let inside = app.clone();
    app.write("need.update", input, move |write: &mut Write<'_, _>, patch: &Patch| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = own(write, &viewer, id)?;
        write.begin_on(before.version)?;
        editable(&before)?;
        let document: NeedDocument = patch.apply_to(document_of(write, &before)?)?;
        let content = changed_content(&document, &before, inside.synthetic())?;
        let (round, _) = round_of(write, &inside.rulesets, &before)?;
        fits(write, &before.sender, &round, &document, &content)?;
        let now = write.call().now;
        let after = needs::save_document(write, &Need { content, ..before.clone() }, now)?;
        ask_parties(write, &before, &after, now)?;
        keep_external_refs(write, &after, &document.external_refs)?;
        change(write, &after, "need.update", "updated", &patch.members(), (trail(&before), trail(&after)))?;
        let view = view(write, &after, &Reading::Own, &viewer.orgnr)?;
        Ok(Answer::ok(&view, after.version)?)
    })
    .await
}

/// The document as its sender would have written it whole.
fn document_of(reader: &mut Reader, need: &Need) -> Result<Value, ApiError> {
    let mut document =
        serde_json::to_value(NeedContent::of(&need.content, &Reading::Own)).map_err(ApiError::internal)?;
    let refs = needs::external_refs(reader, need.id, &need.sender)?;
    document["external_refs"] = refs.iter().map(|r| json!({ "system": r.system, "key": r.key })).collect();
    document["round_id"] = json!(need.round.0);
    Ok(document)
}

fn changed_content(document: &NeedDocument, before: &Need, synthetic: Synthetic) -> Result<Content, ApiError> {
    let mut faults = Vec::new();
    if document.round() != before.round {
        faults.push(Fault::new("round_cannot_change", "/round_id"));
    }
    match document.to_content(synthetic) {
        Ok(content) if faults.is_empty() => Ok(content),
        Ok(_) => Err(ApiError::invalid(faults)),
        Err(more) => {
            faults.extend(more);
            Err(ApiError::invalid(faults))
        }
    }
}

/// Holds the invitations to what the document now says.
fn ask_parties(tx: &mut Tx, before: &Need, after: &Need, now: chrono::DateTime<chrono::Utc>) -> Result<(), ApiError> {
    needs::keep_named_parties(tx, after.id, &after.content)?;
    if after.content.asks_again(&before.content) {
        needs::ask_parties_again(tx, after.id, now)?;
    }
    Ok(())
}

/// Keeps the sender's own keys; a key that belongs to another of its needs is refused.
pub(super) fn keep_external_refs(tx: &mut Tx, need: &Need, refs: &[ExternalRef]) -> Result<(), ApiError> {
    let refs: Vec<needs::ExternalRef> =
        refs.iter().map(|r| needs::ExternalRef { system: r.system.clone(), key: r.key.clone() }).collect();
    if let Some((taken, by)) = needs::taken_external_ref(tx, need.id, &need.sender, &refs)? {
        let problem = ApiError::new("already_exists").with("need_id", by.to_string());
        return Err(problem.with("system", taken.system).with("key", taken.key));
    }
    Ok(needs::set_external_refs(tx, need.id, &need.sender, &refs)?)
}
