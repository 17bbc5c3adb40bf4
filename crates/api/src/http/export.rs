//! Whole lists as a stream: a page at a time from the database, a line at a time to the caller. What is all at hand
//! goes in the same formats at once.

use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};
use contract::spreadsheet::guard;
use futures_util::stream;
use persistence::Reader;
use persistence::listing::Window;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::{Accept, Call};
use crate::http::listing::Listed;
use crate::http::query::ListQuery;

/// Rows per read.
const CHUNK: i64 = 200;

/// Where a stream stands: the window to read next, or nothing left to read.
struct Position<F, L> {
    app: web::Data<App>,
    call: Call,
    filter: F,
    window: Option<Window>,
    name: &'static str,
    list: L,
    header_sent: bool,
}

/// Streams every row of a list.
pub async fn stream<F, V, L>(
    app: web::Data<App>,
    call: Call,
    query: ListQuery<F>,
    name: &'static str,
    list: L,
) -> Result<HttpResponse, ApiError>
where
    F: Clone + Send + Sync + 'static,
    V: Listed,
    L: Fn(&mut Reader, &Call, &F, &Window) -> Result<Vec<V>, ApiError> + Send + Sync + Clone + 'static,
{
    let accept = call.accept;
    let window = Some(Window { limit: CHUNK, ..query.window });
    let start = Position { app, call, filter: query.filter, window, name, list, header_sent: false };
    // The first rows are read before the status is sent, so that a fault can still be a problem.
    let (first, rest) = next_lines(start).await?;
    let lines = stream::try_unfold((Some(first), rest), |(pending, position)| async move {
        if let Some(bytes) = pending {
            return Ok::<_, ApiError>(Some((bytes, (None, position))));
        }
        if position.window.is_none() {
            return Ok(None);
        }
        let (bytes, position) = next_lines(position).await?;
        Ok(Some((bytes, (None, position))))
    });
    Ok(HttpResponse::Ok().content_type(content_type(accept)).streaming(lines))
}

/// Sends rows that are all at hand.
pub fn at_once(accept: Accept, rows: &[impl Serialize]) -> Result<HttpResponse, ApiError> {
    let lines = match accept {
        Accept::Csv => csv_lines(rows, true)?,
        Accept::Ndjson | Accept::Json => ndjson_lines(rows)?,
    };
    Ok(HttpResponse::Ok().content_type(content_type(accept)).body(lines))
}

fn content_type(accept: Accept) -> &'static str {
    match accept {
        Accept::Csv => "text/csv; charset=utf-8",
        Accept::Ndjson | Accept::Json => "application/x-ndjson",
    }
}

async fn next_lines<F, V, L>(mut position: Position<F, L>) -> Result<(Bytes, Position<F, L>), ApiError>
where
    F: Clone + Send + Sync + 'static,
    V: Listed,
    L: Fn(&mut Reader, &Call, &F, &Window) -> Result<Vec<V>, ApiError> + Send + Sync + Clone + 'static,
{
    let Some(window) = position.window.take() else { return Ok((Bytes::new(), position)) };
    let (list, call, filter, asked) =
        (position.list.clone(), position.call.clone(), position.filter.clone(), window.clone());
    let rows: Vec<V> =
        position.app.store.snapshot(position.name, move |reader| list(reader, &call, &filter, &asked)).await?;
    if rows.len() == usize::try_from(CHUNK).unwrap_or(usize::MAX) {
        position.window = rows.last().map(|last| Window { after: Some(last.key()), ..window });
    }
    let bytes = match position.call.accept {
        Accept::Csv => csv_lines(&rows, !position.header_sent)?,
        Accept::Ndjson | Accept::Json => ndjson_lines(&rows)?,
    };
    position.header_sent |= !rows.is_empty();
    Ok((bytes, position))
}

fn ndjson_lines(rows: &[impl Serialize]) -> Result<Bytes, ApiError> {
    let mut lines = Vec::new();
    for row in rows {
        serde_json::to_writer(&mut lines, row).map_err(ApiError::internal)?;
        lines.push(b'\n');
    }
    Ok(lines.into())
}

/// One column per member, in the order of the JSON; what is no plain value stands as JSON in its cell.
fn csv_lines(rows: &[impl Serialize], header: bool) -> Result<Bytes, ApiError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for (n, row) in rows.iter().enumerate() {
        let Value::Object(members) = serde_json::to_value(row).map_err(ApiError::internal)? else { continue };
        if header && n == 0 {
            writer.write_record(members.keys()).map_err(ApiError::internal)?;
        }
        writer.write_record(cells(&members)).map_err(ApiError::internal)?;
    }
    Ok(writer.into_inner().map_err(|error| ApiError::internal(error.into_error()))?.into())
}

fn cells(members: &Map<String, Value>) -> Vec<String> {
    members
        .values()
        .map(|value| match value {
            Value::Null => String::new(),
            Value::String(text) => guard(text),
            other => other.to_string(),
        })
        .collect()
}
