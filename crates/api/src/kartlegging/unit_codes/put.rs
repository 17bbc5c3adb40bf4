//! `PUT /v1/kartlegging/code-schemes/{name}/{code}`.

use actix_web::{HttpResponse, put, web};
use contract::kartlegging::{PutUnitCode, UnitCode as UnitCodeView};
use contract::problem::Fault;
use domain::kartlegging::{is_responsible_for, is_scheme_name, is_unit_code};
use domain::orgnr::OrgNr;
use persistence::kartlegging::{UnitCode, unit_codes};
use persistence::organisations;
use uuid::Uuid;

use super::{change, place, trail, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Maps a code.
///
/// Says once which unit one of your own codes stands for; a batch that names the scheme (`code_scheme`) may then say the
/// code where the unit's organisation number would stand. Others do not see the mapping, but whoever owns a unit sees the
/// code in the result of a batch that names it so. The first time with
/// `If-None-Match: *`, later with `If-Match`.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "put_unit_code",
    params(
        ("name" = String, Path, description = "The scheme: lower-case letters, digits, hyphens and underscores", example = "oppvekstsystem"),
        ("code" = String, Path, description = "The code, up to 64 characters", example = "B-017"),
    ),
    request_body = PutUnitCode,
    responses(
        (status = 201, description = "The new code", body = UnitCodeView),
        (status = 200, description = "The code, standing for another unit", body = UnitCodeView),
    ),
    security(("bearer" = ["kartlegging:write"]))
)]
#[put("/code-schemes/{name}/{code}")]
pub async fn put(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    input: Input<PutUnitCode>,
) -> Result<HttpResponse, ApiError> {
    let (scheme, code) = path.into_inner();
    check_names(&scheme, &code)?;
    let synthetic = app.synthetic();
    let unknown = || ApiError::fault(Fault::new("unknown_unit", "/unit_orgnr"));
    let unit = OrgNr::parse(&input.body.unit_orgnr, synthetic).map_err(|_| unknown())?;
    if OrgNr::parse(&code, synthetic).is_ok_and(|number| number != unit) {
        return Err(ApiError::fault(Fault::new("code_of_another_unit", "code")));
    }
    let id = Uuid::now_v7();
    app.write("unit_code.put", input, move |write: &mut Write<'_, _>, _: &PutUnitCode| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let there = unit_codes::find(write, &viewer, &scheme, &code)?;
        let before = there.clone().filter(|there| there.deleted_at.is_none());
        write.begin_put(before.as_ref().map(|before| before.version))?;
        let sender = organisations::find(write, &viewer.orgnr)?.ok_or_else(ApiError::not_found)?;
        let found = organisations::find_unit(write, &unit)?.ok_or_else(unknown)?;
        if !is_responsible_for(&sender, &found.unit) {
            return Err(ApiError::fault(Fault::new("unit_not_yours", "/unit_orgnr")).into());
        }
        if let Some(there) = before.as_ref().filter(|before| before.unit == unit) {
            return Ok(Answer::ok(&view(there), there.version)?);
        }
        let now = write.call().now;
        let after = match &there {
            Some(there) => UnitCode {
                unit: unit.clone(),
                version: there.version + 1,
                updated_at: now,
                deleted_at: None,
                ..there.clone()
            },
            None => UnitCode {
                id,
                orgnr: viewer.orgnr,
                scheme: scheme.clone(),
                code: code.clone(),
                unit: unit.clone(),
                version: 1,
                created_at: now,
                updated_at: now,
                deleted_at: None,
            },
        };
        unit_codes::put(write, &after)?;
        let happened = if before.is_some() { "updated" } else { "created" };
        change(write, &after, ("unit_code.put", happened), (before.as_ref().and_then(trail), trail(&after)))?;
        Ok(match before {
            Some(_) => Answer::ok(&view(&after), after.version)?,
            None => Answer::created(&view(&after), after.version, place(&after))?,
        })
    })
    .await
}

fn check_names(scheme: &str, code: &str) -> Result<(), ApiError> {
    if !is_scheme_name(scheme) {
        return Err(ApiError::fault(Fault::new("code_scheme_name", "name")));
    }
    if is_unit_code(code) { Ok(()) } else { Err(ApiError::fault(Fault::new("unit_code", "code"))) }
}
