//! `GET /v1/grants/{id}`.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get, web};
use contract::external_refs::ExternalRef as ExternalRefView;
use contract::funding::grants::{Grant as GrantView, years};
use domain::actor::Viewer;
use domain::funding::decisions::Line;
use domain::ids::GrantId;
use domain::organisations::OrganisationKind;
use persistence::funding::decisions;
use persistence::funding::grants::{self, StoredGrant};
use persistence::needs::ExternalRef;
use persistence::{Reader, StoreError};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::http::write::{Stop, Write};

/// Reads a grant.
///
/// The county governor sees its own grants from the decision on, the directorate all of them; grants are public from
/// notification on.
#[utoipa::path(
    tag = "funding",
    operation_id = "get_grant",
    params(("id" = Uuid, Path, description = "The grant's id")),
    responses((status = 200, description = "The grant", body = GrantView)),
    security(("bearer" = ["funding:read"]))
)]
#[get("/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = GrantId(id.into_inner());
    let inside = call.clone();
    let read = move |reader: &mut Reader| {
        let grant = grants::find(reader, inside.viewer(), id)?.ok_or_else(ApiError::not_found)?;
        Answer::ok(&view(reader, inside.viewer(), &grant)?, grant.version)
    };
    let answer: Result<Answer, ApiError> = app.store.snapshot("grant.get", read).await;
    Ok(answer?.into_response(&call))
}

/// A grant as it is shown to a viewer.
pub(super) fn view(reader: &mut Reader, viewer: &Viewer, grant: &StoredGrant) -> Result<GrantView, StoreError> {
    let mut views = views(reader, viewer, std::slice::from_ref(grant))?;
    views.pop().ok_or_else(|| StoreError::corrupt("grant", "it has no view"))
}

/// Grants as they are shown to a viewer, in the same order.
pub(super) fn views(
    reader: &mut Reader,
    viewer: &Viewer,
    grants: &[StoredGrant],
) -> Result<Vec<GrantView>, StoreError> {
    let ids: Vec<GrantId> = grants.iter().map(|grant| grant.id).collect();
    let lines = decisions::live_lines(reader, &ids)?;
    let mut refs: BTreeMap<GrantId, Vec<ExternalRefView>> = BTreeMap::new();
    for (id, ExternalRef { system, key }) in grants::external_refs(reader, &viewer.orgnr, &ids)? {
        refs.entry(id).or_default().push(ExternalRefView { system, key });
    }
    let none = Vec::new();
    let shown = grants.iter().map(|grant| {
        let lines = lines.get(&grant.id).unwrap_or(&none);
        view_of(grant, lines, refs.remove(&grant.id).unwrap_or_default())
    });
    Ok(shown.collect())
}

fn view_of(grant: &StoredGrant, lines: &[Line], external_refs: Vec<ExternalRefView>) -> GrantView {
    GrantView {
        id: grant.id.0,
        reference: grant.reference.clone(),
        need_id: grant.need.0,
        county_governor: grant.county_governor.clone(),
        county_number: grant.county_number.clone(),
        scheme: grant.scheme.clone(),
        ruleset: grant.ruleset.clone(),
        year: grant.year,
        sender_orgnr: grant.sender.to_string(),
        title: grant.title.clone(),
        state: grant.state,
        outcome: grant.outcome,
        amount_nok: grant.amount.kroner(),
        years: years(lines),
        decided_at: grant.decided_at,
        notified_at: grant.notified_at,
        external_refs,
        version: grant.version,
        created_at: grant.created_at,
        updated_at: grant.updated_at,
    }
}

/// The grant with the lines of its live decision, where the caller is a party to it: its office, the directorate,
/// its sender, a recipient. Others may see a notified grant, but not its decisions, payments and reports.
pub(in crate::funding) fn find_as_party(
    reader: &mut Reader,
    viewer: &Viewer,
    id: GrantId,
) -> Result<(StoredGrant, Vec<Line>), ApiError> {
    let grant = grants::find(reader, viewer, id)?.ok_or_else(ApiError::not_found)?;
    let lines = decisions::live_lines(reader, &[id])?.remove(&id).unwrap_or_default();
    let is_party = viewer.kind == OrganisationKind::Directorate
        || is_own(&grant, viewer)
        || grant.sender == viewer.orgnr
        || lines.iter().any(|line| line.recipient == viewer.orgnr);
    if is_party { Ok((grant, lines)) } else { Err(ApiError::not_found()) }
}

/// The grant, where the caller is the office that decided it.
pub(super) fn find_own<T>(write: &mut Write<'_, T>, id: GrantId) -> Result<StoredGrant, Stop> {
    let viewer = write.call().viewer().clone();
    let grant = grants::find(write, &viewer, id)?.ok_or_else(ApiError::not_found)?;
    if is_own(&grant, &viewer) { Ok(grant) } else { Err(ApiError::not_yours().into()) }
}

/// Whether the viewer is the office that decided the grant.
pub(super) fn is_own(grant: &StoredGrant, viewer: &Viewer) -> bool {
    viewer.county_governor.as_ref() == Some(&grant.county_governor)
}
