//! `GET /v1/tasks`: what waits for me.

use actix_web::{HttpResponse, get, web};
use contract::tasks::{Task as TaskView, TaskPage};
use domain::actor::Scope;
use domain::tasks::TaskKind;
use persistence::listing::Window;
use persistence::tasks::{Task, tasks};
use persistence::{Reader, StoreError};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of tasks.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TaskQuery {
    /// Only tasks of this kind.
    #[param(value_type = Option<String>, example = "answer_invitation")]
    kind: Option<TaskKind>,
}

impl Listed for TaskView {
    /// The most pressing first, and what presses nobody last.
    fn key(&self) -> String {
        let due = self.due_at.map_or_else(|| "no hurry".to_owned(), |due| due.format("%Y-%m-%dT%H:%M:%S").to_string());
        format!("{due} {} {}", self.id, self.kind)
    }
}

/// Lists what waits for your organisation.
///
/// Invitations to answer, drafts and returned needs to submit, messages to read, coordinations to turn into a joint
/// draft, and for a county governor what it has received and which rounds are to be closed or settled: the most pressing
/// first. A task is gone when it is done; nothing else ends it. Only what the token may read is listed. `id` in the
/// list's filters is the id of the need, round or coordination.
#[utoipa::path(
    tag = "access",
    operation_id = "list_tasks",
    params(TaskQuery),
    responses((status = 200, description = "A page of tasks", body = TaskPage)),
    security(("bearer" = []))
)]
#[get("")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<TaskQuery>) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "task.list",
        list: |reader: &mut Reader, call: &Call, filter: &TaskQuery, window: &Window| {
            let mut found = waiting(reader, call, filter, window)?;
            found.retain(|task| window.after.as_ref().is_none_or(|after| task.key() > *after));
            found.truncate(usize::try_from(window.limit).unwrap_or(usize::MAX));
            Ok(found)
        },
        count: |reader: &mut Reader, call: &Call, filter: &TaskQuery, window: &Window| {
            i64::try_from(waiting(reader, call, filter, window)?.len()).map_err(ApiError::internal)
        },
    };
    listing::answer(app, call, query, "/v1/tasks", source).await
}

/// Every task that a list holds, in its order. All of them stand in the section of needs so far.
fn waiting(reader: &mut Reader, call: &Call, filter: &TaskQuery, window: &Window) -> Result<Vec<TaskView>, StoreError> {
    if !call.actor.may(Scope::NeedsRead) {
        return Ok(Vec::new());
    }
    let is_asked_for = |task: &Task| {
        filter.kind.is_none_or(|kind| task.kind == kind)
            && window.updated_since.is_none_or(|since| task.since >= since)
            && (window.ids.is_empty() || window.ids.contains(&task.id.to_string()))
    };
    let found = tasks(reader, call.viewer(), call.now)?;
    let mut shown: Vec<TaskView> = found.into_iter().filter(is_asked_for).map(view).collect();
    shown.sort_by_cached_key(Listed::key);
    Ok(shown)
}

fn view(task: Task) -> TaskView {
    TaskView {
        kind: task.kind.to_string(),
        subject: task.subject.to_string(),
        id: task.id,
        reference: task.reference,
        title: task.title,
        due_at: task.due_at,
        since: task.since,
    }
}
