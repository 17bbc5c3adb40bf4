//! `GET /v1/needs/{id}/versions/{n}`.

use actix_web::{HttpResponse, get, web};
use contract::needs::{NeedContent, NeedVersion, PartyAnswer, PrivateOwnerAnswer};
use contract::problem::FindingView;
use domain::ids::NeedId;
use domain::needs::{PartyRole, Reading};
use persistence::needs::{self, Submitted};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::needs::check::in_words;
use crate::needs::load::{round_of, visible};

/// Reads a submission of a need.
///
/// What the need said then, who had answered what, and the warnings that stood. It never changes.
#[utoipa::path(
    tag = "needs",
    operation_id = "get_need_version",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("n" = i64, Path, description = "The submission's number, from 1"),
    ),
    responses((status = 200, description = "The submission", body = NeedVersion)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/versions/{n}")]
pub async fn get(app: web::Data<App>, call: Call, path: web::Path<(Uuid, i64)>) -> Result<HttpResponse, ApiError> {
    let (id, n) = path.into_inner();
    let inside = app.clone();
    app.read::<_, ApiError>("need_version.get", call, move |reader, call| {
        let (need, reading) = visible(reader, call.viewer(), NeedId(id))?;
        let mut submitted = needs::find_version(reader, need.id, n)?.ok_or_else(ApiError::not_found)?;
        let (_, ruleset) = round_of(reader, &inside.rulesets, &need)?;
        let findings = reading.narrow_findings(std::mem::take(&mut submitted.findings));
        let findings = in_words(&findings, &submitted.content, ruleset, call.language);
        Answer::ok(&view(submitted, &reading, findings), n)
    })
    .await
}

/// A submission as far as the reader may see it, with what the rules said in words.
pub(super) fn view(submitted: Submitted, reading: &Reading, findings: Vec<FindingView>) -> NeedVersion {
    // Statped answers beside the partners, as it does while the need is written.
    let answers = |roles: &[PartyRole]| {
        let parties = roles.iter().flat_map(|role| submitted.parties.in_role(*role));
        parties.map(|party| PartyAnswer { orgnr: party.orgnr.to_string(), state: party.state }).collect()
    };
    let partner_answers = answers(&[PartyRole::Partner, PartyRole::Statped]);
    let participant_answers = answers(&[PartyRole::Participant]);
    let owners = submitted.parties.private_owners.into_iter();
    NeedVersion {
        need_id: submitted.need.0,
        n: submitted.n,
        submitted_at: submitted.submitted_at,
        content: NeedContent::of(&reading.narrow(submitted.content), reading),
        partner_answers,
        participant_answers,
        private_owner_answers: owners
            .map(|owner| PrivateOwnerAnswer {
                orgnr: owner.orgnr.to_string(),
                invited_on: owner.answer.invited_on,
                answer: owner.answer.counts_as(),
            })
            .collect(),
        findings,
    }
}
