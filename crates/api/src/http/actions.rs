//! What a caller may do to a resource right now: every action with the problems that the attempt would be answered
//! with, in words.

use contract::actions::{Action, Reason};
use contract::problem::Fault;
use contract::texts;
use domain::actor::Scope;

use crate::error::ApiError;
use crate::http::call::Call;

/// An action that needs a scope, and whether it could be done.
pub fn action(call: &Call, scope: Scope, name: &str, verdict: Result<(), ApiError>) -> Action {
    let verdict =
        if call.actor.may(scope) { verdict } else { Err(ApiError::new("scope_missing").with("scope", scope.as_str())) };
    let reasons = verdict.as_ref().err().map(|error| reasons(call, error)).unwrap_or_default();
    Action { action: name.to_owned(), allowed: verdict.is_ok(), reasons }
}

/// The faults of a problem, or the problem itself where it has none.
fn reasons(call: &Call, error: &ApiError) -> Vec<Reason> {
    if error.faults.is_empty() {
        let detail = texts::problem(call.language, error.code).map_or(error.code, |text| text.detail.as_str());
        return vec![Reason { code: error.code.to_owned(), message: detail.to_owned() }];
    }
    let reason = |fault: &Fault| Reason { code: fault.code.clone(), message: fault.in_words(call.language).message };
    error.faults.iter().map(reason).collect()
}
