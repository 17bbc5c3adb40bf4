//! `GET /v1/kartlegging/batches/{id}/result`: the input with what became of each row.

use std::collections::HashSet;

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, get, web};
use contract::kartlegging::{BatchResultRow, row_message};
use contract::spreadsheet::guard;
use domain::ids::BatchId;
use domain::kartlegging::{Column, Outcome, RowFault};
use domain::language::Language;
use futures_util::stream;
use persistence::kartlegging::{ResultRow, batches, results};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::{Accept, Call, accept_rows};
use crate::http::query::Query;

/// Which rows of a result.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ResultQuery {
    /// Only rows of which this became: `created`, `updated`, `unchanged` or `rejected`.
    #[param(value_type = Option<String>, example = "rejected")]
    outcome: Option<Outcome>,
}

/// Where a result stands while it is sent.
struct Position {
    app: web::Data<App>,
    batch: BatchId,
    chunk: i64,
    outcome: Option<Outcome>,
    /// An owner of some units; the sender sees all rows.
    shown_to: Option<OfOwner>,
    accept: Accept,
    language: Language,
}

/// Reads the result of a batch.
///
/// The input, a row each, with `row`, `outcome`, `code` and `message`: as CSV, or as NDJSON where `Accept` asks for
/// it. The rejected rows can be mended in it and the file sent again as it is: what was taken before counts as
/// unchanged. A cell that a spreadsheet would take for a formula has an apostrophe in front, which an upload takes
/// away again. A cell that held a national identity number is empty. Owners of units see the rows of their units.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "get_batch_result",
    params(("id" = Uuid, Path, description = "The batch's id"), ResultQuery),
    responses((status = 200, description = "The result, row by row", content(
        (String = "text/csv", example = "unit_orgnr,area,respondent_group,current,needed,respondents,comment,row,outcome,code,message\n974760673,vision,leaders,\"2,5\",4,12,,2,rejected,decimal_comma,\"Feltet current har desimalkomma. Skriv 3.5, ikke 3,5.\"\n"),
        (BatchResultRow = "application/x-ndjson")
    ))),
    security(("bearer" = ["kartlegging:read"]))
)]
#[get("/batches/{id}/result")]
pub async fn result(
    app: web::Data<App>,
    req: HttpRequest,
    id: web::Path<Uuid>,
    query: Query<ResultQuery>,
) -> Result<HttpResponse, ApiError> {
    let (call, accept) = (Call::for_file(&req)?, accept_rows(req.headers())?);
    let batch = BatchId(id.into_inner());
    let viewer = call.viewer().clone();
    let shown_to = app
        .store
        .snapshot::<_, ApiError, _>("batch.result", move |reader| {
            let found = batches::find(reader, &viewer, batch)?.ok_or_else(ApiError::not_found)?;
            if found.sender == viewer.orgnr {
                return Ok(None);
            }
            let own = batches::units_of_owner(reader, batch, &viewer.orgnr)?;
            Ok(Some(OfOwner { units: own, by_code: found.code_scheme.is_some() }))
        })
        .await?;
    let (language, outcome) = (call.language, query.0.outcome);
    let start = Position { app, batch, chunk: 0, outcome, shown_to, accept, language };
    let lines = stream::try_unfold(start, next_lines);
    let (content_type, ending) = match accept {
        Accept::Ndjson => ("application/x-ndjson", "ndjson"),
        Accept::Csv | Accept::Json => ("text/csv; charset=utf-8", "csv"),
    };
    let file_name = format!("attachment; filename=\"result-{batch}.{ending}\"");
    let mut answer = HttpResponse::Ok();
    answer.content_type(content_type).insert_header((header::CONTENT_DISPOSITION, file_name));
    answer.insert_header((header::CONTENT_LANGUAGE, language.as_str()));
    Ok(answer.streaming(lines))
}

/// One chunk out of the database, as lines. The first one has the header, also where there are no rows.
async fn next_lines(mut position: Position) -> Result<Option<(Bytes, Position)>, ApiError> {
    let (batch, number) = (position.batch, position.chunk);
    let read = move |reader: &mut persistence::Reader| results::chunk(reader, batch, number);
    let chunk = position.app.store.snapshot("batch.result", read).await.map_err(ApiError::from)?;
    if chunk.is_none() && number > 0 {
        return Ok(None);
    }
    position.chunk += 1;
    let rows = chunk.unwrap_or_default().into_iter().filter(|row| is_wanted(row, &position));
    let rows: Vec<BatchResultRow> = rows.map(|row| view(row, position.language)).collect();
    let lines = match position.accept {
        Accept::Ndjson => ndjson(&rows)?,
        Accept::Csv | Accept::Json => csv_lines(&rows, number == 0)?,
    };
    Ok(Some((lines, position)))
}

fn is_wanted(row: &ResultRow, position: &Position) -> bool {
    position.outcome.is_none_or(|outcome| outcome == row.outcome)
        && position.shown_to.as_ref().is_none_or(|owner| owner.sees(row))
}

/// An owner of units, who sees the rows of these alone.
struct OfOwner {
    units: HashSet<String>,
    /// Whether rows name units by codes of the sender's. What such a code stood for then is kept with the row; where it
    /// stood for nothing, the row is the sender's alone.
    by_code: bool,
}

impl OfOwner {
    fn sees(&self, row: &ResultRow) -> bool {
        match &row.unit {
            Some(unit) => self.units.contains(unit),
            None if self.by_code => false,
            None => self.units.contains(&row.cells[Column::UnitOrgnr as usize].replace([' ', '\u{a0}'], "")),
        }
    }
}

fn view(row: ResultRow, language: Language) -> BatchResultRow {
    let codes: Vec<&str> = row.faults.iter().map(|(code, _)| code.as_str()).collect();
    let faults = row.faults.iter().map(|(code, column)| RowFault { code: *code, column: *column });
    let messages: Vec<String> = faults.map(|fault| row_message(fault, language)).collect();
    let (code, message) = (codes.join(" "), messages.join(" "));
    let [unit_orgnr, area, respondent_group, current, needed, respondents, comment] = row.cells;
    BatchResultRow {
        unit_orgnr,
        area,
        respondent_group,
        current,
        needed,
        respondents,
        comment,
        row: row.row,
        outcome: row.outcome.to_string(),
        code,
        message,
    }
}

fn ndjson(rows: &[BatchResultRow]) -> Result<Bytes, ApiError> {
    let mut lines = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut lines, row).map_err(ApiError::internal)?;
        lines.push(b'\n');
    }
    Ok(lines.into())
}

fn csv_lines(rows: &[BatchResultRow], header: bool) -> Result<Bytes, ApiError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    if header {
        let of_the_input = Column::ALL.iter().map(|column| column.as_str());
        writer.write_record(of_the_input.chain(["row", "outcome", "code", "message"])).map_err(ApiError::internal)?;
    }
    for row in rows {
        let cells = [
            &row.unit_orgnr,
            &row.area,
            &row.respondent_group,
            &row.current,
            &row.needed,
            &row.respondents,
            &row.comment,
            &row.row.to_string(),
            &row.outcome,
            &row.code,
            &row.message,
        ];
        writer.write_record(cells.map(|cell| guard(cell))).map_err(ApiError::internal)?;
    }
    Ok(writer.into_inner().map_err(|error| ApiError::internal(error.into_error()))?.into())
}
