//! What a caller may do to a grant, payment or report right now: every action with the problems that would be the
//! answer, in words.

use contract::actions::{Action, Reason};
use contract::texts;
use domain::actor::Scope;

use crate::error::ApiError;
use crate::http::call::Call;

/// An action that needs a scope and is refused for these reasons, the scope first; allowed where there are none.
pub(super) fn action(call: &Call, name: &str, scope: Scope, refused: Vec<ApiError>) -> Action {
    let no_scope = (!call.actor.may(scope)).then(|| ApiError::new("scope_missing").with("scope", scope.as_str()));
    let reasons: Vec<Reason> = no_scope.into_iter().chain(refused).flat_map(|error| reasons(call, &error)).collect();
    Action { action: name.to_owned(), allowed: reasons.is_empty(), reasons }
}

/// A problem's faults where it has any, else the problem itself.
fn reasons(call: &Call, error: &ApiError) -> Vec<Reason> {
    if error.faults.is_empty() {
        let text = texts::problem(call.language, error.code);
        let message = text.map_or_else(|| error.code.to_owned(), |text| text.detail.clone());
        return vec![Reason { code: error.code.to_owned(), message }];
    }
    let in_words = error.faults.iter().map(|fault| fault.in_words(call.language));
    in_words.map(|fault| Reason { code: fault.code, message: fault.message }).collect()
}
