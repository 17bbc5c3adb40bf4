//! `POST /v1/kartlegging/responses/take-over`: a unit's owner takes the responses about it over (K03).

use actix_web::{HttpResponse, post, web};
use contract::kartlegging::{TakeOver as TakeOverView, TakeOverRequest, TakeOvers};
use contract::problem::Fault;
use domain::event::{Subject, SubjectKind};
use domain::kartlegging::Period;
use domain::orgnr::OrgNr;
use persistence::kartlegging::{TakeOver, instruments, take_overs};
use persistence::organisations;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Change, Stop, Write};
use crate::kartlegging::receive::unknown_instrument;

/// Takes responses over.
///
/// A response belongs to the organisation that first sent its key; other senders' rows are `owned_by_other`. The owner of
/// a unit may take over what others have sent about it, for one instrument and period: from then on its own rows update
/// them, and those of the others are refused. What the responses say stays as it is, and so does the batch that they came
/// from. The organisation that had them is told by an event. Doing it again changes nothing.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "take_over_responses",
    request_body = TakeOverRequest,
    responses((status = 200, description = "What changed hands", body = TakeOvers)),
    security(("bearer" = ["kartlegging:write"]))
)]
#[post("/responses/take-over")]
pub async fn take_over(app: web::Data<App>, input: Input<TakeOverRequest>) -> Result<HttpResponse, ApiError> {
    let synthetic = app.synthetic();
    let malformed = |_| ApiError::fault(Fault::new("unknown_unit", "/unit_orgnr"));
    let unit = OrgNr::parse(&input.body.unit_orgnr, synthetic).map_err(malformed)?;
    let no_period = |_| ApiError::fault(Fault::new("invalid_period", "/period"));
    let period: Period = input.body.period.parse().map_err(no_period)?;
    app.write(
        "response.take_over",
        input,
        move |write: &mut Write<'_, _>, body: &TakeOverRequest| -> Result<Answer, Stop> {
            let owner = write.call().viewer().orgnr.clone();
            let unknown = || ApiError::fault(Fault::new("unknown_unit", "/unit_orgnr"));
            let found = organisations::find_unit(write, &unit)?.ok_or_else(unknown)?;
            if found.unit.owner != owner {
                return Err(ApiError::not_yours().into());
            }
            write.begin()?;
            if instruments::find(write, &body.instrument)?.is_none() {
                return Err(unknown_instrument(&body.instrument, "/").into());
            }
            take_overs::hold_unit(write, &unit)?;
            let others = take_overs::others(write, (&unit, &body.instrument, period), &owner)?;
            let now = write.call().now;
            let taken: Vec<TakeOver> = others
                .into_iter()
                .map(|(from, responses)| TakeOver {
                    // A second attempt makes others; the first ones were rolled back with their transaction.
                    id: Uuid::now_v7(),
                    unit: unit.clone(),
                    instrument: body.instrument.clone(),
                    period,
                    from,
                    to: owner.clone(),
                    responses,
                    at: now,
                })
                .collect();
            for one in &taken {
                take(write, one)?;
            }
            let responses = taken.iter().map(|one| one.responses).sum();
            Ok(Answer::untagged(&TakeOvers { responses, items: taken.iter().map(view).collect() })?)
        },
    )
    .await
}

fn take(write: &mut Write<'_, TakeOverRequest>, taken: &TakeOver) -> Result<(), Stop> {
    take_overs::take(write, taken)?;
    write.record(Change {
        subject: Subject::new(SubjectKind::TakeOver, taken.id),
        action: "response.take_over",
        happened: "made",
        county_governor: None,
        reference: None,
        version: 1,
        state: "made",
        changed: &["sender_orgnr"],
        before: None,
        after: serde_json::to_value(view(taken)).ok(),
    })
}

/// A take-over as it is shown.
pub(super) fn view(taken: &TakeOver) -> TakeOverView {
    TakeOverView {
        id: taken.id,
        unit_orgnr: taken.unit.to_string(),
        instrument: taken.instrument.clone(),
        period: taken.period.to_string(),
        from_orgnr: taken.from.to_string(),
        to_orgnr: taken.to.to_string(),
        responses: taken.responses,
        taken_over_at: taken.at,
    }
}
