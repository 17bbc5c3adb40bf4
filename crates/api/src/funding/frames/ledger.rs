//! `GET /v1/frames/{id}/ledger`: what a frame holds, what is spoken for, what is left (G01).

use actix_web::{HttpResponse, get, web};
use contract::funding::frames::{FrameLedger, FrameLedgerEntry};
use domain::funding::frames::Ledger;
use domain::ids::FrameId;
use domain::money::Nok;
use persistence::Reader;
use persistence::funding::frames::{self, StoredFrame};
use persistence::funding::ledger::{self, Entry};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a frame's ledger.
///
/// What its sources hold, what adopted recommendations reserve, what live decisions use, and what is left: in sum,
/// and need by need.
#[utoipa::path(
    tag = "funding",
    operation_id = "get_frame_ledger",
    params(("id" = Uuid, Path, description = "The frame's id")),
    responses((status = 200, description = "The ledger", body = FrameLedger)),
    security(("bearer" = ["funding:read"]))
)]
#[get("/{id}/ledger")]
pub async fn get_ledger(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = FrameId(id.into_inner());
    let inside = call.clone();
    let read = move |reader: &mut Reader| {
        let frame = frames::find(reader, inside.viewer(), id)?.ok_or_else(ApiError::not_found)?;
        let entries = ledger::entries(reader, &frame)?;
        Answer::ok(&view(&frame, &entries), frame.version)
    };
    let answer: Result<Answer, ApiError> = app.store.snapshot("frame.ledger", read).await;
    Ok(answer?.into_response(&call))
}

fn view(frame: &StoredFrame, entries: &[Entry]) -> FrameLedger {
    let ledger = Ledger::new(frame.total(), entries.iter().map(|entry| (entry.need, entry.claim)).collect());
    let sum = |of: fn(&Entry) -> Nok| Nok::total(entries.iter().map(of)).unwrap_or(Nok::MAX).kroner();
    FrameLedger {
        frame_id: frame.id.0,
        county_governor: frame.county_governor.clone(),
        scheme: frame.scheme.clone(),
        year: frame.year,
        sources_nok: ledger.sources().kroner(),
        reserved_nok: ledger.reserved().kroner(),
        used_nok: ledger.used().kroner(),
        committed_nok: ledger.committed().kroner(),
        left_nok: ledger.left().kroner(),
        conditional_nok: sum(|entry| entry.conditional),
        sent_nok: sum(|entry| entry.sent),
        entries: entries.iter().map(entry_view).collect(),
    }
}

fn entry_view(entry: &Entry) -> FrameLedgerEntry {
    let reserved = if entry.claim.decided.is_some() { Nok::ZERO } else { entry.claim.recommended };
    FrameLedgerEntry {
        need_id: entry.need.0,
        recommendation_id: entry.recommendation.map(|id| id.0),
        grant_id: entry.grant.map(|id| id.0),
        reserved_nok: reserved.kroner(),
        used_nok: entry.claim.decided.unwrap_or_default().kroner(),
        conditional_nok: entry.conditional.kroner(),
        sent_nok: entry.sent.kroner(),
    }
}
