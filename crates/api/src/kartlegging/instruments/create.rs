//! `POST /v1/kartlegging/instruments`.

use actix_web::{HttpResponse, post, web};
use contract::kartlegging::{CreateInstrument, Instrument as InstrumentView};
use contract::problem::Fault;
use domain::event::{Subject, SubjectKind};
use domain::kartlegging::Instrument;
use domain::organisations::OrganisationKind;
use persistence::audit;
use persistence::kartlegging::instruments::{self, StoredInstrument};

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Change, Stop, Write};

/// Makes an instrument.
///
/// Of a new family, or the next version of one that is there: responses name a code, and a code never changes its
/// meaning. Everybody may use it from now on. A family is continued by whoever made its last version, or by the
/// directorate; the families that come with the service are not.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "create_instrument",
    request_body = CreateInstrument,
    responses((status = 201, description = "The new instrument", body = InstrumentView)),
    security(("bearer" = ["kartlegging:write"]))
)]
#[post("/instruments")]
pub async fn create(app: web::Data<App>, input: Input<CreateInstrument>) -> Result<HttpResponse, ApiError> {
    let inside = app.clone();
    app.write(
        "instrument.create",
        input,
        move |write: &mut Write<'_, _>, body: &CreateInstrument| -> Result<Answer, Stop> {
            write.begin()?;
            if instruments::find(write, &body.code)?.is_some() {
                return Err(code_taken(&body.code).into());
            }
            let last = instruments::last_of_family(write, &body.family)?;
            let reserved = match &last {
                Some((code, _)) => reserved(write, &body.family, code)?,
                None => None,
            };
            let instrument = body.clone().into_rules(last.map_or(1, |(_, version)| version + 1));
            let faults: Vec<Fault> = faults(&instrument, &inside).chain(reserved).collect();
            if !faults.is_empty() {
                return Err(ApiError::invalid(faults).into());
            }
            let now = write.call().now;
            instruments::insert(write, &instrument, now)?;
            let version = instrument.version;
            let view = view(StoredInstrument { instrument, updated_at: now }, &inside.reference);
            write.record(Change {
                subject: Subject::named(SubjectKind::Instrument, &body.code),
                action: "instrument.create",
                happened: "created",
                county_governor: None,
                reference: Some(&body.code),
                version,
                state: "active",
                changed: &[],
                before: None,
                after: serde_json::to_value(&view).ok(),
            })?;
            Ok(Answer::created(&view, version, format!("/v1/kartlegging/instruments/{}", body.code))?)
        },
    )
    .await
}

/// A code is taken for good, so there is nothing to change about the instrument that has it.
fn code_taken(code: &str) -> ApiError {
    let fault = Fault::new("instrument_code_taken", "/code").with("code", code);
    ApiError::new("already_exists").with("code", code).because(fault)
}

/// What keeps everybody from continuing a family: one that comes with the service grows with the service alone. One that
/// somebody made is continued by whoever made its last version, or by the directorate.
fn reserved(write: &mut Write<'_, CreateInstrument>, family: &str, last: &str) -> Result<Option<Fault>, ApiError> {
    let subject = Subject::named(SubjectKind::Instrument, last).to_string();
    let Some(author) = audit::author_of(write, &subject, "instrument.create")? else {
        return Ok(Some(Fault::new("family_reserved", "/family").with("family", family)));
    };
    let viewer = write.call().viewer();
    if author.orgnr == viewer.orgnr.as_str() || viewer.kind == OrganisationKind::Directorate {
        Ok(None)
    } else {
        Err(ApiError::not_yours())
    }
}

fn faults(instrument: &Instrument, app: &App) -> impl Iterator<Item = Fault> + use<> {
    instrument.faults(|code| app.reference.has_area(code)).into_iter().map(Fault::from)
}
