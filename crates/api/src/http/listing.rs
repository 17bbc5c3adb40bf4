//! Lists: one page as JSON, or the whole as CSV or NDJSON.

use actix_web::{HttpResponse, web};
use persistence::listing::Window;
use persistence::{Reader, WriteError};
use serde::Serialize;
use serde_json::{Value, json};

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::{Accept, Call};
use crate::http::export;
use crate::http::query::ListQuery;

/// An item of a list: it knows the key by which the list is ordered.
pub trait Listed: Serialize + Send + 'static {
    /// The key after which the next page begins.
    fn key(&self) -> String;
}

/// Where a list gets its rows from. Both are called with the window of the page at hand.
pub struct Source<L, C> {
    /// Name of the read, for logs.
    pub name: &'static str,
    /// The rows of a window, in the list's order.
    pub list: L,
    /// How many rows the whole list has.
    pub count: C,
}

/// Answers a list as the caller wants it.
pub async fn answer<F, V, L, C>(
    app: web::Data<App>,
    call: Call,
    query: ListQuery<F>,
    path: &str,
    source: Source<L, C>,
) -> Result<HttpResponse, ApiError>
where
    F: Clone + Send + Sync + 'static,
    V: Listed,
    L: Fn(&mut Reader, &Call, &F, &Window) -> Result<Vec<V>, ApiError> + Send + Sync + Clone + 'static,
    C: Fn(&mut Reader, &Call, &F, &Window) -> Result<i64, ApiError> + Send + 'static,
{
    if call.accept != Accept::Json {
        return export::stream(app, call, query, source.name, source.list).await;
    }
    let (asked, inside) = (query.clone(), call.clone());
    let read = move |reader: &mut Reader| page(reader, &inside, &asked, &source);
    let (rows, total) = app.store.snapshot("list", read).await?;
    one_page(&app, &call, &query, path, rows, total)
}

/// Answers a list whose items are all at hand, in their order. They are as new as the reference data.
pub fn answer_from_memory<F, I, V: Listed>(
    app: &App,
    call: &Call,
    query: &ListQuery<F, I>,
    path: &str,
    mut items: Vec<V>,
) -> Result<HttpResponse, ApiError> {
    let window = &query.window;
    let unchanged = window.updated_since.zip(app.reference.loaded_at).is_some_and(|(since, loaded)| loaded < since);
    items.retain(|item| !unchanged && (window.ids.is_empty() || window.ids.contains(&item.key())));
    let total = query.include_total.then(|| i64::try_from(items.len())).transpose().map_err(ApiError::internal)?;
    items.retain(|item| window.after.as_ref().is_none_or(|after| item.key() > *after));
    one_page(app, call, query, path, items, total)
}

fn one_page<F, I, V: Listed>(
    app: &App,
    call: &Call,
    query: &ListQuery<F, I>,
    path: &str,
    mut rows: Vec<V>,
    total: Option<i64>,
) -> Result<HttpResponse, ApiError> {
    let more = rows.len() > query.limit;
    rows.truncate(query.limit);
    let next = rows.last().filter(|_| more).map(|last: &V| app.cursors.sign(&last.key(), &query.bound_to));
    let mut body = json!({ "items": rows, "next_cursor": next });
    if let Some(total) = total {
        body["total"] = Value::from(total);
    }
    let link = next.map(|cursor| {
        let and = if query.own_query.is_empty() { "" } else { "&" };
        ("Link", format!("<{path}?{}{and}cursor={cursor}>; rel=\"next\"", query.own_query))
    });
    Ok(Answer::untagged(&body)?.into_response_with(call, link.as_slice()))
}

fn page<F, V, L, C>(
    reader: &mut Reader,
    call: &Call,
    query: &ListQuery<F>,
    source: &Source<L, C>,
) -> Result<(Vec<V>, Option<i64>), ApiError>
where
    L: Fn(&mut Reader, &Call, &F, &Window) -> Result<Vec<V>, ApiError>,
    C: Fn(&mut Reader, &Call, &F, &Window) -> Result<i64, ApiError>,
{
    let rows = (source.list)(reader, call, &query.filter, &query.window)?;
    let total =
        if query.include_total { Some((source.count)(reader, call, &query.filter, &query.window)?) } else { None };
    Ok((rows, total))
}

impl App {
    /// Reads one thing and answers with it.
    pub async fn read<F, E>(&self, name: &'static str, call: Call, work: F) -> Result<HttpResponse, ApiError>
    where
        F: FnOnce(&mut Reader, &Call) -> Result<Answer, E> + Send + 'static,
        E: WriteError + Into<ApiError>,
    {
        let inside = call.clone();
        let answer = self.store.read(name, move |reader| work(reader, &inside)).await.map_err(Into::into)?;
        Ok(answer.into_response(&call))
    }
}
